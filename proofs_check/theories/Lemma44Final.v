(* lemma-4.4: the conclusion, with explicit constants. See Lemma44.v for the paper's sentence and the dynamics. *)
From Coq Require Import Reals Lra Psatz Arith FunctionalExtensionality.
From Escapement Require Import Vectors Model Condition1 Signs Lemma44 Lemma46Convergence.
Open Scope R_scope.

Lemma exp_minus_le y : 0 < y -> exp (- y) <= 4 / (y * y).
Proof.
intros hy. rewrite exp_Ropp. assert (h : y * y / 4 <= exp y).
{ replace y with (y / 2 + y / 2) at 3 by field. rewrite exp_plus. pose proof (exp_ineq1_le (y / 2)).
  apply Rle_trans with ((1 + y / 2) * (1 + y / 2)); [nra | apply Rmult_le_compat; lra]. }
assert (0 < y * y) by nra.
replace (4 / (y * y)) with (/ (y * y / 4)) by (field; lra). apply Rinv_le_contravar; lra.
Qed.

(* r = sqrt eta = alpha^2. *)
Theorem lemma44_covariance (d m : nat) (eta alpha mu L : R) (theta_star : vec) (H : vec -> vec) :
  (forall u v k, H (vplus u v) k = H u k + H v k) -> (forall c u k, H (vscale c u) k = c * H u k) ->
  (forall v, mu * norm2 d v <= dot d v (H v)) -> (forall v, norm2 d (H v) <= L² * norm2 d v) ->
  0 < eta <= / 16 -> alpha² = sqrt eta -> (0 < m)%nat -> INR m * sqrt eta <= 1 + sqrt eta ->
  0 < mu <= 1 -> 2 * (eta * L²) <= mu -> 2 * (sqrt eta * (L² * norm2 d theta_star)) <= mu ->
  exists t0 : nat, INR t0 <= / eta² /\
  forall (act : vec) (w : nat -> vec) (M0 : R),
    zero_one act -> total d m w = INR m * M0 -> 0 <= M0 -> 128 * M0 * sqrt eta <= mu² ->
    expectation d m eta alpha theta_star H t0 act w / INR m <= sqrt eta.
Proof.
intros hplus hscale hlow hup [he he16] ha hm0 hm hmu hL hth.
set (r := sqrt eta) in *.
assert (hr : 0 < r) by now apply sqrt_lt_R0.
assert (hrr : r * r = eta) by (apply sqrt_sqrt; lra).
assert (hr4 : r <= / 4) by nra.
assert (hmR : 0 < INR m) by (apply lt_0_INR; lia).
destruct (natural_below (/ (2 * eta²))) as [T [hT1 hT2]].
{ left. apply Rinv_0_lt_compat. unfold Rsqr. nra. }
assert (hee : 0 < eta²) by (unfold Rsqr; nra).
assert (hinv : / (2 * eta²) * (2 * eta²) = 1) by (apply Rinv_l; lra).
exists (2 * T)%nat. split.
{ rewrite mult_INR. simpl INR. apply Rmult_le_reg_r with (2 * eta²); [lra|].
  replace (/ eta² * (2 * eta²)) with 2 by (field; lra). nra. }
intros act w M0 h01 htot hM hMs.
set (ratio := 1 - 2 * eta * alpha² * mu + INR m * (eta² * alpha² * alpha² * L²)).
set (noise := eta² * alpha² * (L² * norm2 d theta_star)).
pose proof (norm2_nonneg d theta_star) as hth0. pose proof (Rle_0_sqr L) as hL0.
(* 1 - ratio is at least mu eta^(3/2) *)
assert (hgap : mu * (eta * r) <= 1 - ratio).
{ unfold ratio. rewrite ha. assert (h1 : INR m * r * (eta * r) * (eta * L²) <= 5 / 4 * (eta * r) * (mu / 2)).
  { apply Rmult_le_compat; try lra.
    - apply Rmult_le_pos; [apply Rmult_le_pos; lra | nra].
    - apply Rmult_le_pos; lra.
    - apply Rmult_le_compat_r; [nra | lra]. }
  replace (INR m * (eta² * r * r * L²)) with (INR m * r * (eta * r) * (eta * L²)) by (unfold Rsqr; ring).
  assert (0 < mu * (eta * r)) by (apply Rmult_lt_0_compat; [lra | nra]). lra. }
assert (her : 0 < eta * r) by nra. assert (her16 : eta * r <= / 64) by nra.
assert (hratio0 : 0 <= ratio).
{ unfold ratio. rewrite ha. assert (0 <= INR m * (eta² * r * r * L²)).
  { apply Rmult_le_pos; [lra|]. apply Rmult_le_pos; [|exact hL0]. unfold Rsqr. nra. }
  assert (eta * r * mu <= / 64 * 1) by (apply Rmult_le_compat; lra). lra. }
assert (hratio1 : ratio < 1) by (assert (0 < mu * (eta * r)) by (apply Rmult_lt_0_compat; lra); lra).
apply Rmult_le_reg_r with (INR m); [exact hmR|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
apply Rle_trans with (1 := expectation_bound d m eta alpha theta_star H hplus hscale mu L (Rlt_le _ _ he) hlow hup T act w h01
  (conj hratio0 hratio1)). fold ratio. fold noise. rewrite htot.
(* the start has decayed *)
assert (hdecay : ratio ^ T * M0 <= r / 2).
{ set (y := mu * (eta * r) * INR T).
  assert (hTlow : / (4 * eta²) <= INR T).
  { apply Rmult_le_reg_r with (4 * eta²); [lra|]. rewrite Rinv_l by lra.
    assert (eta² <= / 256) by (unfold Rsqr; nra). nra. }
  assert (hy : mu / (4 * r) <= y).
  { unfold y. apply Rle_trans with (mu * (eta * r) * / (4 * eta²)).
    - right. rewrite <- hrr. unfold Rsqr. field. lra.
    - apply Rmult_le_compat_l; [apply Rmult_le_pos; lra | exact hTlow]. }
  assert (hq : 0 < mu / (4 * r)) by (apply Rdiv_lt_0_compat; lra).
  assert (hpow : ratio ^ T <= exp (- (mu / (4 * r)))).
  { apply Rle_trans with ((1 - mu * (eta * r)) ^ T); [apply pow_incr; lra|].
    apply Rle_trans with (exp (- y)).
    - apply pow_le_exp. assert (mu * (eta * r) <= 1 * / 64) by (apply Rmult_le_compat; lra). split; [apply Rmult_le_pos|]; lra.
    - destruct hy as [hlt | ->]; [left; apply exp_increasing; lra | lra]. }
  apply Rle_trans with (4 / (mu / (4 * r) * (mu / (4 * r))) * M0).
  - apply Rmult_le_compat_r; [exact hM|]. apply Rle_trans with (1 := hpow). now apply exp_minus_le.
  - apply Rmult_le_reg_r with (mu²); [unfold Rsqr; nra|].
    replace (4 / (mu / (4 * r) * (mu / (4 * r))) * M0 * mu²) with (64 * (M0 * r) * r) by (unfold Rsqr; field; lra). nra. }
(* the noise that remains *)
assert (hnoise : noise * ((1 - ratio ^ T) / (1 - ratio)) <= r / 2).
{ assert (hpow0 : 0 <= ratio ^ T) by now apply pow_le.
  assert (hn0 : 0 <= noise).
  { unfold noise. rewrite ha. apply Rmult_le_pos; [apply Rmult_le_pos; lra | apply Rmult_le_pos; assumption]. }
  assert (hg : 0 < mu * (eta * r)) by (apply Rmult_lt_0_compat; lra).
  apply Rle_trans with (noise * (1 / (mu * (eta * r)))).
  - apply Rmult_le_compat_l; [exact hn0|]. unfold Rdiv. apply Rle_trans with (1 * / (1 - ratio)).
    + apply Rmult_le_compat_r; [left; apply Rinv_0_lt_compat; lra | lra].
    + apply Rmult_le_compat_l; [lra|]. apply Rinv_le_contravar; lra.
  - unfold noise. rewrite ha.
    replace (eta² * r * (L² * norm2 d theta_star) * (1 / (mu * (eta * r)))) with (r * (r * (L² * norm2 d theta_star)) / mu)
      by (rewrite <- hrr; unfold Rsqr; field; lra).
    apply Rmult_le_reg_r with mu; [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. nra. }
set (N := noise * ((1 - ratio ^ T) / (1 - ratio))) in *.
replace (ratio ^ T * (INR m * M0) + INR m * noise * ((1 - ratio ^ T) / (1 - ratio))) with (INR m * (ratio ^ T * M0 + N))
  by (unfold N; ring).
rewrite (Rmult_comm r). apply Rmult_le_compat_l; lra.
Qed.

(* The population gradient, H = identity: mu = L = 1. *)
Theorem lemma44_population (d m : nat) (eta alpha : R) (theta_star : vec) :
  0 < eta <= / 16 -> alpha² = sqrt eta -> (0 < m)%nat -> INR m * sqrt eta <= 1 + sqrt eta ->
  2 * (sqrt eta * norm2 d theta_star) <= 1 ->
  exists t0 : nat, INR t0 <= / eta² /\
  forall (act : vec) (w : nat -> vec) (M0 : R),
    zero_one act -> total d m w = INR m * M0 -> 0 <= M0 -> 128 * M0 * sqrt eta <= 1 ->
    expectation d m eta alpha theta_star (fun v => v) t0 act w / INR m <= sqrt eta.
Proof.
intros he ha hm0 hm hth.
pose proof (proj2 he) as he16.
destruct (lemma44_covariance d m eta alpha 1 1 theta_star (fun v => v) (fun _ _ _ => eq_refl) (fun _ _ _ => eq_refl)
  ltac:(intros v; cbv beta; unfold norm2; lra) ltac:(intros v; cbv beta; unfold Rsqr; lra) he ha hm0 hm ltac:(lra)
  ltac:(unfold Rsqr; lra) ltac:(unfold Rsqr; lra)) as [t0 [ht h]].
exists t0. split; [exact ht|]. intros act w M0 h01 htot hM hMs. apply (h act w M0); try assumption. unfold Rsqr. lra.
Qed.
