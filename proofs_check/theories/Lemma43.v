(* lemma-4.3, the algebra and the elementary probability, given the state.

   The paper:   while lazy, for all j <= T1 and every i,
                1. DeltaW_i(j) <= 0 with probability >= 1 - rho m^(-1/8), and DeltaW_i(j) <= -(sigma/4)^2 with probability >= 1/4;
                2. DeltaW_i(j) > 0 with probability <= rho m^(-1/8), and DeltaW_i(j) <= O(1).
   Here:        1a, 2a (sign)   DeltaW <= 0 iff g = 0 or |<x, w>| >= |a| |x| (delta_w_sign): the noise does not matter.
                1b (size)       over a uniform sample and a uniform sign of the noise, the probability of
                                DeltaW <= -(sigma/4)^2 is at least 1/4 for every neuron for which half of the samples have
                                <x, w>^2 - a^2 |x|^2 >= 1/16 (delta_w_size). Whatever the residual: one of the two signs
                                has |g| >= sigma.
                2b (bound)      DeltaW <= g^2 a^2 |x|^2 (delta_w_bound). *)
From Coq Require Import Reals Lra Psatz.
From Escapement Require Import Vectors Model NormIdentity.
Open Scope R_scope.

Theorem delta_w_sign d g x s i :
  delta_w d g x s i <= 0 <-> (g = 0 \/ Rabs (a s i) * norm d x <= Rabs (dot d x (W s i))).
Proof.
unfold delta_w. set (D := dot d x (W s i)). set (A := a s i).
assert (hx : norm2 d x = norm d x * norm d x) by (symmetry; apply norm_sqr). rewrite hx.
pose proof (norm_nonneg d x) as hn. set (X := norm d x) in *.
pose proof (Rabs_pos A) as hA. pose proof (Rabs_pos D) as hD.
assert (hAA : A² = Rabs A * Rabs A) by (rewrite Rsqr_abs; reflexivity).
assert (hDD : D² = Rabs D * Rabs D) by (rewrite Rsqr_abs; reflexivity).
rewrite hAA, hDD. set (p := Rabs A) in *. set (q := Rabs D) in *.
replace (q * q - p * p * (X * X)) with (q * q - (p * X) * (p * X)) by ring.
assert (hpX : 0 <= p * X) by now apply Rmult_le_pos. set (r := p * X) in *.
split.
- intros h. destruct (Req_dec g 0) as [h0 | h0]; [now left | right].
  assert (hg : 0 < g²) by now apply Rlt_0_sqr. apply Rnot_lt_le. intros hlt.
  assert (q * q < r * r) by nra. nra.
- intros [-> | h]; [unfold Rsqr; lra|]. pose proof (Rle_0_sqr g). assert (r * r <= q * q) by (apply Rmult_le_compat; assumption). nra.
Qed.

Theorem delta_w_bound d g x s i : delta_w d g x s i <= g² * (a s i)² * norm2 d x.
Proof.
unfold delta_w. pose proof (Rle_0_sqr g). pose proof (Rle_0_sqr (dot d x (W s i))). nra.
Qed.

(* One of the two signs of the noise makes the residual at least sigma, whatever it is without noise. *)
Lemma one_sign_is_large r sigma : 0 <= sigma -> sigma² <= (r - sigma)² \/ sigma² <= (r + sigma)².
Proof. intros hs. destruct (Rle_or_lt 0 r); [right | left]; unfold Rsqr; nra. Qed.

Definition indicator_le (x y : R) : R := if Rle_dec x y then 1 else 0.

Lemma indicator_nonneg x y : 0 <= indicator_le x y.
Proof. unfold indicator_le. destruct (Rle_dec x y); lra. Qed.

Lemma indicator_true x y : x <= y -> indicator_le x y = 1.
Proof. intros h. unfold indicator_le. destruct (Rle_dec x y); [reflexivity | contradiction]. Qed.

(* The probability, over a uniform index l < n and a uniform sign of the noise, of DeltaW <= bound. *)
Definition probability_delta_w (d m n : nat) (sigma : R) (theta_star : vec) (x : nat -> vec) (s : state) (i : nat) (bound : R) : R :=
  sum n (fun l =>
    indicator_le (delta_w d (residual d m theta_star (x l) sigma s) (x l) s i) bound
    + indicator_le (delta_w d (residual d m theta_star (x l) (- sigma) s) (x l) s i) bound) / (2 * INR n).

(* The share of the samples that see neuron i by at least 1/16. *)
Definition share_seen (d n : nat) (x : nat -> vec) (s : state) (i : nat) : R :=
  sum n (fun l => indicator_le (/ 16) ((dot d (x l) (W s i))² - (a s i)² * norm2 d (x l))) / INR n.

Theorem delta_w_size d m n sigma theta_star x s i :
  (0 < n)%nat -> 0 < sigma ->
  / 2 <= share_seen d n x s i -> / 4 <= probability_delta_w d m n sigma theta_star x s i (- (sigma / 4)²).
Proof.
intros hn hs. unfold share_seen, probability_delta_w. assert (hN : 0 < INR n) by (apply lt_0_INR; lia).
set (A := sum n _). set (B := sum n _).
assert (hAB : A <= B).
{ apply sum_le. intros l _. unfold indicator_le at 1. destruct (Rle_dec (/ 16) _) as [h | h].
  - set (v := (dot d (x l) (W s i))² - (a s i)² * norm2 d (x l)) in *.
    assert (hone : forall g, sigma² <= g² -> delta_w d g (x l) s i <= - (sigma / 4)²).
    { intros g hg. unfold delta_w. fold v. assert (sigma² * / 16 <= g² * v) by (apply Rmult_le_compat; try apply Rle_0_sqr; lra).
      unfold Rsqr in *. lra. }
    set (r := dot d (theta m s) (x l) - dot d theta_star (x l)).
    pose proof (indicator_nonneg (delta_w d (residual d m theta_star (x l) sigma s) (x l) s i) (- (sigma / 4)²)).
    pose proof (indicator_nonneg (delta_w d (residual d m theta_star (x l) (- sigma) s) (x l) s i) (- (sigma / 4)²)).
    destruct (one_sign_is_large r sigma ltac:(lra)) as [h1 | h1].
    + rewrite (indicator_true (delta_w d (residual d m theta_star (x l) sigma s) (x l) s i)); [lra | now apply hone].
    + rewrite (indicator_true (delta_w d (residual d m theta_star (x l) (- sigma) s) (x l) s i)); [lra|].
      apply hone. unfold residual. fold r. replace (r - - sigma) with (r + sigma) by ring. exact h1.
  - apply Rplus_le_le_0_compat; apply indicator_nonneg. }
intros h. assert (hA : / 2 * INR n <= A).
{ apply Rmult_le_reg_r with (/ INR n); [now apply Rinv_0_lt_compat|]. rewrite Rmult_assoc, Rinv_r by lra.
  rewrite Rmult_1_r. exact h. }
apply Rmult_le_reg_r with (2 * INR n); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra.
Qed.

(* The literal "every neuron" meets neurons with w = 0: for them DeltaW > 0 whenever the sample and a are not 0. *)
Theorem delta_w_zero_neuron d g x s i :
  (forall k, (k < d)%nat -> W s i k = 0) -> g <> 0 -> a s i <> 0 -> 0 < norm2 d x -> 0 < delta_w d g x s i.
Proof.
intros hw hg ha hx. unfold delta_w, dot at 1. rewrite sum_zero by (intros k hk; rewrite hw by exact hk; ring).
pose proof (Rlt_0_sqr g hg). pose proof (Rlt_0_sqr (a s i) ha).
assert (0 < g² * ((a s i)² * norm2 d x)) by (apply Rmult_lt_0_compat; [|apply Rmult_lt_0_compat]; assumption). unfold Rsqr at 2. lra.
Qed.
