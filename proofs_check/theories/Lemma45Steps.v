(* lemma-4.5, reading `literal`: T2 = ln(1/eta) / |theta*| counted in steps of gradient descent.

   The paper:   |w_i(t1)|, |a_i(t1)| <= sqrt eta for all i; t2 = t1 + T2; then for every neuron
                |<theta*, w_i(t2)>| / (|theta*| |w_i(t2)|) >= 1 - O( ln(1/eta) sqrt eta ).
   Here:        false. In T2 steps of size eta nothing moves: a neuron is displaced by at most the factor
                exp(B eta ln(1/eta) / |theta*|) - 1 of its own norm, whatever the data, the width and the other neurons
                (steps_move_little). So every neuron that starts with cosine at most 1/2 and |a_i| <= |w_i| ends with
                cosine below 3/4 (steps_cosine_stays), and the claim fails for every constant
                (lemma45_literal_refuted), also for generic neurons: on a box of starts of one neuron whose share of the
                ball of radius sqrt eta does not depend on eta, m or n, with all other neurons arbitrary
                (lemma45_generic_refuted). *)
From Coq Require Import Reals Lra Psatz Arith.
From Escapement Require Import Vectors Model Growth.
Open Scope R_scope.

(* Phase II begins: all weights are below sqrt eta. *)
Definition phase_two (d m : nat) (eta : R) (s : state) : Prop :=
  forall i, (i < m)%nat -> norm d (W s i) <= sqrt eta /\ Rabs (a s i) <= sqrt eta.

Lemma phase_two_energy d m eta s : 0 < eta -> phase_two d m eta s -> energy d m s <= 2 * (INR m * eta).
Proof.
intros he h. unfold energy.
apply Rle_trans with (sum m (fun _ => 2 * eta)); [|rewrite sum_const; lra].
apply sum_le. intros i hi. destruct (h i hi) as [hw ha]. rewrite joint_norm2, <- norm_sqr, Rsqr_abs.
pose proof (norm_nonneg d (W s i)). pose proof (Rabs_pos (a s i)).
assert (norm d (W s i) * norm d (W s i) <= sqrt eta * sqrt eta) by (apply Rmult_le_compat; assumption).
assert (Rabs (a s i) * Rabs (a s i) <= sqrt eta * sqrt eta) by (apply Rmult_le_compat; assumption).
rewrite sqrt_sqrt in * by lra. unfold Rsqr. lra.
Qed.

(* Any gradient descent whose q is at most L |theta - theta*|: L = X^2 for samples with |x_l| <= X, L = 1 for the
   population. *)
Section ShortRuns.
Variables d m : nat.
Variables eta L : R.
Variable theta_star : vec.
Variable rule : nat -> state -> vec.
Variable s0 : state.
Hypothesis eta_pos : 0 < eta.
Hypothesis L_nonneg : 0 <= L.
Hypothesis rule_bound : forall t s, norm d (rule t s) <= L * norm d (vminus (theta m s) theta_star).

Let s t := run d eta rule s0 t.
Let c := norm d theta_star.
Let q t := norm d (rule t (s t)).

(* While the energy is at most E, every |q| is at most L (E/2 + |theta*|). *)
Lemma gradient_bound t E : energy d m (s t) <= E -> q t <= L * (E / 2 + c).
Proof.
intros hE. unfold q.
apply Rle_trans with (1 := rule_bound t (s t)). apply Rmult_le_compat_l; [exact L_nonneg|].
assert (h : norm d (vminus (theta m (s t)) theta_star) <= norm d (theta m (s t)) + c).
{ unfold c. rewrite (norm_ext d _ (vplus (theta m (s t)) (vscale (-1) theta_star)))
    by (intros k _; unfold vminus, vplus, vscale; ring).
  apply Rle_trans with (1 := norm_triangle _ _ _). rewrite norm_scale, Rabs_left by lra. lra. }
pose proof (theta_le_energy d m (s t)). lra.
Qed.

Lemma energy_growth t : energy d m (s t) <= exp (2 * (eta * sum t q)) * energy d m s0.
Proof.
unfold energy. rewrite <- sum_scale. apply sum_le. intros i _.
pose proof (neuron_growth d eta (Rlt_le _ _ eta_pos) rule s0 t i) as h.
change (norm (S d) (joint d (s t) i) <= exp (eta * sum t q) * norm (S d) (joint d s0 i)) in h.
rewrite <- !norm_sqr.
replace (exp (2 * (eta * sum t q))) with (exp (eta * sum t q) * exp (eta * sum t q))
  by (rewrite <- exp_plus; f_equal; ring).
pose proof (norm_nonneg (S d) (joint d (s t) i)).
apply Rle_trans with ((exp (eta * sum t q) * norm (S d) (joint d s0 i)) * (exp (eta * sum t q) * norm (S d) (joint d s0 i)));
  [now apply Rmult_le_compat | lra].
Qed.

(* As long as time t is so short that exp(2 eta B t) E0 <= E for B = L (E/2 + |theta*|). *)
Lemma gradients_bounded E T :
  exp (2 * (eta * (INR T * (L * (E / 2 + c))))) * energy d m s0 <= E -> forall t, (t <= T)%nat ->
  sum t q <= INR t * (L * (E / 2 + c)).
Proof.
intros hE. set (B := L * (E / 2 + c)) in *.
assert (hE0 : 0 <= E).
{ apply Rle_trans with (2 := hE). apply Rmult_le_pos; [left; apply exp_pos | apply energy_nonneg]. }
assert (hB : 0 <= B).
{ apply Rmult_le_pos; [exact L_nonneg|]. pose proof (norm_nonneg d theta_star). unfold c. lra. }
induction t as [|t IH]; intros ht; [simpl; lra|].
simpl sum. rewrite S_INR. assert (IH' := IH ltac:(lia)).
assert (hq : q t <= B); [|lra].
apply gradient_bound. apply Rle_trans with (1 := energy_growth t). apply Rle_trans with (2 := hE).
apply Rmult_le_compat_r; [apply energy_nonneg|].
assert (hle : 2 * (eta * sum t q) <= 2 * (eta * (INR T * B))).
{ apply Rmult_le_compat_l; [lra|]. apply Rmult_le_compat_l; [lra|].
  apply Rle_trans with (1 := IH'). apply Rmult_le_compat_r; [exact hB|]. apply le_INR. lia. }
destruct hle as [hlt|heq]; [left; now apply exp_increasing | right; now rewrite heq].
Qed.

Theorem steps_move_little E delta T i :
  exp (2 * (eta * (INR T * (L * (E / 2 + c))))) * energy d m s0 <= E ->
  exp (eta * (INR T * (L * (E / 2 + c)))) <= 1 + delta ->
  norm (S d) (vminus (joint d (s T) i) (joint d s0 i)) <= delta * norm (S d) (joint d s0 i).
Proof.
intros hE hd.
pose proof (neuron_move d eta (Rlt_le _ _ eta_pos) rule s0 T i) as h.
change (norm (S d) (vminus (joint d (s T) i) (joint d s0 i)) <= (exp (eta * sum T q) - 1) * norm (S d) (joint d s0 i)) in h.
apply Rle_trans with (1 := h). apply Rmult_le_compat_r; [apply norm_nonneg|].
pose proof (gradients_bounded E T hE T (le_n T)) as hs.
assert (eta * sum T q <= eta * (INR T * (L * (E / 2 + c)))) as [hlt|heq] by (apply Rmult_le_compat_l; lra).
- apply exp_increasing in hlt. lra.
- rewrite heq. lra.
Qed.

(* The predictor stays at most E/2. *)
Theorem short_run_predictor E T :
  exp (2 * (eta * (INR T * (L * (E / 2 + c))))) * energy d m s0 <= E -> norm d (theta m (s T)) <= E / 2.
Proof.
intros hE. apply Rle_trans with (1 := theta_le_energy d m (s T)).
assert (energy d m (s T) <= E); [|lra].
apply Rle_trans with (1 := energy_growth T). apply Rle_trans with (2 := hE).
apply Rmult_le_compat_r; [apply energy_nonneg|].
pose proof (gradients_bounded E T hE T (le_n T)) as hs.
assert (2 * (eta * sum T q) <= 2 * (eta * (INR T * (L * (E / 2 + c))))) as [hlt|heq]
  by (apply Rmult_le_compat_l; [lra|]; apply Rmult_le_compat_l; lra).
- left. now apply exp_increasing.
- right. now rewrite heq.
Qed.

End ShortRuns.

Lemma gd_rule_bound d m n X theta_star x :
  (0 < n)%nat -> (forall l, (l < n)%nat -> norm d (x l) <= X) ->
  forall t s, norm d (gd_q d m theta_star n x t s) <= X² * norm d (vminus (theta m s) theta_star).
Proof. intros hn hx t s. now apply covariance_bound. Qed.

Lemma population_rule_bound d m theta_star :
  forall t s, norm d (population_q m theta_star t s) <= 1 * norm d (vminus (theta m s) theta_star).
Proof. intros t s. unfold population_q. lra. Qed.


Lemma joint_norm_bound d s i : Rabs (a s i) <= norm d (W s i) -> norm (S d) (joint d s i) <= 3 / 2 * norm d (W s i).
Proof.
intros ha. pose proof (norm_nonneg d (W s i)) as hr.
apply norm_le_of_sqr; [lra|]. rewrite joint_norm2, <- norm_sqr, Rsqr_abs. unfold Rsqr.
pose proof (Rabs_pos (a s i)).
assert (Rabs (a s i) * Rabs (a s i) <= norm d (W s i) * norm d (W s i)) by (apply Rmult_le_compat; assumption). nra.
Qed.

(* A neuron displaced by at most 1/16 of |z_i| keeps a cosine that was at most 1/2 below 3/4. *)
Lemma cosine_after_move d theta_star s0 s i :
  norm (S d) (vminus (joint d s i) (joint d s0 i)) <= / 16 * norm (S d) (joint d s0 i) ->
  Rabs (a s0 i) <= norm d (W s0 i) ->
  Rabs (dot d theta_star (W s0 i)) <= / 2 * (norm d theta_star * norm d (W s0 i)) ->
  Rabs (dot d theta_star (W s i)) <= 3 / 4 * (norm d theta_star * norm d (W s i)).
Proof.
intros hm ha hcos.
set (c := norm d theta_star) in *. set (r := norm d (W s0 i)) in *.
assert (hc : 0 <= c) by apply norm_nonneg. assert (hr : 0 <= r) by apply norm_nonneg.
assert (hz : norm (S d) (joint d s0 i) <= 3 / 2 * r) by now apply joint_norm_bound.
assert (hw : norm d (vminus (W s i) (W s0 i)) <= 3 / 32 * r).
{ apply Rle_trans with (1 := neuron_move_le_joint d s s0 i). lra. }
assert (hlow : r - norm d (W s i) <= 3 / 32 * r).
{ pose proof (norm_reverse d (W s0 i) (W s i)) as h. rewrite norm_minus_sym in h. fold r in h. lra. }
assert (hd : Rabs (dot d theta_star (W s i)) <= / 2 * (c * r) + c * (3 / 32 * r)).
{ replace (dot d theta_star (W s i)) with (dot d theta_star (W s0 i) + dot d theta_star (vminus (W s i) (W s0 i)))
    by (rewrite dot_minus_r; ring).
  apply Rle_trans with (1 := Rabs_triang _ _).
  assert (Rabs (dot d theta_star (vminus (W s i) (W s0 i))) <= c * (3 / 32 * r)); [|lra].
  apply Rle_trans with (1 := cauchy_schwarz _ _ _). fold c. now apply Rmult_le_compat_l. }
assert (c * (29 / 32 * r) <= c * norm d (W s i)) by (apply Rmult_le_compat_l; lra).
assert (0 <= c * r) by now apply Rmult_le_pos. lra.
Qed.
