(* lemma-4.6, clause 2, on a finite sample, as printed (no condition on |theta*|): refuted for every constant, readings
   `literal` and `non-degenerate` with every kappa.

   The paper:   all neurons perfectly aligned at t2; then every neuron with |w_i(t3)| >= sqrt eta has
                |<theta*, w_i>| / (|theta*| |w_i|) >= 1 - O(eta ln(1/eta)).
   Here:        theta* = c (e_0 + e_1)/sqrt 2, a sample with covariance diag(1, 1/4, ..., 1/4), all neurons
                w_i = sqrt eta (e_0 + e_1)/sqrt 2, a_i = sqrt eta, which grow. Neurons turn towards the covariance's image
                of theta*: w_i0 - w_i1 grows by at least eta sqrt eta c/5 a step (turning), for ln(1/eta)/(eta c^2)
                steps, while |w_i| grows by eta^(-1/8) at most. So 1 - |cos| is at least of the order of eta^(1/4)
                ln(1/eta)^2, and K eta ln(1/eta) is below that. As in clause 1, |theta*| is large (12 d or more): within the
                time of the lemma theta stays near the origin. *)
From Coq Require Import Reals Lra Psatz Arith.
From Escapement Require Import Vectors Model Growth Condition1 Isotropic Aligned Lemma45Steps Lemma45Literal Lemma46Literal
  Lemma46Turning.
Open Scope R_scope.

Definition lemma46_clause2_claim (admits : condition) : Prop :=
  exists (K1 K C0 : R) (d0 : nat), 0 < K1 /\
  forall (C : R) (d m n : nat) (eta sigma X : R) (theta_star : vec) (x : nat -> vec) (s0 : state) (T i : nat),
    C0 <= C -> A6 d0 d -> footnote C sigma X d -> A1 K1 eta m -> A2 C eta -> A3 eta n -> A5 d n X x ->
    phase_two d m eta s0 -> aligned_start d m theta_star s0 -> admits d m eta theta_star s0 ->
    rounded_up T (steps_46 eta (norm d theta_star)) -> (i < m)%nat ->
    sqrt eta <= norm d (W (gd d m eta theta_star n x s0 T) i) ->
    aligned_within d theta_star (W (gd d m eta theta_star n x s0 T) i) (K * (eta * ln (/ eta))).

(* A wider gap is less to ask. *)
Lemma aligned_within_wider d v w g g' : g <= g' -> aligned_within d v w g -> aligned_within d v w g'.
Proof.
unfold aligned_within. intros h ha. apply Rle_trans with (2 := ha).
apply Rmult_le_compat_r; [apply Rmult_le_pos; apply norm_nonneg | lra].
Qed.

(* The turn in the lemma's time is more than the lemma allows. *)
Lemma turn_beyond_gap K1 Kp c eta l u M T :
  0 < K1 -> 1 <= Kp -> 24 <= c -> 0 < eta -> 1 <= l -> 0 < u -> u * u = eta ->
  (100 * Kp * (c * c) / K1 + c) ^ 2 * (eta * l) < / 4 -> K1 / u <= M -> exp (l / 4) * (M * eta) <= / 8 ->
  l / (eta * (c * c)) < T + 1 ->
  4 * (Kp * (eta * l)) * (exp (l / 4) * (2 * eta)) < (T * (eta * (u * (c / 5))))².
Proof.
intros hK1 hKp hc he hl hu huu hB hM hexp hT.
set (b := 100 * Kp * (c * c) / K1) in *. pose proof (exp_pos (l / 4)) as hpos. set (x := exp (l / 4)) in *.
assert (hb : 0 < b) by (unfold b; apply Rdiv_lt_0_compat; [nra | exact hK1]).
assert (hBe : (b + c) * (b + c) * eta < / 4).
{ apply Rle_lt_trans with (2 := hB). replace ((b + c) ^ 2 * (eta * l)) with ((b + c) * (b + c) * eta * l) by ring.
  assert (0 < (b + c) * (b + c) * eta) by (repeat apply Rmult_lt_0_compat; lra). nra. }
assert (hbu : b * u < / 2).
{ apply Rnot_le_lt. intros hge. assert (/ 2 * / 2 <= b * u * (b * u)) by (apply Rmult_le_compat; lra).
  assert (b * b * eta <= (b + c) * (b + c) * eta) by (apply Rmult_le_compat_r; nra). rewrite <- huu in *. nra. }
assert (hce : c * c * eta < / 4).
{ apply Rle_lt_trans with (2 := hBe). apply Rmult_le_compat_r; nra. }
assert (htime : 3 / 4 * l <= T * eta * (c * c)).
{ assert (hec : 0 < eta * (c * c)) by (repeat apply Rmult_lt_0_compat; lra).
  assert (h : l < (T + 1) * (eta * (c * c))).
  { apply Rmult_lt_reg_r with (/ (eta * (c * c))); [now apply Rinv_0_lt_compat|].
    rewrite Rmult_assoc, Rinv_r, Rmult_1_r by lra. exact hT. }
  lra. }
assert (hxe : x * (eta * K1) <= u / 8).
{ assert (hMu : K1 <= M * u).
  { apply Rmult_le_reg_r with (/ u); [now apply Rinv_0_lt_compat|]. rewrite Rmult_assoc, Rinv_r, Rmult_1_r by lra. exact hM. }
  apply Rle_trans with (x * (eta * (M * u))).
  - apply Rmult_le_compat_l; [lra|]. apply Rmult_le_compat_l; lra.
  - replace (x * (eta * (M * u))) with (x * (M * eta) * u) by ring. replace (u / 8) with (/ 8 * u) by field.
    apply Rmult_le_compat_r; lra. }
assert (hKc : Kp * (c * c) * (x * eta) <= / 1600).
{ apply Rmult_le_reg_r with K1; [exact hK1|].
  apply Rle_trans with (Kp * (c * c) * (u / 8)); [rewrite Rmult_assoc, (Rmult_assoc x); apply Rmult_le_compat_l; nra|].
  assert (hbK : b * u * K1 = 100 * Kp * (c * c) * u) by (unfold b; field; lra).
  assert (b * u * K1 <= / 2 * K1) by (apply Rmult_le_compat_r; lra). lra. }
assert (hmain : 8 * 25 * (16 / 9) * (Kp * (c * c) * (x * eta)) < l) by lra.
set (G := T * eta * (c * c)) in *.
replace ((T * (eta * (u * (c / 5))))²) with (G * G * (eta / (25 * (c * c)))).
2: { unfold Rsqr, G. rewrite <- huu. field. lra. }
assert (hc2 : 0 < c * c) by nra.
apply Rmult_lt_reg_r with (25 * (c * c) / eta); [apply Rdiv_lt_0_compat; lra|].
replace (G * G * (eta / (25 * (c * c))) * (25 * (c * c) / eta)) with (G * G) by (field; lra).
replace (4 * (Kp * (eta * l)) * (x * (2 * eta)) * (25 * (c * c) / eta)) with (8 * 25 * (Kp * (c * c) * (x * eta)) * l) by (field; lra).
assert (3 / 4 * l * (3 / 4 * l) <= G * G) by (apply Rmult_le_compat; lra).
set (z := Kp * (c * c) * (x * eta)) in *. nra.
Qed.

(* Whatever the reading asks of the start, if these growing neurons satisfy it. *)
Theorem lemma46_clause2_refuted_for (admits : condition) (kappa : R) :
  (forall d m eta c, (2 <= d)%nat -> (0 < m)%nat -> 0 < eta -> kappa <= c ->
     admits d m eta (vscale c diagonal) (mk_state (fun _ => vscale (sqrt eta) diagonal) (fun _ => sqrt eta))) ->
  ~ lemma46_clause2_claim admits.
Proof.
intros hadmits [K1 [K [C0 [d0 [hK1 h]]]]].
set (c := 12 * INR (max d0 2) + Rabs kappa). set (Kp := Rabs K + 1).
destruct (admissible_problem K1 (2 * (100 * Kp * (c * c) / K1 + c) ^ 2) C0 d0 hK1)
  as [C [m [N [eta [hC [h6 [hf [h1 [h2 [h3 [hN [hm [he [hl [hK hE]]]]]]]]]]]]]]].
set (d := max d0 2) in *. assert (hd : (2 <= d)%nat) by apply Nat.le_max_r.
assert (hdR : 2 <= INR d) by (apply (le_INR 2); exact hd).
pose proof (Rabs_pos kappa) as hk. pose proof (Rle_abs kappa) as hk'. pose proof (Rabs_pos K) as hKa. pose proof (Rle_abs K) as hKb.
assert (hc : 24 <= c) by (unfold c; lra). assert (hcd : 12 * INR d <= c) by (unfold c; lra).
destruct (steps_46_exists eta c he ltac:(lra) hl) as [T hT].
assert (hl1 : 1 <= ln (/ eta)).
{ apply (log_at_least_one C eta (sqrt (INR d)) d); try assumption. unfold Rsqr. rewrite sqrt_sqrt; lra. }
assert (hce : eta * (c * c) <= ln (/ eta) / 5).
{ set (b := 100 * Kp * (c * c) / K1) in *. assert (hb : 0 < b) by (unfold b, Kp; apply Rdiv_lt_0_compat; [nra | exact hK1]).
  assert (hbc : c * c <= (b + c) ^ 2) by nra. assert (0 < eta * ln (/ eta)) by (apply Rmult_lt_0_compat; lra).
  assert (c * c * (eta * ln (/ eta)) <= (b + c) ^ 2 * (eta * ln (/ eta))) by (apply Rmult_le_compat_r; lra).
  assert (hce : eta * (c * c) * 1 <= eta * (c * c) * ln (/ eta)) by (apply Rmult_le_compat_l; [|exact hl1]; apply Rmult_le_pos; nra).
  lra. }
assert (hB : (100 * Kp * (c * c) / K1 + c) ^ 2 * (eta * ln (/ eta)) < / 4).
{ assert (0 <= (100 * Kp * (c * c) / K1 + c) ^ 2 * (eta * ln (/ eta))).
  { apply Rmult_le_pos; [apply pow2_ge_0 | apply Rmult_le_pos; lra]. }
  lra. }
assert (htime : in_time eta c T).
{ unfold in_time. destruct hT as [hT _]. unfold steps_46, Rsqr in hT.
  apply Rlt_le, (Rmult_le_compat_r (eta * (c * c))) in hT; [|nra].
  replace (ln (/ eta) / (eta * (c * c)) * (eta * (c * c))) with (ln (/ eta)) in hT by (field; lra). lra. }
pose proof (sqrt_lt_R0 eta he) as hu. assert (huu : sqrt eta * sqrt eta = eta) by (apply sqrt_sqrt; lra).
destruct (turned_misaligned d m N eta c hd hN he hcd hE T 0 (Kp * (eta * ln (/ eta))) htime hm) as [hlong hmis].
- apply Rmult_le_pos; [unfold Kp; lra | nra].
- apply (turn_beyond_gap K1 Kp c eta (ln (/ eta)) (sqrt eta) (INR m) (INR T)); try assumption; try (unfold Kp; lra).
  destruct hT as [_ hT]. unfold steps_46, Rsqr in hT. lra.
- apply hmis. apply (aligned_within_wider d _ _ (K * (eta * ln (/ eta)))); [apply Rmult_le_compat_r; [nra | unfold Kp; lra]|].
  apply (h C d m (N * d)%nat eta 1 (sqrt (INR d)) (vscale c diagonal) (squeezed d)); try assumption.
  + apply squeezed_A5. lia.
  + intros i _. simpl. rewrite norm_scale, (Rabs_right (sqrt eta)) by lra.
    unfold norm at 1. rewrite diagonal_unit, sqrt_1 by exact hd. lra.
  + exists c, diagonal, (fun _ => sqrt eta). split; [lra|]. split; [now apply diagonal_unit|]. split; [reflexivity|].
    intros i k _ _. reflexivity.
  + apply hadmits; try assumption. unfold c. lra.
  + rewrite target_norm by assumption. exact hT.
Qed.

Theorem lemma46_clause2_refuted : ~ lemma46_clause2_claim any_start.
Proof. apply (lemma46_clause2_refuted_for any_start 0). intros. exact I. Qed.

Theorem lemma46_clause2_non_degenerate_refuted kappa : ~ lemma46_clause2_claim (non_degenerate kappa).
Proof.
apply (lemma46_clause2_refuted_for (non_degenerate kappa) kappa). intros d m eta c hd hm he hc.
exists 0%nat. split; [exact hm|]. simpl. rewrite dot_scale_l, dot_scale_r.
change (dot d diagonal diagonal) with (norm2 d diagonal). rewrite diagonal_unit by exact hd.
assert (h : sqrt eta * sqrt eta = eta) by (apply sqrt_sqrt; lra).
replace (sqrt eta * (sqrt eta * (c * 1))) with (c * (sqrt eta * sqrt eta)) by ring. rewrite h.
apply Rmult_le_compat_r; lra.
Qed.
