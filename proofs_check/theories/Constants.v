(* Condition 1 and T1 in numbers.

   eta_below_1e_700     A2 and the footnote's second term alone: eta < 10^-700, for every d >= 1. No double holds such a
                        number, and no run of the dynamics step by step can be inside Condition 1.
   width_above          A1 then asks for m > K1 10^350.
   T1_within_noise_time sigma^2 eta^2 T1 = 384 sqrt(ln m)/sqrt m is at most 1 for every m >= 2.2e6, and above 1 at
                        m = 2.1e6 (T1_beyond_noise_time): below that width T1 is longer than the time 1/(sigma^2 eta^2) on
                        which label noise acts. *)
From Coq Require Import Reals Lra Psatz ZArith.
From Interval Require Import Tactic.
From Escapement Require Import Vectors Model Condition1.
Open Scope R_scope.

Lemma footnote_base_one : 84 / 10 <= (1 - 3 / (4 * sqrt PI)) * 2 / ((/ 2 - 3 / (4 * sqrt PI)) * sqrt PI).
Proof. interval with (i_prec 60). Qed.

Lemma footnote_base_bound d : (1 <= d)%nat -> 84 / 10 <= footnote_base d.
Proof.
intros hd. unfold footnote_base.
assert (h1 : 1 <= sqrt (INR d)) by (rewrite <- sqrt_1; apply sqrt_le_1_alt, (le_INR 1), hd).
pose proof footnote_base_one as h. set (b := (1 - 3 / (4 * sqrt PI)) * 2) in *.
set (q := (/ 2 - 3 / (4 * sqrt PI)) * sqrt PI) in *.
replace (b * sqrt (INR d) / q) with (b / q * sqrt (INR d)) by (unfold Rdiv; ring).
rewrite <- (Rmult_1_r (84 / 10)). apply Rmult_le_compat; lra.
Qed.

Lemma power_large : 10 ^ 700 < (84 / 10) ^ 768.
Proof.
unfold Rdiv. rewrite Rpow_mult_distr, pow_inv. apply Rmult_lt_reg_r with (10 ^ 768); [apply pow_lt; lra|].
rewrite Rmult_assoc, Rinv_l by (apply pow_nonzero; lra). rewrite Rmult_1_r.
rewrite !(pow_IZR 10), (pow_IZR 84), <- mult_IZR. apply IZR_lt. vm_compute. reflexivity.
Qed.

Theorem eta_below_1e_700 C sigma X d eta : (1 <= d)%nat -> footnote C sigma X d -> A2 C eta -> eta < / 10 ^ 700.
Proof.
intros hd [_ [hb _]] [he heC]. apply Rle_lt_trans with (1 := heC).
assert (hC : (84 / 10) ^ 8 <= C).
{ apply Rle_trans with (2 := hb). apply pow_incr. pose proof (footnote_base_bound d hd). lra. }
assert (hC96 : (84 / 10) ^ 768 <= C ^ 96).
{ replace 768%nat with (8 * 96)%nat by reflexivity. rewrite pow_mult. apply pow_incr. split; [apply pow_le; lra | exact hC]. }
apply Rinv_lt_contravar.
- apply Rmult_lt_0_compat; [apply pow_lt; lra|]. pose proof power_large. assert (0 < 10 ^ 700) by (apply pow_lt; lra). lra.
- pose proof power_large. lra.
Qed.

Theorem width_above C sigma X d eta K1 m :
  (1 <= d)%nat -> footnote C sigma X d -> A2 C eta -> 0 < K1 -> A1 K1 eta m -> K1 * 10 ^ 350 < INR m.
Proof.
intros hd hf h2 hK h1. pose proof (eta_below_1e_700 C sigma X d eta hd hf h2) as he. destruct h2 as [hp _].
apply Rlt_le_trans with (2 := h1). unfold Rdiv. apply Rmult_lt_compat_l; [exact hK|].
assert (h10 : 0 < 10 ^ 350) by (apply pow_lt; lra).
assert (hs : sqrt eta < / 10 ^ 350).
{ rewrite <- (sqrt_square (/ 10 ^ 350)) by (left; now apply Rinv_0_lt_compat). apply sqrt_lt_1_alt. split; [lra|].
  replace (/ 10 ^ 350 * / 10 ^ 350) with (/ 10 ^ 700); [exact he|].
  rewrite <- Rinv_mult, <- pow_add. reflexivity. }
assert (hsp : 0 < sqrt eta) by now apply sqrt_lt_R0.
rewrite <- (Rinv_inv (10 ^ 350)). apply Rinv_lt_contravar; [|exact hs].
apply Rmult_lt_0_compat; [exact hsp | now apply Rinv_0_lt_compat].
Qed.

(* T1 of Theorem 4.2. *)
Definition T1 (sigma eta m : R) : R := 384 * sqrt (ln m) / (sigma² * eta² * sqrt m).

Lemma ln_tangent x c : 0 < x -> 0 < c -> ln x <= ln c + (x - c) / c.
Proof.
intros hx hc. replace x with (c * (x / c)) at 1 by (field; lra).
assert (hq : 0 < x / c) by now apply Rdiv_lt_0_compat.
rewrite ln_mult by assumption. pose proof (exp_ineq1_le (ln (x / c))) as h. rewrite exp_ln in h by exact hq.
replace ((x - c) / c) with (x / c - 1) by (field; lra). lra.
Qed.

Theorem T1_within_noise_time sigma eta m :
  0 < sigma -> 0 < eta -> 2200000 <= m -> sigma² * eta² * T1 sigma eta m <= 1.
Proof.
intros hs he hm.
assert (hln : ln m * 147456 <= m).
{ pose proof (ln_tangent m 2200000 ltac:(lra) ltac:(lra)) as h.
  assert (hc : ln 2200000 <= 14605 / 1000) by (interval with (i_prec 60)). lra. }
assert (hsm : 0 < sqrt m) by (apply sqrt_lt_R0; lra).
unfold T1. replace (sigma² * eta² * (384 * sqrt (ln m) / (sigma² * eta² * sqrt m))) with (384 * sqrt (ln m) / sqrt m)
  by (unfold Rsqr; field; repeat split; lra).
apply Rmult_le_reg_r with (sqrt m); [exact hsm|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_l, Rmult_1_r by lra.
assert (h384 : 384 = sqrt 147456) by (replace 147456 with (384 * 384) by lra; rewrite sqrt_square; lra).
rewrite h384, <- sqrt_mult_alt by lra. apply sqrt_le_1_alt. lra.
Qed.

Theorem T1_beyond_noise_time sigma eta : 0 < sigma -> 0 < eta -> 1 < sigma² * eta² * T1 sigma eta 2100000.
Proof.
intros hs he. unfold T1.
replace (sigma² * eta² * (384 * sqrt (ln 2100000) / (sigma² * eta² * sqrt 2100000))) with (384 * sqrt (ln 2100000) / sqrt 2100000).
- interval with (i_prec 60).
- assert (0 < sqrt 2100000) by (apply sqrt_lt_R0; lra). unfold Rsqr. field. repeat split; lra.
Qed.
