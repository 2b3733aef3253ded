(* How far a neuron can move. In one step |z_i(t+1) - z_i(t)| <= eta |q_t| |z_i(t)|, with z_i = (w_i, a_i), so that

     |z_i(T) - z_i(0)| <= (exp(eta sum_{t<T} |q_t|) - 1) |z_i(0)|.

   Everything that says "nothing has happened yet" rests on this. *)
From Coq Require Import Reals Lra Psatz.
From Escapement Require Import Vectors Model.
Open Scope R_scope.

Section Growth.
Variable d : nat.
Variable eta : R.
Hypothesis eta_nonneg : 0 <= eta.

Lemma right_step_move q s i :
  norm (S d) (vminus (joint d (right_step d eta q s) i) (joint d s i)) <= eta * norm d q * norm (S d) (joint d s i).
Proof.
pose proof (norm_nonneg d q) as hq. pose proof (norm_nonneg (S d) (joint d s i)) as hz.
apply norm_le_of_sqr; [repeat apply Rmult_le_pos; assumption|].
rewrite joint_minus_norm2. simpl.
rewrite (norm2_ext d _ (vscale (- eta * a s i) q)) by (intros k _; unfold vminus, vscale; ring).
rewrite norm2_scale.
replace (eta * norm d q * norm (S d) (joint d s i) * (eta * norm d q * norm (S d) (joint d s i)))
  with (eta² * (norm d q * norm d q) * (norm (S d) (joint d s i) * norm (S d) (joint d s i)))
  by (unfold Rsqr; ring).
rewrite !norm_sqr, joint_norm2.
pose proof (cauchy_schwarz2 d (W s i) q) as h. pose proof (Rle_0_sqr eta) as he.
unfold Rsqr in *. nra.
Qed.

Variable q : nat -> state -> vec.
Variable s0 : state.
Let s t := run d eta q s0 t.
Let b t := norm d (q t (s t)).

Lemma neuron_bounds T i :
  norm (S d) (joint d (s T) i) <= exp (eta * sum T b) * norm (S d) (joint d s0 i) /\
  norm (S d) (vminus (joint d (s T) i) (joint d s0 i)) <= (exp (eta * sum T b) - 1) * norm (S d) (joint d s0 i).
Proof.
pose proof (norm_nonneg (S d) (joint d s0 i)) as h0.
induction T as [|T [IHa IHb]].
- simpl. rewrite Rmult_0_r, exp_0. unfold s. simpl. split; [lra|].
  rewrite Rminus_diag_eq, Rmult_0_l by reflexivity.
  apply norm_le_of_sqr; [lra|]. rewrite joint_minus_norm2. unfold norm2, dot.
  rewrite sum_zero by (intros; unfold vminus; ring). unfold Rsqr. lra.
- pose proof (right_step_move (q T (s T)) (s T) i) as hm. fold (b T) in hm.
  change (right_step d eta (q T (s T)) (s T)) with (s (S T)) in hm.
  set (E := exp (eta * sum T b)) in *. set (z0 := norm (S d) (joint d s0 i)) in *.
  assert (hb : 0 <= eta * b T) by (apply Rmult_le_pos; [assumption | apply norm_nonneg]).
  assert (hexp : (1 + eta * b T) * E <= exp (eta * sum (S T) b)).
  { simpl. rewrite Rmult_plus_distr_l, exp_plus. fold E. rewrite Rmult_comm.
    apply Rmult_le_compat_l; [left; apply exp_pos|]. apply exp_ineq1_le. }
  assert (hmove : norm (S d) (vminus (joint d (s (S T)) i) (joint d (s T) i)) <= eta * b T * (E * z0)).
  { apply Rle_trans with (1 := hm). apply Rmult_le_compat_l; assumption. }
  split.
  + pose proof (norm_reverse (S d) (joint d (s (S T)) i) (joint d (s T) i)).
    apply Rle_trans with ((1 + eta * b T) * E * z0); [lra|]. apply Rmult_le_compat_r; assumption.
  + pose proof (norm_triangle_minus (S d) (joint d (s (S T)) i) (joint d (s T) i) (joint d s0 i)).
    apply Rle_trans with (((1 + eta * b T) * E - 1) * z0); [lra|]. apply Rmult_le_compat_r; lra.
Qed.

Theorem neuron_growth T i : norm (S d) (joint d (s T) i) <= exp (eta * sum T b) * norm (S d) (joint d s0 i).
Proof. apply neuron_bounds. Qed.

Theorem neuron_move T i :
  norm (S d) (vminus (joint d (s T) i) (joint d s0 i)) <= (exp (eta * sum T b) - 1) * norm (S d) (joint d s0 i).
Proof. apply neuron_bounds. Qed.

End Growth.

(* The square of the Frobenius norm of (W, a); it bounds the predictor. *)
Definition energy (d m : nat) (s : state) : R := sum m (fun i => norm2 (S d) (joint d s i)).

Theorem theta_le_energy d m s : norm d (theta m s) <= energy d m s / 2.
Proof.
unfold theta.
apply Rle_trans with (sum m (fun i => norm d (vscale (a s i) (W s i)))).
- apply (norm_sum_le d m (fun i => vscale (a s i) (W s i))).
- unfold energy, Rdiv. rewrite Rmult_comm, <- sum_scale. apply sum_le. intros i _.
  rewrite norm_scale, joint_norm2, <- norm_sqr.
  pose proof (Rsqr_abs (a s i)) as h. rewrite h. unfold Rsqr.
  pose proof (Rle_0_sqr (Rabs (a s i) - norm d (W s i))) as h2. unfold Rsqr in h2. lra.
Qed.

Lemma energy_nonneg d m s : 0 <= energy d m s.
Proof. apply sum_nonneg. intros. apply norm2_nonneg. Qed.

(* The gradient of n samples with |x_l| <= X: |covariance e| <= X^2 |e|. *)
Theorem covariance_bound d n x X e :
  (0 < n)%nat -> (forall l, (l < n)%nat -> norm d (x l) <= X) -> norm d (covariance d n x e) <= X² * norm d e.
Proof.
intros hn hx. unfold covariance.
assert (hN : 0 < INR n) by (apply lt_0_INR; lia).
rewrite (norm_ext d _ (vscale (/ INR n) (fun k => sum n (fun l => vscale (dot d e (x l)) (x l) k)))) by reflexivity.
rewrite norm_scale, Rabs_right by (left; now apply Rinv_0_lt_compat).
apply Rmult_le_reg_l with (INR n); [exact hN|].
rewrite <- Rmult_assoc, Rinv_r, Rmult_1_l by lra.
apply Rle_trans with (1 := norm_sum_le d n (fun l => vscale (dot d e (x l)) (x l))).
rewrite <- sum_const. apply sum_le. intros l hl. rewrite norm_scale.
pose proof (cauchy_schwarz d e (x l)) as h. pose proof (norm_nonneg d (x l)) as hp. pose proof (hx l hl) as hX.
pose proof (norm_nonneg d e) as he. unfold Rsqr.
apply Rle_trans with (norm d e * norm d (x l) * norm d (x l)); [now apply Rmult_le_compat_r|].
assert (norm d (x l) * norm d (x l) <= X * X) by (apply Rmult_le_compat; assumption).
rewrite Rmult_assoc, Rmult_comm. now apply Rmult_le_compat_r.
Qed.
