(* lemma-4.5, readings `literal` and `generic`: the quantified claims, with every hidden constant existential, and their
   refutation. See Lemma45Steps.v for the sentence of the paper and for the argument. *)
From Coq Require Import Reals Lra Psatz Arith.
From Escapement Require Import Vectors Model Growth Condition1 Isotropic Lemma45Steps.
Open Scope R_scope.

(* The gap that the lemma allows. *)
Definition gap (K eta : R) : R := K * (ln (/ eta) * sqrt eta).

(* T is the first step at or after the real number of steps. *)
Definition rounded_up (T : nat) (steps : R) : Prop := INR T - 1 < steps <= INR T.

Lemma rounded_up_exists r : 0 <= r -> exists T, rounded_up T r.
Proof.
intros hr. destruct (natural_below r hr) as [k [h1 h2]]. destruct h1 as [h1|h1].
- exists (S k). unfold rounded_up. rewrite S_INR. lra.
- exists k. unfold rounded_up. lra.
Qed.

Definition steps_literal (eta c : R) : R := ln (/ eta) / c.
Definition steps_flow_time (eta c : R) : R := ln (/ eta) / (eta * c).

(* Everything that Lemma 4.5 assumes of a problem and of a start. *)
Definition lemma45_setting (K1 C : R) (d0 d m n : nat) (eta sigma X : R) (theta_star : vec) (x : nat -> vec) (s0 : state) :=
  A6 d0 d /\ footnote C sigma X d /\ A1 K1 eta m /\ A2 C eta /\ A3 eta n /\ A5 d n X x /\
  0 < norm d theta_star /\ phase_two d m eta s0.

(* For every neuron of every start. *)
Definition lemma45_claim (steps : R -> R -> R) : Prop :=
  exists (K1 K C0 : R) (d0 : nat), 0 < K1 /\
  forall (C : R) (d m n : nat) (eta sigma X : R) (theta_star : vec) (x : nat -> vec) (s0 : state) (T i : nat),
    C0 <= C -> lemma45_setting K1 C d0 d m n eta sigma X theta_star x s0 ->
    rounded_up T (steps eta (norm d theta_star)) -> (i < m)%nat ->
    aligned_within d theta_star (W (gd d m eta theta_star n x s0 T) i) (gap K eta).

(* Neuron i starts in the box sqrt eta (p + [-r, r]^(d+1)): its share of the ball of radius sqrt eta is the same for
   every eta. *)
Definition in_box (d : nat) (eta : R) (p : vec) (pa r : R) (s : state) (i : nat) : Prop :=
  (forall k, (k < d)%nat -> Rabs (W s i k - sqrt eta * p k) <= r * sqrt eta) /\ Rabs (a s i - sqrt eta * pa) <= r * sqrt eta.

(* What "with probability tending to 1 over a neuron drawn uniformly from the ball" implies at the least: whatever the box,
   once C is large enough not all starts of neuron i in the box violate the claim. *)
Definition lemma45_generic_claim (steps : R -> R -> R) : Prop :=
  exists (K1 K : R) (d0 : nat), 0 < K1 /\
  forall (d : nat) (p : vec) (pa r : R), 0 < r -> exists C0,
  forall (C : R) (m n : nat) (eta sigma X : R) (theta_star : vec) (x : nat -> vec) (T i : nat),
    C0 <= C -> rounded_up T (steps eta (norm d theta_star)) -> (i < m)%nat ->
    let start s0 := lemma45_setting K1 C d0 d m n eta sigma X theta_star x s0 /\ in_box d eta p pa r s0 i in
    (exists s0, start s0) ->
    exists s0, start s0 /\ aligned_within d theta_star (W (gd d m eta theta_star n x s0 T) i) (gap K eta).

(* Short times: whatever the data, the width and the other neurons, a neuron moves by at most 1/16 of its norm. *)
Theorem steps_displacement d m n eta X theta_star x s0 T i :
  (0 < n)%nat -> 0 < eta -> A5 d n X x -> phase_two d m eta s0 -> INR m * eta <= 1 ->
  eta * (INR T * (X² * (2 + norm d theta_star))) <= / 32 ->
  norm (S d) (vminus (joint d (gd d m eta theta_star n x s0 T) i) (joint d s0 i)) <= / 16 * norm (S d) (joint d s0 i).
Proof.
intros hn he h5 hp hm hT.
set (y := eta * (INR T * (X² * (2 + norm d theta_star)))) in *.
assert (hexp : exp y <= 1 + / 16).
{ (* exp y <= 1/(1 - y) for y < 1 *)
  pose proof (exp_ineq1_le (- y)) as h1. rewrite exp_Ropp in h1. pose proof (exp_pos y) as hpos.
  assert (h3 : (1 - y) * exp y <= 1).
  { apply Rle_trans with (/ exp y * exp y); [apply Rmult_le_compat_r; lra | rewrite Rinv_l; lra]. }
  nra. }
apply (steps_move_little d m eta X² theta_star (gd_q d m theta_star n x) s0 he (Rle_0_sqr X)
  (gd_rule_bound d m n X theta_star x hn h5) 4); replace (4 / 2) with 2 by lra; fold y; [|lra].
replace (2 * y) with (y + y) by ring. rewrite exp_plus. pose proof (exp_pos y).
pose proof (phase_two_energy d m eta s0 he hp). pose proof (energy_nonneg d m s0). nra.
Qed.

(* Cosines at most 1/2 stay at most 3/4. *)
Theorem steps_cosine_stays d m n eta X theta_star x s0 T i :
  (0 < n)%nat -> 0 < eta -> A5 d n X x -> phase_two d m eta s0 -> INR m * eta <= 1 ->
  eta * (INR T * (X² * (2 + norm d theta_star))) <= / 32 ->
  0 < norm d (W s0 i) -> Rabs (a s0 i) <= norm d (W s0 i) ->
  Rabs (dot d theta_star (W s0 i)) <= / 2 * (norm d theta_star * norm d (W s0 i)) ->
  let w := W (gd d m eta theta_star n x s0 T) i in
  0 < norm d w /\ Rabs (dot d theta_star w) <= 3 / 4 * (norm d theta_star * norm d w).
Proof.
intros hn he h5 hp hm hT hw ha hcos. simpl.
pose proof (steps_displacement d m n eta X theta_star x s0 T i hn he h5 hp hm hT) as hmove.
split; [|now apply cosine_after_move with s0].
pose proof (joint_norm_bound d s0 i ha) as hz.
pose proof (neuron_move_le_joint d (gd d m eta theta_star n x s0 T) s0 i) as h1.
pose proof (norm_reverse d (W s0 i) (W (gd d m eta theta_star n x s0 T) i)) as h2. rewrite norm_minus_sym in h2. lra.
Qed.

(* The witness: inputs and ground truth along the first axis, all neurons at sqrt eta (0, 1/2, 0, ... | 1/4), or near. *)
Definition witness_state (eta : R) : state := mk_state (fun _ => vscale (sqrt eta / 2) (unit 1)) (fun _ => sqrt eta / 4).


Lemma box_cosine d eta s i :
  (2 <= d)%nat -> 0 < eta -> in_box d eta (vscale (/ 2) (unit 1)) (/ 4) (/ 8) s i ->
  0 < norm d (W s i) /\ Rabs (a s i) <= norm d (W s i) /\
  Rabs (dot d (unit 0) (W s i)) <= / 2 * (norm d (unit 0) * norm d (W s i)).
Proof.
intros hd he [hw ha]. assert (hs : 0 < sqrt eta) by now apply sqrt_lt_R0.
pose proof (hw 0%nat ltac:(lia)) as h0. pose proof (hw 1%nat ltac:(lia)) as h1.
unfold vscale, unit in h0, h1. simpl in h0, h1. rewrite !Rmult_0_r, Rminus_0_r in h0.
apply Rabs_le_both in h1.
assert (hlow : 3 / 8 * sqrt eta <= norm d (W s i)).
{ apply Rle_trans with (Rabs (W s i 1%nat)).
  - apply Rle_trans with (W s i 1%nat); [lra | apply Rle_abs].
  - rewrite <- (dot_unit d 1 (W s i)) by lia. apply Rle_trans with (1 := cauchy_schwarz _ _ _).
    rewrite norm_unit by lia. lra. }
assert (ha' : Rabs (a s i) <= 3 / 8 * sqrt eta).
{ replace (a s i) with ((a s i - sqrt eta * / 4) + sqrt eta * / 4) by ring.
  apply Rle_trans with (1 := Rabs_triang _ _). rewrite (Rabs_right (sqrt eta * / 4)) by lra. lra. }
rewrite norm_unit by lia. rewrite dot_comm, dot_unit by lia. repeat split; lra.
Qed.

Lemma witness_in_box d eta i : 0 < eta -> in_box d eta (vscale (/ 2) (unit 1)) (/ 4) (/ 8) (witness_state eta) i.
Proof.
intros he. assert (hs : 0 < sqrt eta) by now apply sqrt_lt_R0.
unfold in_box, witness_state, vscale. simpl. split.
- intros k _. replace (sqrt eta / 2 * unit 1 k - sqrt eta * (/ 2 * unit 1 k)) with 0 by field. rewrite Rabs_R0. lra.
- replace (sqrt eta / 4 - sqrt eta * / 4) with 0 by field. rewrite Rabs_R0. lra.
Qed.

(* However large K is, the gap it allows is below 1/4 for small step sizes. *)
Lemma gap_below_quarter K delta : 0 < delta <= / 8 -> delta <= / (32 * (Rabs K + 1)) -> gap K (delta ^ 4) < / 4.
Proof.
intros [hp h8] hb. destruct (ln_small delta ltac:(lra)) as [hln0 hln].
unfold gap. rewrite sqrt_pow4 by exact hp. apply Rle_lt_trans with (Rabs K * (4 / delta * delta ^ 2)).
- apply Rle_trans with (Rabs K * (ln (/ delta ^ 4) * delta ^ 2)).
  + apply Rmult_le_compat_r; [|apply Rle_abs]. apply Rmult_le_pos; [exact hln0 | apply pow2_ge_0].
  + apply Rmult_le_compat_l; [apply Rabs_pos|]. apply Rmult_le_compat_r; [apply pow2_ge_0 | exact hln].
- replace (Rabs K * (4 / delta * delta ^ 2)) with (4 * (Rabs K * delta)) by (field; lra).
  assert (Rabs K * delta <= Rabs K * / (32 * (Rabs K + 1))) by (apply Rmult_le_compat_l; [apply Rabs_pos | exact hb]).
  assert (Rabs K * / (32 * (Rabs K + 1)) < / 32); [|lra].
  pose proof (Rabs_pos K). apply Rmult_lt_reg_r with (32 * (Rabs K + 1)); [lra|].
  rewrite Rmult_assoc, Rinv_l by lra. lra.
Qed.

(* Both refutations at once: for every choice of the hidden constants there is a problem in which every start in the box
   ends with cosine at most 3/4 while the lemma asks for more than 3/4. *)
Lemma violating_problem (K1 K C0 : R) (d0 : nat) :
  0 < K1 ->
  let d := max d0 2 in
  exists (C : R) (m n : nat) (eta : R) (T : nat),
    C0 <= C /\ (0 < m)%nat /\ rounded_up T (steps_literal eta (norm d (unit 0))) /\
    lemma45_setting K1 C d0 d m n eta 1 1 (unit 0) (fun _ => unit 0) (witness_state eta) /\
    forall s0 i, phase_two d m eta s0 -> in_box d eta (vscale (/ 2) (unit 1)) (/ 4) (/ 8) s0 i ->
      ~ aligned_within d (unit 0) (W (gd d m eta (unit 0) n (fun _ => unit 0) s0 T) i) (gap K eta).
Proof.
intros hK1 d. assert (hd : (2 <= d)%nat) by apply Nat.le_max_r.
destruct (large_constant C0 1 1 d) as [C [hC0 [hC1 hfoot]]].
destruct (small_step_size C K1 (/ (32 * (Rabs K + 1))) hC1 hK1) as [delta [m [n [[hp h8] [hb [h2 [h1 [hm [_ [hm0 [h3 hn]]]]]]]]]]].
{ apply Rinv_0_lt_compat. pose proof (Rabs_pos K). lra. }
set (eta := delta ^ 4) in *.
assert (he : 0 < eta) by now apply pow_lt.
destruct (ln_small delta ltac:(lra)) as [hln0 hln]. fold eta in hln0, hln.
destruct (rounded_up_exists (steps_literal eta (norm d (unit 0)))) as [T hT].
{ unfold steps_literal. rewrite norm_unit by lia. lra. }
exists C, m, n, eta, T.
assert (hs : sqrt eta = delta ^ 2) by now apply sqrt_pow4.
assert (hX : A5 d n 1 (fun _ => unit 0)) by (intros l _; rewrite norm_unit by lia; lra).
repeat split; try assumption; try exact (proj1 hT); try exact (proj2 hT).
- apply Nat.le_max_l.
- apply hfoot.
- apply hfoot.
- apply hfoot.
- apply h2.
- rewrite norm_unit by lia. lra.
- unfold witness_state. simpl. rewrite norm_scale, norm_unit by lia.
  assert (0 < sqrt eta) by now apply sqrt_lt_R0. rewrite Rabs_right by lra. lra.
- unfold witness_state. simpl. assert (0 < sqrt eta) by now apply sqrt_lt_R0. rewrite Rabs_right by lra. lra.
- intros s0 i hphase hbox hal.
  destruct (box_cosine d eta s0 i hd he hbox) as [hw [ha hcos]].
  assert (hsmall : eta * (INR T * (1² * (2 + norm d (unit 0)))) <= / 32).
  { rewrite norm_unit by lia. destruct hT as [hT _]. unfold steps_literal in hT. rewrite norm_unit in hT by lia.
    assert (hone : 1 <= / delta / 8).
    { apply Rmult_le_reg_r with (8 * delta); [lra|]. replace (/ delta / 8 * (8 * delta)) with 1 by (field; lra). lra. }
    assert (hT' : INR T <= 5 / delta) by (unfold Rdiv in *; lra).
    apply Rle_trans with (eta * (5 / delta * 3)); [apply Rmult_le_compat_l; unfold Rsqr; lra|].
    unfold eta. replace (delta ^ 4 * (5 / delta * 3)) with (15 * (delta * delta * delta)) by (field; lra). nra. }
  destruct (steps_cosine_stays d m n eta 1 (unit 0) (fun _ => unit 0) s0 T i hn he hX hphase hm hsmall hw ha hcos) as [hpos hend].
  unfold aligned_within in hal.
  pose proof (gap_below_quarter K delta (conj hp h8) hb) as hgap. fold eta in hgap.
  rewrite norm_unit in * by lia. nra.
Qed.

Theorem lemma45_literal_refuted : ~ lemma45_claim steps_literal.
Proof.
intros [K1 [K [C0 [d0 [hK1 h]]]]].
destruct (violating_problem K1 K C0 d0 hK1) as [C [m [n [eta [T [hC [hm [hT [hset hbad]]]]]]]]].
assert (he : 0 < eta) by (destruct hset as [_ [_ [_ [[h2 _] _]]]]; exact h2).
apply (hbad (witness_state eta) 0%nat).
- apply hset.
- now apply witness_in_box.
- now apply (h C _ m n eta 1 1 (unit 0) (fun _ => unit 0)).
Qed.

Theorem lemma45_generic_refuted : ~ lemma45_generic_claim steps_literal.
Proof.
intros [K1 [K [d0 [hK1 h]]]].
destruct (h (max d0 2) (vscale (/ 2) (unit 1)) (/ 4) (/ 8) ltac:(lra)) as [C0 h'].
destruct (violating_problem K1 K C0 d0 hK1) as [C [m [n [eta [T [hC [hm [hT [hset hbad]]]]]]]]].
assert (he : 0 < eta) by (destruct hset as [_ [_ [_ [[h2 _] _]]]]; exact h2).
destruct (h' C m n eta 1 1 (unit 0) (fun _ => unit 0) T 0%nat hC hT hm) as [s0 [[hset' hbox] hal]].
{ exists (witness_state eta). split; [exact hset | now apply witness_in_box]. }
apply (hbad s0 0%nat); try assumption. apply hset'.
Qed.
