(* lemma-4.6, clause 1, as printed: A1-3 and A5-6, all neurons perfectly aligned at t2, no condition on |theta*|. The
   quantified claims, with every hidden constant existential, and their refutation; the sentence of the paper is in
   Lemma46Convergence.v.

   lemma46_literal_refuted, lemma46_population_refuted: neurons on the decaying mode, a_i = -<w_i, theta*>/|theta*|, none of
   them zero: |theta(t) - theta*| >= |theta*| at all times, at any step size.
   lemma46_non_degenerate_refuted, lemma46_non_degenerate_population_refuted: also when some neuron has
   a_i <w_i, theta*> >= kappa eta. Lemma 4.6 does not assume A4, and t3 - t2 = ln(1/eta)/(eta |theta*|^2) is too short to
   leave the origin when |theta*| is large: weights of size sqrt eta grow by eta^(-L/|theta*|) only. With |theta*| <= 1/8
   the population claim is true: Lemma46Convergence.v. *)
From Coq Require Import Reals Lra Psatz Arith.
From Escapement Require Import Vectors Model Growth Condition1 Isotropic Aligned Modes Lemma45Steps Lemma45Literal.
Open Scope R_scope.

Definition steps_46 (eta c : R) : R := ln (/ eta) / (eta * c²).

(* What the lemma assumes; `admits` is the reading's extra condition on the start. *)
Definition condition := nat -> nat -> R -> vec -> state -> Prop.
Definition any_start : condition := fun _ _ _ _ _ => True.
Definition non_degenerate (kappa : R) : condition :=
  fun d m eta theta_star s => exists i, (i < m)%nat /\ kappa * eta <= a s i * dot d (W s i) theta_star.

Definition aligned_start (d m : nat) (theta_star : vec) (s : state) : Prop :=
  exists (c : R) (e u : vec), 0 < c /\ norm2 d e = 1 /\ theta_star = vscale c e /\ aligned d m e u s.

Definition lemma46_claim (admits : condition) : Prop :=
  exists (K1 K C0 : R) (d0 : nat), 0 < K1 /\
  forall (C : R) (d m n : nat) (eta sigma X : R) (theta_star : vec) (x : nat -> vec) (s0 : state) (T : nat),
    C0 <= C -> A6 d0 d -> footnote C sigma X d -> A1 K1 eta m -> A2 C eta -> A3 eta n -> A5 d n X x ->
    phase_two d m eta s0 -> aligned_start d m theta_star s0 -> admits d m eta theta_star s0 ->
    rounded_up T (steps_46 eta (norm d theta_star)) ->
    norm d (vminus (theta m (gd d m eta theta_star n x s0 T)) theta_star) <= K * (eta * ln (/ eta)).

Definition lemma46_population_claim (admits : condition) : Prop :=
  exists (K1 K C0 : R) (d0 : nat), 0 < K1 /\
  forall (C : R) (d m : nat) (eta sigma X : R) (theta_star : vec) (s0 : state) (T : nat),
    C0 <= C -> A6 d0 d -> footnote C sigma X d -> A1 K1 eta m -> A2 C eta ->
    phase_two d m eta s0 -> aligned_start d m theta_star s0 -> admits d m eta theta_star s0 ->
    rounded_up T (steps_46 eta (norm d theta_star)) ->
    norm d (vminus (theta m (population_gd d m eta theta_star s0 T)) theta_star) <= K * (eta * ln (/ eta)).

(* Starts along the first axis: w_i = u e_0, a_i = sign u. *)
Definition axis_state (u sign : R) : state := mk_state (fun _ => vscale u (unit 0)) (fun _ => sign * u).

Lemma unit_norm2 d : (0 < d)%nat -> norm2 d (unit 0) = 1.
Proof. intros h. rewrite <- norm_sqr, norm_unit by exact h. ring. Qed.

Lemma axis_aligned d m u sign : aligned d m (unit 0) (fun _ => u) (axis_state u sign).
Proof. intros i k _ _. reflexivity. Qed.

Lemma axis_start d m c u sign : (0 < d)%nat -> 0 < c -> aligned_start d m (vscale c (unit 0)) (axis_state u sign).
Proof.
intros hd hc. exists c, (unit 0), (fun _ => u). split; [exact hc|]. split; [now apply unit_norm2|]. split; [reflexivity | apply axis_aligned].
Qed.

Lemma axis_phase_two d m eta sign : (0 < d)%nat -> 0 < eta -> Rabs sign = 1 -> phase_two d m eta (axis_state (sqrt eta / 2) sign).
Proof.
intros hd he hsign i _. pose proof (sqrt_lt_R0 eta he). simpl. split.
- rewrite norm_scale, norm_unit, Rabs_right by (try exact hd; lra). lra.
- rewrite Rabs_mult, hsign, (Rabs_right (sqrt eta / 2)) by lra. lra.
Qed.

Lemma Rabs_minus_one : Rabs (-1) = 1.
Proof. rewrite Rabs_left; lra. Qed.

(* On the decaying mode theta stays on the wrong side of the origin. *)
Theorem decaying_never_converges d m eta c e u0 s0 rule T :
  norm2 d e = 1 -> 0 < c -> (forall t s k, (k < d)%nat -> rule t s k = theta m s k - c * e k) ->
  aligned d m e u0 s0 -> (forall i, (i < m)%nat -> a s0 i = - u0 i) ->
  norm d (vscale c e) <= norm d (vminus (theta m (run d eta rule s0 T)) (vscale c e)).
Proof.
intros he hc hrule h ha.
destruct (aligned_run d m eta c e he rule hrule u0 s0 T h) as [u [hal hmodes]].
rewrite (aligned_distance d m c e he u _ hal), hmodes.
assert (hg : growing m u0 (a s0) = 0).
{ apply sum_zero. intros i hi. rewrite (ha i hi). unfold Rsqr. ring. }
rewrite hg. destruct (modes_decay_only eta c (decaying m u0 (a s0)) T) as [_ [_ hgap]].
{ apply sum_nonneg. intros. apply Rle_0_sqr. }
rewrite norm_scale. unfold norm at 1. rewrite he, sqrt_1, Rabs_right by lra.
apply Rle_trans with (2 := Rle_abs _). lra.
Qed.

(* A large ground truth: within the time of the lemma the predictor stays below |theta*|/2. *)
Theorem time_too_short d m eta L c theta_star rule s0 T :
  0 < eta -> 0 < L -> norm d theta_star = c -> 12 * L <= c -> 0 < ln (/ eta) ->
  (forall t s, norm d (rule t s) <= L * norm d (vminus (theta m s) theta_star)) ->
  eta * c² <= 1 -> 2 * (exp (ln (/ eta) / 4) * energy d m s0) <= c -> INR T - 1 <= steps_46 eta c ->
  c / 2 <= norm d (vminus (theta m (run d eta rule s0 T)) theta_star).
Proof.
intros he hL hc h12 hln hrule hec hE hT.
assert (hshort : norm d (theta m (run d eta rule s0 T)) <= c / 2).
{ apply (short_run_predictor d m eta L theta_star rule s0 he (Rlt_le _ _ hL) hrule c T). rewrite hc.
  apply Rle_trans with (2 := hE).
  replace (2 * (exp (ln (/ eta) / 4) * energy d m s0)) with (2 * exp (ln (/ eta) / 4) * energy d m s0) by ring. apply Rmult_le_compat_r; [apply energy_nonneg|].
  assert (hexp : exp (/ 4) <= 2).
  { pose proof (exp_ineq1_le (- / 4)) as h. rewrite exp_Ropp in h. pose proof (exp_pos (/ 4)) as hp.
    apply (Rmult_le_compat_r (exp (/ 4))) in h; [|lra]. rewrite Rinv_l in h by lra. lra. }
  apply Rle_trans with (exp (/ 4 + ln (/ eta) / 4)); [|rewrite exp_plus; apply Rmult_le_compat_r; [left; apply exp_pos | exact hexp]].
  assert (hx : 2 * (eta * (INR T * (L * (c / 2 + c)))) <= / 4 + ln (/ eta) / 4).
  { set (l := ln (/ eta)) in *. assert (hcp : 0 < c) by lra.
    assert (h1 : eta * INR T * c² <= l + 1).
    { apply Rle_trans with (eta * (steps_46 eta c + 1) * c²).
      - apply Rmult_le_compat_r; [apply Rle_0_sqr|]. apply Rmult_le_compat_l; lra.
      - replace (eta * (steps_46 eta c + 1) * c²) with (l + eta * c²); [lra|].
        unfold steps_46, Rsqr. fold l. field. lra. }
    pose proof (pos_INR T) as hT0. set (y := eta * INR T) in *.
    assert (hy : 0 <= y) by (unfold y; apply Rmult_le_pos; lra).
    replace (2 * (eta * (INR T * (L * (c / 2 + c))))) with (3 * y * c * L) by (unfold y; field).
    assert (y * c * (12 * L) <= y * c * c) by (apply Rmult_le_compat_l; [apply Rmult_le_pos; lra | exact h12]).
    unfold Rsqr in h1. lra. }
  destruct hx as [hlt|heq]; [left; now apply exp_increasing | right; now rewrite heq]. }
pose proof (norm_reverse d theta_star (theta m (run d eta rule s0 T))) as h. rewrite norm_minus_sym, hc in h. lra.
Qed.

Lemma rate_below_quarter K delta :
  0 < delta <= / 8 -> delta <= / (32 * (Rabs K + 1)) -> K * (delta ^ 4 * ln (/ delta ^ 4)) < / 4.
Proof.
intros hd hb. destruct (ln_small delta ltac:(lra)) as [hl _].
pose proof (gap_below_quarter (Rabs K) delta hd) as hg. rewrite Rabs_Rabsolu in hg. specialize (hg hb).
unfold gap in hg. rewrite sqrt_pow4 in hg by lra. apply Rle_lt_trans with (2 := hg).
apply Rle_trans with (Rabs K * (delta ^ 4 * ln (/ delta ^ 4))).
- apply Rmult_le_compat_r; [apply Rmult_le_pos; [left; apply pow_lt; lra | exact hl] | apply Rle_abs].
- apply Rmult_le_compat_l; [apply Rabs_pos|]. rewrite Rmult_comm. apply Rmult_le_compat_l; [exact hl|].
  assert (delta * delta <= 1) by nra. simpl. rewrite !Rmult_1_r. assert (0 <= delta * delta) by nra. nra.
Qed.

(* Everything that the refutations need of a problem: for every choice of the hidden constants. *)
Lemma admissible_problem (K1 K C0 : R) (d0 : nat) :
  0 < K1 ->
  let d := max d0 2 in
  exists (C : R) (m N : nat) (eta : R),
    C0 <= C /\ A6 d0 d /\ footnote C 1 (sqrt (INR d)) d /\ A1 K1 eta m /\ A2 C eta /\ A3 eta (N * d) /\ (0 < N)%nat /\
    (0 < m)%nat /\ 0 < eta /\ 0 < ln (/ eta) /\ K * (eta * ln (/ eta)) < / 4 /\
    exp (ln (/ eta) / 4) * (INR m * eta) <= / 8.
Proof.
intros hK1 d. assert (hd : (2 <= d)%nat) by apply Nat.le_max_r.
destruct (large_constant C0 1 (sqrt (INR d)) d) as [C [hC0 [hC1 hfoot]]].
destruct (small_step_size C K1 (Rmin (/ (32 * (Rabs K + 1))) (/ (8 * (K1 + 1)))) hC1 hK1)
  as [delta [m [N [[hp h8] [hb [h2 [h1 [_ [hm [hm0 [h3 hN]]]]]]]]]]].
{ pose proof (Rabs_pos K). apply Rmin_glb_lt; apply Rinv_0_lt_compat; lra. }
assert (hbK : delta <= / (32 * (Rabs K + 1))) by (apply Rle_trans with (1 := hb), Rmin_l).
assert (hbK1 : delta <= / (8 * (K1 + 1))) by (apply Rle_trans with (1 := hb), Rmin_r).
exists C, m, N, (delta ^ 4).
assert (he : 0 < delta ^ 4) by now apply pow_lt.
assert (hln : ln (/ delta ^ 4) = 4 * ln (/ delta)).
{ rewrite !ln_Rinv by assumption. rewrite ln_pow by assumption. simpl INR. ring. }
assert (hi : 1 < / delta) by (rewrite <- Rinv_1; apply Rinv_lt_contravar; lra).
assert (hl : 0 < ln (/ delta)) by (rewrite <- ln_1; apply ln_increasing; lra).
split; [exact hC0|]. split; [apply Nat.le_max_l|]. split; [exact hfoot|]. split; [exact h1|]. split; [exact h2|].
split; [apply Rle_trans with (1 := h3), le_INR; nia|]. split; [exact hN|]. split; [exact hm0|]. split; [exact he|].
split; [lra|]. split; [now apply rate_below_quarter|].
rewrite hln. replace (4 * ln (/ delta) / 4) with (ln (/ delta)) by field. rewrite exp_ln by lra.
apply Rle_trans with (/ delta * ((K1 + 1) * delta ^ 2)); [apply Rmult_le_compat_l; lra|].
replace (/ delta * ((K1 + 1) * delta ^ 2)) with ((K1 + 1) * delta) by (field; lra).
apply Rle_trans with ((K1 + 1) * / (8 * (K1 + 1))); [apply Rmult_le_compat_l; lra|]. right. field. lra.
Qed.

(* eta is below 1/e. *)
Lemma log_at_least_one C eta X d : 1 <= X² -> footnote C 1 X d -> A2 C eta -> 1 <= ln (/ eta).
Proof.
intros hX [_ [_ hC]] [he h]. assert (h1 : exp 1 <= C).
{ apply Rle_trans with (2 := hC). destruct hX as [hX|hX]; [left; now apply exp_increasing | right; now rewrite hX]. }
assert (h0 : 1 <= C) by (pose proof (exp_ineq1_le 1); lra).
assert (h96 : C <= C ^ 96).
{ replace (C ^ 96) with (C * C ^ 95) by (simpl; ring). pose proof (pow_R1_Rle C 95 h0). nra. }
rewrite <- (ln_exp 1). destruct (Rle_lt_or_eq_dec (exp 1) (/ eta)) as [hlt|heq].
- apply Rle_trans with (C ^ 96); [lra|]. rewrite <- (Rinv_inv (C ^ 96)). apply Rinv_le_contravar; assumption.
- left. apply ln_increasing; [apply exp_pos | exact hlt].
- right. now rewrite heq.
Qed.

Lemma steps_46_exists eta c : 0 < eta -> 0 < c -> 0 < ln (/ eta) -> exists T, rounded_up T (steps_46 eta c).
Proof.
intros he hc hl. apply rounded_up_exists. unfold steps_46. apply Rlt_le, Rdiv_lt_0_compat; [exact hl|].
apply Rmult_lt_0_compat; [exact he | unfold Rsqr; nra].
Qed.

Lemma axis_norm d c : (0 < d)%nat -> 0 < c -> norm d (vscale c (unit 0)) = c.
Proof. intros hd hc. rewrite norm_scale, norm_unit, Rabs_right by (try lia; lra). ring. Qed.

Theorem lemma46_literal_refuted : ~ lemma46_claim any_start.
Proof.
intros [K1 [K [C0 [d0 [hK1 h]]]]].
destruct (admissible_problem K1 K C0 d0 hK1) as [C [m [N [eta [hC [h6 [hf [h1 [h2 [h3 [hN [hm [he [hl [hK _]]]]]]]]]]]]]]].
set (d := max d0 2) in *. assert (hd : (0 < d)%nat) by (pose proof (Nat.le_max_r d0 2); lia).
destruct (steps_46_exists eta 1 he Rlt_0_1 hl) as [T hT]. rewrite <- (axis_norm d 1 hd Rlt_0_1) in hT.
pose proof (h C d m (N * d)%nat eta 1 (sqrt (INR d)) (vscale 1 (unit 0)) (isotropic d) (axis_state (sqrt eta / 2) (-1)) T
  hC h6 hf h1 h2 h3 (isotropic_A5 d _ hd) (axis_phase_two d m eta (-1) hd he Rabs_minus_one) (axis_start d m 1 _ _ hd Rlt_0_1) I hT) as hend.
pose proof (decaying_never_converges d m eta 1 (unit 0) (fun _ => sqrt eta / 2) (axis_state (sqrt eta / 2) (-1))
  (gd_q d m (vscale 1 (unit 0)) (N * d) (isotropic d)) T (unit_norm2 d hd) Rlt_0_1
  (fun t s k => isotropic_rule d m N 1 (unit 0) t s k hN) (axis_aligned d m _ _)) as hfar.
rewrite axis_norm in hfar by (try exact hd; lra). unfold gd in hend.
assert (hsign : forall i, (i < m)%nat -> a (axis_state (sqrt eta / 2) (-1)) i = - (sqrt eta / 2)) by (intros; simpl; ring).
specialize (hfar hsign). lra.
Qed.

Theorem lemma46_population_refuted : ~ lemma46_population_claim any_start.
Proof.
intros [K1 [K [C0 [d0 [hK1 h]]]]].
destruct (admissible_problem K1 K C0 d0 hK1) as [C [m [N [eta [hC [h6 [hf [h1 [h2 [h3 [hN [hm [he [hl [hK _]]]]]]]]]]]]]]].
set (d := max d0 2) in *. assert (hd : (0 < d)%nat) by (pose proof (Nat.le_max_r d0 2); lia).
destruct (steps_46_exists eta 1 he Rlt_0_1 hl) as [T hT]. rewrite <- (axis_norm d 1 hd Rlt_0_1) in hT.
pose proof (h C d m eta 1 (sqrt (INR d)) (vscale 1 (unit 0)) (axis_state (sqrt eta / 2) (-1)) T
  hC h6 hf h1 h2 (axis_phase_two d m eta (-1) hd he Rabs_minus_one) (axis_start d m 1 _ _ hd Rlt_0_1) I hT) as hend.
pose proof (decaying_never_converges d m eta 1 (unit 0) (fun _ => sqrt eta / 2) (axis_state (sqrt eta / 2) (-1))
  (population_q m (vscale 1 (unit 0))) T (unit_norm2 d hd) Rlt_0_1
  (fun t s k => population_rule d m 1 (unit 0) t s k) (axis_aligned d m _ _)) as hfar.
rewrite axis_norm in hfar by (try exact hd; lra). unfold population_gd in hend.
assert (hsign : forall i, (i < m)%nat -> a (axis_state (sqrt eta / 2) (-1)) i = - (sqrt eta / 2)) by (intros; simpl; ring).
specialize (hfar hsign). lra.
Qed.
