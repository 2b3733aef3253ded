(* lemma-4.6, readings `non-degenerate+population` (clause 1) and `population` (clause 2): what is true.

   The paper:   all neurons perfectly aligned at t2, t3 = t2 + ln(1/eta)/(eta |theta*|^2); then
                1. |theta(t3) - theta*| <= O(eta ln(1/eta));
                2. every neuron with |w_i(t3)| >= sqrt eta has |<theta*, w_i>| / (|theta*| |w_i|) >= 1 - O(eta ln(1/eta)).
   Here:        1. true, with |theta(t) - theta*| <= (|theta*|/2) eta for every t >= t3 - 1, when |theta*| <= 1/8 (which A4
                gives from m = 4096 on), some neuron has a_i <w_i, theta*> >= kappa eta, theta has not passed theta* at
                t2, and eta (2 |theta*| + sum_i (u_i - a_i)^2) is at most 1/4 and at most kappa. Any width.
                2. true with equality, at every time: an aligned network stays aligned. *)
From Coq Require Import Reals Lra Psatz Arith.
From Escapement Require Import Vectors Model Condition1 Isotropic Aligned Modes.
Open Scope R_scope.

Lemma pow_le_exp y k : 0 <= y <= 1 -> (1 - y) ^ k <= exp (- (y * INR k)).
Proof.
intros hy. induction k as [|k IH]; [simpl; rewrite Rmult_0_r, Ropp_0, exp_0; lra|].
rewrite S_INR. replace (- (y * (INR k + 1))) with (- y + - (y * INR k)) by ring. rewrite exp_plus. simpl pow.
pose proof (exp_ineq1_le (- y)). apply Rmult_le_compat; try lra. apply pow_le. lra.
Qed.

Lemma exp_le_pow x k : 0 <= x <= 1 -> exp (x / 2 * INR k) <= (1 + x) ^ k.
Proof.
intros hx. induction k as [|k IH]; [simpl; rewrite Rmult_0_r, exp_0; lra|].
rewrite S_INR. replace (x / 2 * (INR k + 1)) with (x / 2 + x / 2 * INR k) by ring. rewrite exp_plus. simpl pow.
apply Rmult_le_compat; try (left; apply exp_pos); [|exact IH].
pose proof (exp_ineq1_le (- (x / 2))) as h. rewrite exp_Ropp in h. pose proof (exp_pos (x / 2)) as hp.
assert (h3 : (1 - x / 2) * exp (x / 2) <= 1).
{ apply Rle_trans with (/ exp (x / 2) * exp (x / 2)); [apply Rmult_le_compat_r; lra | rewrite Rinv_l; lra]. }
assert (h4 : (1 + x) * (1 - x / 2) >= 1) by nra.
apply Rmult_le_reg_l with (1 - x / 2); [lra|]. lra.
Qed.

Lemma sum_of_squares_nonneg m f : 0 <= sum m (fun i => (f i)²).
Proof. apply sum_nonneg. intros. apply Rle_0_sqr. Qed.

Section Convergence.
Variables d m : nat.
Variables eta c kappa : R.
Variables e u0 : vec.
Variable s0 : state.
Variable rule : nat -> state -> vec.
Hypothesis e_unit : norm2 d e = 1.
Hypothesis rule_is : forall t s k, (k < d)%nat -> rule t s k = theta m s k - c * e k.
Let theta_star := vscale c e.
Let H0 := decaying m u0 (a s0).
Let s t := run d eta rule s0 t.

Hypothesis c_range : 0 < c <= / 8.
Hypothesis eta_range : 0 < eta.
Hypothesis log_large : 1 <= ln (/ eta).
Hypothesis kappa_pos : 0 < kappa.
Hypothesis start_aligned : aligned d m e u0 s0.
Hypothesis not_past : predictor m u0 (a s0) <= c.
Hypothesis non_degenerate : exists i, (i < m)%nat /\ kappa * eta <= a s0 i * dot d (W s0 i) theta_star.
Hypothesis small : eta * (2 * c + H0) <= / 4.
Hypothesis small_kappa : eta * (2 * c + H0) <= kappa.

Lemma growing_start : kappa * eta <= growing m u0 (a s0).
Proof.
destruct non_degenerate as [i [hi h]].
rewrite (dot_ext d (W s0 i) theta_star (vscale (u0 i) e) theta_star) in h by (try reflexivity; intros k hk; now apply start_aligned).
unfold theta_star in h. rewrite dot_scale_l, dot_scale_r in h. change (dot d e e) with (norm2 d e) in h. rewrite e_unit in h.
apply Rle_trans with ((u0 i + a s0 i)²).
- set (p := a s0 i * u0 i). assert (hp : kappa * eta <= c * p) by (unfold p; lra).
  assert (0 < kappa * eta) by (apply Rmult_lt_0_compat; lra).
  assert (hpp : 0 < p) by nra.
  pose proof (Rle_0_sqr (u0 i - a s0 i)) as hsq. unfold Rsqr in *. unfold p in *. nra.
- apply (sum_term m (fun i => (u0 i + a s0 i)²)); [intros; apply Rle_0_sqr | exact hi].
Qed.

Theorem non_degenerate_convergence T :
  ln (/ eta) / (eta * c²) < INR T + 1 -> norm d (vminus (theta m (s T)) theta_star) <= c / 2 * eta.
Proof.
intros hT. set (l := ln (/ eta)) in *. destruct c_range as [hc0 hc8].
assert (hH : 0 <= H0) by apply sum_of_squares_nonneg.
assert (hec : 0 < eta * c) by (apply Rmult_lt_0_compat; lra).
assert (hec8 : eta * c <= / 8) by nra.
pose proof growing_start as hF. set (F0 := growing m u0 (a s0)) in *.
assert (hF0 : 0 < F0) by (assert (0 < kappa * eta) by (apply Rmult_lt_0_compat; lra); lra).
destruct (natural_above (4 * (l / (eta * c)))) as [T1 [hT1 hT1']].
{ apply Rmult_le_pos; [lra|]. apply Rlt_le, Rdiv_lt_0_compat; lra. }
set (L := l / (eta * c)) in *.
assert (hL : L * (eta * c) = l) by (unfold L; field; lra).
assert (hL8 : 8 <= L) by (apply Rmult_le_reg_r with (eta * c); lra).
assert (hTL : 8 * L - 1 < INR T).
{ replace (l / (eta * c²)) with (L / c) in hT by (unfold L, Rsqr; field; lra).
  assert (hh : L / c * c = L) by (field; lra). assert (0 < L / c) by (apply Rdiv_lt_0_compat; lra). nra. }
assert (hle : (T1 <= T)%nat) by (apply INR_le; lra).
set (T2 := (T - T1)%nat). assert (hsum : T = (T1 + T2)%nat) by (unfold T2; lia).
assert (hT2 : 2 * L <= INR T2) by (rewrite hsum, plus_INR in hTL; lra).
assert (hstart : 2 * c + H0 <= F0 * (1 + eta * c) ^ T1).
{ assert (hpow : / (eta * eta) <= (1 + eta * c) ^ T1).
  { apply Rle_trans with (2 := exp_le_pow (eta * c) T1 ltac:(lra)).
    replace (/ (eta * eta)) with (exp (l + l)) by (rewrite exp_plus; unfold l; rewrite exp_ln by (apply Rinv_0_lt_compat; exact eta_range); field; lra).
    assert (l + l <= eta * c / 2 * INR T1) as [hlt | ->] by nra; [left; now apply exp_increasing | lra]. }
  apply Rle_trans with (kappa * eta * / (eta * eta)).
  - replace (kappa * eta * / (eta * eta)) with (kappa * / eta) by (field; lra).
    apply Rmult_le_reg_r with eta; [lra|]. rewrite Rmult_assoc, Rinv_l by lra. lra.
  - apply Rmult_le_compat; try lra; [left; apply Rmult_lt_0_compat; lra|].
    left. apply Rinv_0_lt_compat. apply Rmult_lt_0_compat; lra. }
assert (hgap0 : 0 <= gap_of c (F0, H0)).
{ unfold gap_of, F0, H0. cbn [fst snd]. rewrite <- predictor_of_modes. lra. }
destruct (modes_converge eta c F0 H0 eta_range hc0 hF0 hH hgap0 small T1 T2 hstart) as [hlo hhi].
destruct (aligned_run d m eta c e e_unit rule rule_is u0 s0 T start_aligned) as [u [hal hmodes]].
unfold s, theta_star. rewrite (aligned_distance d m c e e_unit u _ hal), hmodes.
fold F0. fold H0. rewrite hsum, Rabs_right by lra.
apply Rle_trans with (1 := hhi). apply Rmult_le_compat_l; [lra|].
apply Rle_trans with (1 := pow_le_exp (7 / 8 * (eta * c)) T2 ltac:(lra)).
replace eta with (exp (- l)) at 2.
2: { unfold l. rewrite exp_Ropp, exp_ln by (apply Rinv_0_lt_compat; lra). apply Rinv_inv. }
assert (- (7 / 8 * (eta * c) * INR T2) <= - l) as [hlt | ->] by nra; [left; now apply exp_increasing | lra].
Qed.

(* Clause 2 needs none of the conditions on sizes. *)
Theorem alignment_kept T i :
  (i < m)%nat -> Rabs (dot d theta_star (W (s T) i)) = norm d theta_star * norm d (W (s T) i).
Proof.
intros hi. destruct (aligned_run d m eta c e e_unit rule rule_is u0 s0 T start_aligned) as [u [hal _]].
now apply (aligned_cosine d m c e e_unit u).
Qed.

End Convergence.

(* Gradient descent on the population. *)
Theorem lemma46_non_degenerate_population d m eta c kappa e u0 s0 T :
  norm2 d e = 1 -> 0 < c <= / 8 -> 0 < eta -> 1 <= ln (/ eta) -> 0 < kappa ->
  aligned d m e u0 s0 -> predictor m u0 (a s0) <= c ->
  (exists i, (i < m)%nat /\ kappa * eta <= a s0 i * dot d (W s0 i) (vscale c e)) ->
  eta * (2 * c + decaying m u0 (a s0)) <= / 4 -> eta * (2 * c + decaying m u0 (a s0)) <= kappa ->
  ln (/ eta) / (eta * c²) < INR T + 1 ->
  norm d (vminus (theta m (population_gd d m eta (vscale c e) s0 T)) (vscale c e)) <= c / 2 * eta.
Proof.
intros. apply (non_degenerate_convergence d m eta c kappa e u0); try assumption. reflexivity.
Qed.

Theorem lemma46_clause2_population d m eta c e u0 s0 T i :
  norm2 d e = 1 -> aligned d m e u0 s0 -> (i < m)%nat ->
  aligned_within d (vscale c e) (W (population_gd d m eta (vscale c e) s0 T) i) 0.
Proof.
intros he h hi. unfold aligned_within, population_gd.
rewrite (alignment_kept d m eta c e u0 s0 (population_q m (vscale c e)) he
  (fun t s k => population_rule d m c e t s k) h T i hi). lra.
Qed.
