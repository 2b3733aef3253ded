(* theorem-4.2, the deterministic core.

   The paper:   with probability 1 - O(1/m), at T1 = 384 sqrt(log m)/(sigma^2 eta^2 sqrt m) all neurons have left the lazy
                regime: |w_i(T1) - w_i(0)| > 1/sqrt m for every i.
   Here:        one matrix P moves all neurons, so no run moves a neuron further than its own norm allows:
                |w_i(T) - w_i(0)| <= |P - I|_F |z_i(0)|, z_i = (w_i, a_i) (displacement_by_product), and without P
                |w_i(T) - w_i(0)| <= (exp(eta sum_j |g_j| |x_j|) - 1) |z_i(0)| (displacement_by_path). If all neurons have
                escaped, both factors times sqrt m exceed 1/min_i |z_i(0)| (escape_needs_path). The probabilities of the
                theorem are not touched. *)
From Coq Require Import Reals Lra Psatz.
From Escapement Require Import Vectors Model WidthFree Growth.
Open Scope R_scope.

Definition escaped (d m : nat) (s0 s : state) (i : nat) : Prop := / sqrt (INR m) < norm d (vminus (W s i) (W s0 i)).

Section Displacement.
Variable d : nat.

Definition frobenius (P : matrix) : R := sqrt (sum (S d) (fun l => sum (S d) (fun k => P k l * P k l))).
Definition minus_identity (P : matrix) : matrix := fun k l => P k l - identity k l.

Lemma row_times_norm z P : norm (S d) (row_times d z P) <= frobenius P * norm (S d) z.
Proof.
unfold frobenius, norm. rewrite <- sqrt_mult_alt.
2: { apply sum_nonneg. intros l _. apply (norm2_nonneg (S d) (fun k => P k l)). }
apply sqrt_le_1_alt. unfold norm2 at 1, dot at 1. rewrite Rmult_comm, <- sum_scale. apply sum_le. intros l _.
pose proof (cauchy_schwarz2 (S d) z (fun k => P k l)) as h. unfold Rsqr in h. exact h.
Qed.

Theorem displacement_by_product (m : nat) (eta : R) (theta_star : vec) (x : nat -> vec) (eps : nat -> R) (s0 : state) (T i : nat) :
  let s t := sgd d m eta theta_star x eps s0 t in
  let P := product d eta (fun j => vscale (residual d m theta_star (x j) (eps j) (s j)) (x j)) T in
  norm d (vminus (W (s T) i) (W s0 i)) <= frobenius (minus_identity P) * norm (S d) (joint d s0 i).
Proof.
intros s P. apply Rle_trans with (1 := neuron_move_le_joint d (s T) s0 i).
rewrite (norm_ext (S d) _ (row_times d (joint d s0 i) (minus_identity P))); [apply row_times_norm|].
intros l hl. unfold vminus, s. rewrite (width_free_sgd d m eta theta_star x eps s0 T i l ltac:(lia)). fold P.
unfold minus_identity.
pose proof (row_times_minus d (joint d s0 i) P identity 1 l) as h.
rewrite row_times_identity in h by lia. unfold row_times in *. rewrite Rmult_1_l in h. unfold s in P. fold P. rewrite <- h.
apply sum_ext. intros k _. ring.
Qed.

Theorem displacement_by_path (m : nat) (eta : R) (theta_star : vec) (x : nat -> vec) (eps : nat -> R) (s0 : state) (T i : nat) :
  0 <= eta ->
  let s t := sgd d m eta theta_star x eps s0 t in
  norm d (vminus (W (s T) i) (W s0 i)) <=
  (exp (eta * sum T (fun j => Rabs (residual d m theta_star (x j) (eps j) (s j)) * norm d (x j))) - 1)
  * norm (S d) (joint d s0 i).
Proof.
intros he s. apply Rle_trans with (1 := neuron_move_le_joint d (s T) s0 i).
unfold s. rewrite sgd_is_run.
pose proof (neuron_move d eta he (sgd_q d m theta_star x eps) s0 T i) as h. cbv zeta in h.
apply Rle_trans with (1 := h). right. do 4 f_equal. apply sum_ext. intros j _.
unfold sgd_q. rewrite norm_scale, sgd_is_run. reflexivity.
Qed.

(* A run in which neuron i has escaped has had a path that its norm at the start makes long. *)
Theorem escape_needs_path (m : nat) (eta : R) (theta_star : vec) (x : nat -> vec) (eps : nat -> R) (s0 : state) (T i : nat) :
  0 <= eta ->
  let s t := sgd d m eta theta_star x eps s0 t in
  escaped d m s0 (s T) i ->
  / sqrt (INR m) <
  (exp (eta * sum T (fun j => Rabs (residual d m theta_star (x j) (eps j) (s j)) * norm d (x j))) - 1)
  * norm (S d) (joint d s0 i).
Proof.
intros he s h. apply Rlt_le_trans with (1 := h). now apply displacement_by_path.
Qed.

End Displacement.
