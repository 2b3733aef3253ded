// Faults on purpose. A law of property_tests/ is worth what it catches: for each there is a mutant of the engine that it
// must see (docs/concepts/property-tests.md, property_tests/mutants.txt). In the library `mutated` is the constant false
// and nothing of a hook is left; the files that hold hooks are compiled a second time, for tests alone, with
// ESCAPEMENT_MUTANTS, and then the environment variable ESCAPEMENT_MUTANT names the fault. Hooks stand in .cpp files only.
#pragma once

#define ESCAPEMENT_FOR_EACH_MUTANT(X)                                                 \
  /* numeric */                                                                       \
  X(squares_trusted) /* squares that left the range of doubles are used */            \
  /* model */                                                                         \
  X(second_layer_sign)      /* a <- a + c W q */                                      \
  X(second_layer_late)      /* a moves by the W that was just moved */                \
  X(first_layer_unscaled)   /* W <- W - a q^T: the step size is missing */            \
  X(second_layer_magnitude) /* W <- W - c |a| q^T */                                  \
  X(first_neuron_resting)   /* the first row keeps its a */                           \
  X(perturbation_one_layer) /* SAM's point moves W alone */                           \
  X(square_not_doubled)     /* the loss `square` steps as `half-square` does */       \
  X(mean_over_one_more)     /* C = sum x x^T / (n + 1) */                             \
  X(covariance_diagonal)    /* C without its off-diagonal entries */                  \
  X(labels_shifted)         /* a single sample has the next one's label */            \
  X(noise_shared)           /* one label noise for all samples of a step */           \
  X(noise_from_index)       /* two-point noise: the sign is the sample's parity */    \
  X(noise_lopsided)         /* two-point noise of a batch: -sigma with odds 3 : 1 */  \
  X(schedule_late)          /* the noise goes on and off a step late */               \
  X(noise_never_off)        /* the schedule is not asked */                           \
  X(fresh_inputs_shared)    /* every position of a batch draws the first's input */   \
  X(start_scaled_in_scalar) /* 1/sqrt(d) is applied in T, not in the exact draw */    \
  X(start_by_block)         /* a row depends on the block it is asked in */           \
  X(gram_without_last)      /* S(0) lacks the last neuron's rank-one term */          \
  X(file_through_double)    /* numbers of an instance file are rounded to a double */ \
  X(passengers_behind)      /* what rides along misses a block's last step */         \
  /* dynamics */                                                                      \
  X(batch_not_averaged)     /* a batch's gradient is a sum */                         \
  X(preview_of_last)        /* looking ahead sees the step before */                  \
  X(radius_not_zero)        /* SAM: rho + eta in place of rho */                      \
  X(radius_not_scaled)      /* SAM: kappa = rho / |gradient|^2 */                     \
  X(perturbation_forgotten) /* SAM: q at theta, not at the perturbed theta */         \
  /* reduction */                                                                     \
  X(product_from_left)  /* P <- (I - c B) P */                                        \
  X(overlaps_missing)   /* double: products are not corrected for steps between */    \
  X(products_made_anew) /* double: a cut makes the products again */                  \
  X(products_not_read)  /* double: so does a resumption */                            \
  X(fixed_sign)         /* Mp: negative inputs move W the wrong way */                \
  X(enclosure_dropped)  /* Ball: a step keeps the midpoint of its coefficient */      \
  /* observe */                                                                       \
  X(identity_without_a)  /* the followed sum lacks a^2 |x|^2 */                       \
  X(delta_without_a)     /* so does the DeltaW that is recorded */                    \
  X(lazy_radius)         /* escapes from a ball of 1/m, not 1/sqrt(m) */              \
  X(exit_radius)         /* so do the followed neurons' first exits */                \
  X(move_without_step)   /* second_layer_move lacks the step size */                  \
  X(followed_off_by_one) /* the path of a neuron is its neighbour's */                \
  /* engine */                                                                        \
  X(replica_shared)      /* every replica of an ensemble draws the first's */         \
  X(fingerprint_rounded) /* a start's fingerprint sees its first 53 bits */

namespace escapement::numeric {

enum class Mutant {
#define ESCAPEMENT_ENUMERATOR(name) name,
  ESCAPEMENT_FOR_EACH_MUTANT(ESCAPEMENT_ENUMERATOR)
#undef ESCAPEMENT_ENUMERATOR
};

#if defined(ESCAPEMENT_MUTANTS)
bool mutated(Mutant mutant);  // property_tests/support/mutant.cpp
#else
constexpr bool mutated(Mutant) { return false; }
#endif

}  // namespace escapement::numeric
