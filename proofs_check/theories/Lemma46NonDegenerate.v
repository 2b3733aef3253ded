(* lemma-4.6, clause 1, readings `non-degenerate` and `non-degenerate+population`, without A4 (which the lemma does not
   assume): refuted for every kappa, with all neurons on the growing mode. See the head of Lemma46Literal.v. *)
From Coq Require Import Reals Lra Psatz Arith.
From Escapement Require Import Vectors Model Growth Condition1 Isotropic Aligned Lemma45Steps Lemma45Literal Lemma46Literal.
Open Scope R_scope.

Section Witness.
Variables d m : nat.
Variables eta kappa c : R.
Hypothesis d_pos : (0 < d)%nat.
Hypothesis m_pos : (0 < m)%nat.
Hypothesis eta_pos : 0 < eta.
Hypothesis c_large : 12 <= c.
Hypothesis c_kappa : 4 * kappa <= c.
Let s0 := axis_state (sqrt eta / 2) 1.

Lemma witness_energy : energy d m s0 = INR m * eta / 2.
Proof.
unfold energy. rewrite (sum_ext m _ (fun _ => eta / 2)); [rewrite sum_const; lra|].
intros i _. rewrite joint_norm2. simpl. rewrite norm2_scale, unit_norm2 by exact d_pos.
assert (h : sqrt eta * sqrt eta = eta) by (apply sqrt_sqrt; lra). unfold Rsqr. lra.
Qed.

Lemma witness_non_degenerate : non_degenerate kappa d m eta (vscale c (unit 0)) s0.
Proof.
exists 0%nat. split; [exact m_pos|]. simpl. rewrite dot_scale_l, dot_scale_r.
change (dot d (unit 0) (unit 0)) with (norm2 d (unit 0)). rewrite unit_norm2 by exact d_pos.
assert (h : sqrt eta * sqrt eta = eta) by (apply sqrt_sqrt; lra).
replace (1 * (sqrt eta / 2) * (sqrt eta / 2 * (c * 1))) with (c / 4 * (sqrt eta * sqrt eta)) by field. rewrite h.
apply Rmult_le_compat_r; lra.
Qed.

End Witness.

Theorem lemma46_non_degenerate_refuted kappa : ~ lemma46_claim (non_degenerate kappa).
Proof.
intros [K1 [K [C0 [d0 [hK1 h]]]]].
set (c := 12 * INR (max d0 2) + 4 * Rabs kappa).
destruct (admissible_problem K1 (Rabs K + c * c) C0 d0 hK1)
  as [C [m [N [eta [hC [h6 [hf [h1 [h2 [h3 [hN [hm [he [hl [hK hE]]]]]]]]]]]]]]].
set (d := max d0 2) in *. assert (hd : (0 < d)%nat) by (pose proof (Nat.le_max_r d0 2); lia).
assert (hdR : 1 <= INR d) by (apply (le_INR 1); lia).
pose proof (Rabs_pos kappa) as hk. pose proof (Rle_abs kappa) as hk'.
assert (hc : 0 < c) by (unfold c; lra).
assert (hl1 : 1 <= ln (/ eta)).
{ apply (log_at_least_one C eta (sqrt (INR d)) d); try assumption. unfold Rsqr. rewrite sqrt_sqrt; lra. }
assert (hel : 0 < eta * ln (/ eta)) by (apply Rmult_lt_0_compat; lra).
assert (hcc : 0 <= c * c * (eta * ln (/ eta))) by (apply Rmult_le_pos; nra).
assert (hKa : 0 <= Rabs K * (eta * ln (/ eta))) by (apply Rmult_le_pos; [apply Rabs_pos | lra]).
assert (hKe : K * (eta * ln (/ eta)) < / 4).
{ pose proof (Rmult_le_compat_r (eta * ln (/ eta)) _ _ (Rlt_le _ _ hel) (Rle_abs K)). lra. }
assert (hce : eta * c² <= 1).
{ unfold Rsqr. assert (0 <= eta * (c * c)) by (apply Rmult_le_pos; nra).
  assert (eta * (c * c) * 1 <= eta * (c * c) * ln (/ eta)) by (apply Rmult_le_compat_l; lra). lra. }
destruct (steps_46_exists eta c he hc hl) as [T hT]. rewrite <- (axis_norm d c hd hc) in hT.
assert (hfar : c / 2 <= norm d (vminus (theta m (gd d m eta (vscale c (unit 0)) (N * d) (isotropic d)
    (axis_state (sqrt eta / 2) 1) T)) (vscale c (unit 0)))).
{ apply (time_too_short d m eta (INR d)); try assumption; try lra.
  - now apply axis_norm.
  - unfold c. lra.
  - replace (INR d) with ((sqrt (INR d))²) by (unfold Rsqr; apply sqrt_sqrt; lra).
    apply gd_rule_bound; [nia | now apply isotropic_A5].
  - rewrite witness_energy by assumption. unfold c. lra.
  - rewrite axis_norm in hT by assumption. apply Rlt_le, hT. }
pose proof (h C d m (N * d)%nat eta 1 (sqrt (INR d)) (vscale c (unit 0)) (isotropic d) (axis_state (sqrt eta / 2) 1) T
  hC h6 hf h1 h2 h3 (isotropic_A5 d _ hd) (axis_phase_two d m eta 1 hd he Rabs_R1) (axis_start d m c _ _ hd hc)
  (witness_non_degenerate d m eta kappa c hd hm he ltac:(unfold c; lra)) hT) as hend.
assert (12 <= c) by (unfold c; lra). lra.
Qed.

Theorem lemma46_non_degenerate_population_refuted kappa : ~ lemma46_population_claim (non_degenerate kappa).
Proof.
intros [K1 [K [C0 [d0 [hK1 h]]]]].
set (c := 12 + 4 * Rabs kappa).
destruct (admissible_problem K1 (Rabs K + c * c) C0 d0 hK1)
  as [C [m [N [eta [hC [h6 [hf [h1 [h2 [h3 [hN [hm [he [hl [hK hE]]]]]]]]]]]]]]].
set (d := max d0 2) in *. assert (hd : (0 < d)%nat) by (pose proof (Nat.le_max_r d0 2); lia).
assert (hdR : 1 <= INR d) by (apply (le_INR 1); lia).
pose proof (Rabs_pos kappa) as hk. pose proof (Rle_abs kappa) as hk'.
assert (hc : 0 < c) by (unfold c; lra).
assert (hl1 : 1 <= ln (/ eta)).
{ apply (log_at_least_one C eta (sqrt (INR d)) d); try assumption. unfold Rsqr. rewrite sqrt_sqrt; lra. }
assert (hel : 0 < eta * ln (/ eta)) by (apply Rmult_lt_0_compat; lra).
assert (hcc : 0 <= c * c * (eta * ln (/ eta))) by (apply Rmult_le_pos; nra).
assert (hKa : 0 <= Rabs K * (eta * ln (/ eta))) by (apply Rmult_le_pos; [apply Rabs_pos | lra]).
assert (hKe : K * (eta * ln (/ eta)) < / 4).
{ pose proof (Rmult_le_compat_r (eta * ln (/ eta)) _ _ (Rlt_le _ _ hel) (Rle_abs K)). lra. }
assert (hce : eta * c² <= 1).
{ unfold Rsqr. assert (0 <= eta * (c * c)) by (apply Rmult_le_pos; nra).
  assert (eta * (c * c) * 1 <= eta * (c * c) * ln (/ eta)) by (apply Rmult_le_compat_l; lra). lra. }
destruct (steps_46_exists eta c he hc hl) as [T hT]. rewrite <- (axis_norm d c hd hc) in hT.
assert (hfar : c / 2 <= norm d (vminus (theta m (population_gd d m eta (vscale c (unit 0))
    (axis_state (sqrt eta / 2) 1) T)) (vscale c (unit 0)))).
{ apply (time_too_short d m eta 1); try assumption; try lra.
  - now apply axis_norm.
  - unfold c. lra.
  - apply population_rule_bound.
  - rewrite witness_energy by assumption. unfold c. lra.
  - rewrite axis_norm in hT by assumption. apply Rlt_le, hT. }
pose proof (h C d m eta 1 (sqrt (INR d)) (vscale c (unit 0)) (axis_state (sqrt eta / 2) 1) T
  hC h6 hf h1 h2 (axis_phase_two d m eta 1 hd he Rabs_R1) (axis_start d m c _ _ hd hc)
  (witness_non_degenerate d m eta kappa c hd hm he ltac:(unfold c; lra)) hT) as hend.
assert (12 <= c) by (unfold c; lra). lra.
Qed.
