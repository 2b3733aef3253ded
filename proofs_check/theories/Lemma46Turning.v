(* Neurons on a sample whose covariance is diag(1, 1/4, ..., 1/4) turn away from theta* = c (1, 1, 0, ..., 0)/sqrt 2, from
   w_i = sqrt eta (1, 1, 0, ..., 0)/sqrt 2, a_i = sqrt eta: while theta is near the origin, w_i0 - w_i1 grows by at least
   eta sqrt eta c/5 a step, and |w_i| by eta^(-1/8) at most in the time of Lemma 4.6. *)
From Coq Require Import Reals Lra Psatz Arith.
From Escapement Require Import Vectors Model Growth Condition1 Isotropic Aligned Lemma45Steps Lemma45Literal Lemma46Literal.
Open Scope R_scope.

(* The sample: covariance diag(1, 1/4, ..., 1/4). *)
Definition squeeze (j : nat) : R := if Nat.eqb j 0 then 1 else / 2.
Definition squeezed (d l : nat) : vec := vscale (squeeze (l mod d)) (isotropic d l).

Lemma squeeze_range j : 0 < squeeze j <= 1.
Proof. unfold squeeze. destruct (Nat.eqb j 0); lra. Qed.

Lemma squeezed_A5 d n : (0 < d)%nat -> A5 d n (sqrt (INR d)) (squeezed d).
Proof.
intros hd l hl. unfold squeezed. rewrite norm_scale. pose proof (squeeze_range (l mod d)).
rewrite Rabs_right by lra. pose proof (isotropic_A5 d n hd l hl) as h. pose proof (norm_nonneg d (isotropic d l)). nra.
Qed.

Lemma squeezed_covariance d N e k :
  (0 < N)%nat -> (k < d)%nat -> covariance d (N * d) (squeezed d) e k = squeeze k * squeeze k * e k.
Proof.
intros hN hk. pose proof (isotropic_covariance d N (fun j => squeeze j * squeeze j * e j) k hN hk) as h. cbv beta in h.
rewrite <- h. unfold covariance. f_equal. apply sum_ext. intros l _. unfold squeezed, isotropic.
assert (hm : (l mod d < d)%nat) by (apply Nat.mod_upper_bound; lia).
rewrite !dot_scale_r, !dot_unit by exact hm. unfold vscale, unit.
destruct (Nat.eqb_spec k (l mod d)) as [->|hne]; ring.
Qed.

(* (1, 1, 0, ..., 0)/sqrt 2 *)
Definition half_root : R := / sqrt 2.
Definition diagonal : vec := fun k => if Nat.ltb k 2 then half_root else 0.

Lemma half_root_square : half_root * half_root = / 2.
Proof. unfold half_root. rewrite <- Rinv_mult, sqrt_sqrt by lra. reflexivity. Qed.

Lemma half_root_range : 7 / 10 < half_root < 71 / 100.
Proof.
assert (h0 : 0 < half_root) by (apply Rinv_0_lt_compat, sqrt_lt_R0; lra). pose proof half_root_square. split; nra.
Qed.

(* A vector that ends after two entries. *)
Lemma dot_two d u v : (2 <= d)%nat -> (forall k, (2 <= k)%nat -> v k = 0) -> dot d u v = u 0%nat * v 0%nat + u 1%nat * v 1%nat.
Proof.
intros hd h. unfold dot. replace d with (2 + (d - 2))%nat by lia. rewrite sum_tail_zero.
- simpl. ring.
- intros k hk. rewrite h by exact hk. ring.
Qed.

Lemma diagonal_unit d : (2 <= d)%nat -> norm2 d diagonal = 1.
Proof.
intros hd. unfold norm2. rewrite dot_two; [|exact hd|].
- unfold diagonal. simpl. rewrite half_root_square. lra.
- intros k hk. unfold diagonal. destruct (Nat.ltb_spec k 2); [lia | reflexivity].
Qed.

Section Turning.
Variables d m N : nat.
Variables eta c : R.
Hypothesis hd : (2 <= d)%nat.
Hypothesis hN : (0 < N)%nat.
Hypothesis eta_pos : 0 < eta.
Hypothesis c_large : 12 * INR d <= c.
Hypothesis small : exp (ln (/ eta) / 4) * (INR m * eta) <= / 8.
Let u := sqrt eta.
Let theta_star := vscale c diagonal.
Let rule := gd_q d m theta_star (N * d) (squeezed d).
Let s0 := mk_state (fun _ => vscale u diagonal) (fun _ => u).
Let s t := run d eta rule s0 t.

Lemma u_square : u * u = eta.
Proof. apply sqrt_sqrt. lra. Qed.

Lemma u_pos : 0 < u.
Proof. now apply sqrt_lt_R0. Qed.

Lemma c_least : 24 <= c.
Proof. assert (2 <= INR d) by (apply (le_INR 2); exact hd). lra. Qed.

Lemma target_norm : norm d theta_star = c.
Proof.
pose proof c_least. unfold theta_star. rewrite norm_scale. unfold norm. rewrite diagonal_unit by exact hd.
rewrite sqrt_1, Rabs_right by lra. ring.
Qed.

Lemma start_norm i : norm2 (S d) (joint d s0 i) = 2 * eta.
Proof.
rewrite joint_norm2. simpl. rewrite norm2_scale, diagonal_unit by exact hd. pose proof u_square. unfold Rsqr. lra.
Qed.

Lemma rule_bound t st : norm d (rule t st) <= INR d * norm d (vminus (theta m st) theta_star).
Proof.
replace (INR d) with ((sqrt (INR d))²) by (unfold Rsqr; apply sqrt_sqrt, pos_INR).
apply gd_rule_bound; [nia | apply squeezed_A5; lia].
Qed.

(* Within the time of the lemma, rounded up. *)
Definition in_time (t : nat) : Prop := eta * INR t * (c * c) <= 6 / 5 * ln (/ eta).

Lemma exponent t : in_time t -> eta * (INR t * (INR d * (c / 2 / 2 + norm d theta_star))) <= ln (/ eta) / 8.
Proof.
unfold in_time. intros ht. rewrite target_norm. pose proof (pos_INR t). pose proof c_least.
set (y := eta * INR t) in *. assert (hy : 0 <= y) by (unfold y; apply Rmult_le_pos; lra).
replace (eta * (INR t * (INR d * (c / 2 / 2 + c)))) with (y * c * INR d * (5 / 4)) by (unfold y; field).
assert (y * c * (12 * INR d) <= y * c * c) by (apply Rmult_le_compat_l; [apply Rmult_le_pos; lra | exact c_large]). lra.
Qed.

Lemma energy_small t : in_time t -> exp (2 * (eta * (INR t * (INR d * (c / 2 / 2 + norm d theta_star))))) * energy d m s0 <= c / 2.
Proof.
intros ht. unfold energy. rewrite (sum_ext m _ (fun _ => 2 * eta)) by (intros; apply start_norm). rewrite sum_const.
pose proof (exponent t ht) as he. pose proof c_least. pose proof (pos_INR m).
apply Rle_trans with (exp (ln (/ eta) / 4) * (INR m * (2 * eta))); [|lra].
apply Rmult_le_compat_r; [apply Rmult_le_pos; lra|].
destruct (Rle_lt_or_eq_dec (2 * (eta * (INR t * (INR d * (c / 2 / 2 + norm d theta_star))))) (ln (/ eta) / 4) ltac:(lra)) as [hlt|heq].
- left. now apply exp_increasing.
- right. now rewrite heq.
Qed.

Lemma predictor_small t k : in_time t -> (k < d)%nat -> Rabs (theta m (s t) k) <= c / 4.
Proof.
intros ht hk.
pose proof (short_run_predictor d m eta (INR d) theta_star rule s0 eta_pos (pos_INR d) rule_bound (c / 2) t (energy_small t ht)) as h.
apply Rle_trans with (norm d (theta m (s t))); [|unfold s; lra].
rewrite <- sqrt_Rsqr_abs. unfold norm. apply sqrt_le_1_alt. unfold norm2, dot.
apply (sum_term d (fun j => theta m (s t) j * theta m (s t) j) k); [intros; apply Rle_0_sqr | exact hk].
Qed.

Lemma growth t i : in_time t -> norm (S d) (joint d (s t) i) <= exp (ln (/ eta) / 8) * sqrt (2 * eta).
Proof.
intros ht. apply Rle_trans with (1 := neuron_growth d eta (Rlt_le _ _ eta_pos) rule s0 t i).
unfold norm at 2. rewrite start_norm. apply Rmult_le_compat_r; [apply sqrt_pos|].
pose proof (gradients_bounded d m eta (INR d) theta_star rule s0 eta_pos (pos_INR d) rule_bound (c / 2) t (energy_small t ht) t (le_n t)) as h.
apply (Rmult_le_compat_l eta) in h; [|lra]. pose proof (exponent t ht) as he.
destruct (Rle_lt_or_eq_dec (eta * sum t (fun t0 => norm d (rule t0 (run d eta rule s0 t0)))) (ln (/ eta) / 8) ltac:(lra)) as [hlt|heq].
- left. now apply exp_increasing.
- right. now rewrite heq.
Qed.

Lemma in_time_before t t' : (t' <= t)%nat -> in_time t -> in_time t'.
Proof.
unfold in_time. intros h ht. apply le_INR in h. pose proof c_least.
assert (eta * INR t' <= eta * INR t) by (apply Rmult_le_compat_l; lra). nra.
Qed.

(* What holds of every neuron at every time: it lies in the plane, grows, and turns. *)
Definition turned (t i : nat) : Prop :=
  (forall k, (2 <= k < d)%nat -> W (s t) i k = 0) /\ u <= a (s t) i /\
  u * half_root <= W (s t) i 0%nat /\ u * half_root <= W (s t) i 1%nat /\
  INR t * (eta * (u * (c / 5))) <= W (s t) i 0%nat - W (s t) i 1%nat.

Lemma rule_entry st t k : (k < d)%nat -> rule t st k = squeeze k * squeeze k * (theta m st k - c * diagonal k).
Proof. intros hk. unfold rule, gd_q. rewrite squeezed_covariance by assumption. reflexivity. Qed.

Theorem turning t : in_time t -> forall i, (i < m)%nat -> turned t i.
Proof.
induction t as [|t IH]; intros ht i hi; pose proof half_root_range as hr; pose proof u_pos as hu; pose proof c_least as hc.
- unfold turned, s. simpl. unfold vscale, diagonal. simpl. repeat split; try lra.
  intros k hk. destruct (Nat.ltb_spec k 2); [lia | ring].
- pose proof (in_time_before (S t) t (Nat.le_succ_diag_r t) ht) as ht'.
  destruct (IH ht' i hi) as [hz [ha [h0 [h1 hD]]]].
  assert (hzero : forall j k, (j < m)%nat -> (2 <= k < d)%nat -> W (s t) j k = 0) by (intros j k hj hk; now apply (IH ht' j hj)).
  pose proof (Rabs_le_both _ _ (predictor_small t 0 ht' ltac:(lia))) as t0.
  pose proof (Rabs_le_both _ _ (predictor_small t 1 ht' ltac:(lia))) as t1.
  assert (hq0 : rule t (s t) 0%nat = theta m (s t) 0%nat - c * half_root).
  { rewrite rule_entry by lia. unfold squeeze, diagonal. simpl. ring. }
  assert (hq1 : rule t (s t) 1%nat = / 4 * (theta m (s t) 1%nat - c * half_root)).
  { rewrite rule_entry by lia. unfold squeeze, diagonal. simpl. field. }
  assert (hqk : forall k, (2 <= k < d)%nat -> rule t (s t) k = 0).
  { intros k hk. rewrite rule_entry by lia. unfold theta. rewrite sum_zero.
    - unfold diagonal. destruct (Nat.ltb_spec k 2); [lia | ring].
    - intros j hj. rewrite (hzero j k hj hk). ring. }
  set (q := rule t (s t)) in *. set (A := a (s t) i) in *. set (w0 := W (s t) i 0%nat) in *. set (w1 := W (s t) i 1%nat) in *.
  set (th0 := theta m (s t) 0%nat) in *. set (th1 := theta m (s t) 1%nat) in *.
  assert (hdot : dot d (W (s t) i) q = w0 * q 0%nat + w1 * q 1%nat).
  { unfold dot. replace d with (2 + (d - 2))%nat by lia. rewrite sum_app.
    rewrite (sum_zero (d - 2)) by (intros k hk; rewrite hqk by lia; ring). unfold w0, w1. simpl. ring. }
  assert (hn0 : c * (44 / 100) <= - q 0%nat) by (rewrite hq0; nra).
  assert (hn1 : 0 <= - q 1%nat) by (rewrite hq1; nra).
  assert (hn01 : c / 5 <= - q 0%nat - - q 1%nat) by (rewrite hq0, hq1; nra).
  assert (hw0 : 0 < w0) by nra. assert (hw1 : 0 < w1) by nra.
  assert (heA : 0 < eta * A) by (apply Rmult_lt_0_compat; lra).
  unfold turned. change (s (S t)) with (right_step d eta q (s t)). simpl W. simpl a. fold A w0 w1. rewrite hdot.
  repeat split.
  + intros k hk. rewrite (hzero i k hi hk), hqk by exact hk. ring.
  + assert (0 <= eta * (w0 * - q 0%nat + w1 * - q 1%nat)) by (apply Rmult_le_pos; nra). lra.
  + assert (0 <= eta * A * - q 0%nat) by nra. lra.
  + assert (0 <= eta * A * - q 1%nat) by nra. lra.
  + rewrite S_INR.
    assert (eta * A * (c / 5) <= eta * A * (- q 0%nat - - q 1%nat)) by (apply Rmult_le_compat_l; lra).
    assert (eta * u * (c / 5) <= eta * A * (c / 5)) by (apply Rmult_le_compat_r; [lra | apply Rmult_le_compat_l; lra]).
    lra.
Qed.

(* A neuron that has turned is not aligned within a gap that is small against its turn. *)
Theorem turned_misaligned t i gap :
  in_time t -> (i < m)%nat -> 0 <= gap ->
  4 * gap * (exp (ln (/ eta) / 4) * (2 * eta)) < (INR t * (eta * (u * (c / 5))))² ->
  sqrt eta <= norm d (W (s t) i) /\ ~ aligned_within d theta_star (W (s t) i) gap.
Proof.
intros ht hi hgap0 hgap. destruct (turning t ht i hi) as [hz [ha [h0 [h1 hD]]]].
pose proof half_root_range as hr. pose proof u_pos as hu. pose proof c_least as hc. pose proof half_root_square as hrr.
set (w := W (s t) i) in *. set (w0 := w 0%nat) in *. set (w1 := w 1%nat) in *.
assert (hw0 : 0 < w0) by nra. assert (hw1 : 0 < w1) by nra.
assert (hsplit : forall v, dot d v w = v 0%nat * w0 + v 1%nat * w1).
{ intros v. unfold dot. replace d with (2 + (d - 2))%nat by lia. rewrite sum_app.
  rewrite (sum_zero (d - 2)) by (intros k hk; unfold w; rewrite hz by lia; ring). unfold w0, w1. simpl. ring. }
assert (hn2 : norm2 d w = w0 * w0 + w1 * w1) by (unfold norm2; rewrite hsplit; reflexivity).
set (Nw := norm d w). assert (hNN : Nw * Nw = w0 * w0 + w1 * w1) by (unfold Nw; rewrite norm_sqr; exact hn2).
assert (hN0 : 0 <= Nw) by apply norm_nonneg.
assert (hNu : u <= Nw).
{ assert (u * u <= Nw * Nw); [|nra]. rewrite hNN.
  assert (u * half_root * (u * half_root) <= w0 * w0) by (apply Rmult_le_compat; nra).
  assert (u * half_root * (u * half_root) <= w1 * w1) by (apply Rmult_le_compat; nra). nra. }
assert (hNup : Nw * Nw <= exp (ln (/ eta) / 4) * (2 * eta)).
{ assert (h : Nw <= exp (ln (/ eta) / 8) * sqrt (2 * eta)).
  { apply Rle_trans with (2 := growth t i ht). apply neuron_le_joint. }
  apply Rle_trans with (exp (ln (/ eta) / 8) * sqrt (2 * eta) * (exp (ln (/ eta) / 8) * sqrt (2 * eta))).
  - apply Rmult_le_compat; assumption.
  - right. replace (ln (/ eta) / 4) with (ln (/ eta) / 8 + ln (/ eta) / 8) by field. rewrite exp_plus.
    rewrite <- (sqrt_sqrt (2 * eta)) at 3 by lra. ring. }
split; [exact hNu|]. unfold aligned_within. apply Rlt_not_le. rewrite target_norm. fold Nw.
assert (hdot : dot d theta_star w = c * (half_root * (w0 + w1))).
{ rewrite hsplit. unfold theta_star, vscale, diagonal. simpl. ring. }
rewrite hdot, Rabs_right by (apply Rle_ge, Rmult_le_pos; [lra | apply Rmult_le_pos; lra]).
set (D := w0 - w1) in *. set (B := INR t * (eta * (u * (c / 5)))) in *.
assert (hB : 0 <= B) by (unfold B; pose proof (pos_INR t); repeat apply Rmult_le_pos; lra).
assert (hDD : B² <= D * D) by (unfold Rsqr; apply Rmult_le_compat; lra).
set (P := half_root * (w0 + w1)). assert (hP : 0 < P) by (apply Rmult_lt_0_compat; lra).
assert (hPP : P * P = Nw * Nw - D * D / 2).
{ unfold P, D. rewrite hNN. replace (half_root * (w0 + w1) * (half_root * (w0 + w1)))
    with (half_root * half_root * ((w0 + w1) * (w0 + w1))) by ring. rewrite hrr. field. }
assert (hg : 4 * gap * (Nw * Nw) < D * D).
{ apply Rle_lt_trans with (4 * gap * (exp (ln (/ eta) / 4) * (2 * eta))); [apply Rmult_le_compat_l|]; lra. }
assert (hPN : P < (1 - gap) * Nw); [|nra].
assert (hNpos : 0 < Nw) by lra.
apply Rmult_lt_reg_r with Nw; [exact hNpos|]. assert (P * Nw <= (P * P + Nw * Nw) / 2) by (pose proof (Rle_0_sqr (P - Nw)) as hs; unfold Rsqr in hs; lra).
lra.
Qed.

End Turning.
