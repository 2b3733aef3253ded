(* Exact invariants of a step.

   neuron_sign        flipping (w_i, a_i) -> (-w_i, -a_i) of any set of neurons commutes with every step
   data_sign          (w, theta*, eps) -> (-w, -theta*, -eps) commutes with the SGD step
   rotation           an orthogonal map of inputs, ground truth and first layer commutes with the SGD step
   subspace           a state on an invariant subspace stays there: <w_i, v> never changes for v orthogonal to all inputs
   gradient_flow_balanced   under gradient flow |w_i|^2 - a_i^2 is constant (under steps: NormIdentity.v) *)
From Coq Require Import Reals Lra Psatz FunctionalExtensionality.
From Escapement Require Import Vectors Model.
Open Scope R_scope.

Definition flip (sigma : vec) (s : state) : state := mk_state (fun i => vscale (sigma i) (W s i)) (fun i => sigma i * a s i).

Lemma flip_theta m sigma s : (forall i, sigma i * sigma i = 1) -> theta m (flip sigma s) = theta m s.
Proof.
intros h. extensionality k. unfold theta, flip, vscale. simpl. apply sum_ext. intros i _.
transitivity (sigma i * sigma i * (a s i * W s i k)); [|rewrite h]; ring.
Qed.

Lemma flip_right_step d eta q sigma s : right_step d eta q (flip sigma s) = flip sigma (right_step d eta q s).
Proof.
unfold right_step, flip. simpl. f_equal.
- extensionality i. extensionality k. unfold vscale. ring.
- extensionality i. rewrite dot_scale_l. ring.
Qed.

Theorem neuron_sign d m eta theta_star x eps sigma s :
  (forall i, sigma i * sigma i = 1) ->
  sgd_step d m eta theta_star x eps (flip sigma s) = flip sigma (sgd_step d m eta theta_star x eps s).
Proof.
intros h. rewrite !sgd_step_is_right_step, <- flip_right_step. unfold residual. now rewrite flip_theta.
Qed.

Definition negate_first (s : state) : state := mk_state (fun i => vscale (-1) (W s i)) (a s).

Theorem data_sign d m eta theta_star x eps s :
  sgd_step d m eta (vscale (-1) theta_star) x (- eps) (negate_first s) = negate_first (sgd_step d m eta theta_star x eps s).
Proof.
assert (hg : residual d m (vscale (-1) theta_star) x (- eps) (negate_first s) = - residual d m theta_star x eps s).
{ unfold residual. rewrite dot_scale_l.
  replace (theta m (negate_first s)) with (vscale (-1) (theta m s)); [rewrite dot_scale_l; ring|].
  extensionality k. unfold theta, negate_first, vscale. simpl. rewrite <- sum_scale. apply sum_ext. intros; ring. }
unfold sgd_step. rewrite hg. unfold negate_first. simpl. f_equal.
- extensionality i. extensionality k. unfold vscale. ring.
- extensionality i. rewrite dot_scale_l. ring.
Qed.

Section Rotation.
Variables d m : nat.
Variable eta : R.
Variable Q : vec -> vec.
Hypothesis Q_plus : forall u v, Q (vplus u v) = vplus (Q u) (Q v).
Hypothesis Q_scale : forall c u, Q (vscale c u) = vscale c (Q u).
Hypothesis Q_dot : forall u v, dot d (Q u) (Q v) = dot d u v.

Definition rotate (s : state) : state := mk_state (fun i => Q (W s i)) (a s).

Lemma rotate_theta s : theta m (rotate s) = Q (theta m s).
Proof.
unfold theta, rotate. simpl. induction m as [|k IH].
- simpl. replace (fun _ : nat => 0) with (vscale 0 (fun _ => 0)) by (extensionality j; unfold vscale; ring).
  rewrite Q_scale. extensionality j. unfold vscale. ring.
- change (fun k0 => sum (S k) (fun i => a s i * W s i k0))
    with (vplus (fun k0 => sum k (fun i => a s i * W s i k0)) (vscale (a s k) (W s k))).
  rewrite Q_plus, <- IH, Q_scale. reflexivity.
Qed.

Theorem rotation theta_star x eps s :
  sgd_step d m eta (Q theta_star) (Q x) eps (rotate s) = rotate (sgd_step d m eta theta_star x eps s).
Proof.
rewrite !sgd_step_is_right_step.
assert (hg : residual d m (Q theta_star) (Q x) eps (rotate s) = residual d m theta_star x eps s).
{ unfold residual. now rewrite rotate_theta, !Q_dot. }
rewrite hg. set (g := residual d m theta_star x eps s). unfold right_step, rotate. simpl. f_equal.
- extensionality i.
  replace (fun k => W s i k - eta * a s i * vscale g x k) with (vplus (W s i) (vscale (- (eta * a s i * g)) x))
    by (extensionality k; unfold vplus, vscale; ring).
  rewrite Q_plus, Q_scale. extensionality k. unfold vplus, vscale. ring.
- extensionality i. rewrite !dot_scale_r, Q_dot. reflexivity.
Qed.

End Rotation.

(* A direction that no input sees: the component of every neuron along it is constant. *)
Theorem subspace d m eta theta_star (x : nat -> vec) eps s0 v t i :
  (forall j, dot d (x j) v = 0) -> dot d (W (sgd d m eta theta_star x eps s0 t) i) v = dot d (W s0 i) v.
Proof.
intros h. induction t as [|t IH]; [reflexivity|]. rewrite <- IH. cbn [sgd]. rewrite sgd_step_is_right_step.
set (s := sgd d m eta theta_star x eps s0 t). set (g := residual d m theta_star (x t) (eps t) s). simpl.
change (fun k => W s i k - eta * a s i * vscale g (x t) k) with (vminus (W s i) (vscale (eta * a s i) (vscale g (x t)))).
rewrite dot_minus_l, !dot_scale_l, h. ring.
Qed.

(* Gradient flow: w' = -a q, a' = -<w, q> for any q(t). *)
Lemma sum_derivative n (f : nat -> R -> R) (f' : nat -> R) t :
  (forall k, (k < n)%nat -> derivable_pt_lim (f k) t (f' k)) ->
  derivable_pt_lim (fun y => sum n (fun k => f k y)) t (sum n f').
Proof.
induction n as [|n IH]; intros h; simpl; [apply derivable_pt_lim_const|].
apply (derivable_pt_lim_plus (fun y => sum n (fun k => f k y)) (f n)); [apply IH; intros; apply h; lia | apply h; lia].
Qed.

Lemma square_derivative f f' t : derivable_pt_lim f t f' -> derivable_pt_lim (fun y => f y * f y) t (2 * (f t * f')).
Proof.
intros h. replace (2 * (f t * f')) with (f' * f t + f t * f') by ring. now apply (derivable_pt_lim_mult f f).
Qed.

Theorem gradient_flow_balanced d (w : R -> vec) (b : R -> R) (q : R -> vec) :
  (forall t k, (k < d)%nat -> derivable_pt_lim (fun y => w y k) t (- (b t * q t k))) ->
  (forall t, derivable_pt_lim b t (- dot d (w t) (q t))) ->
  forall t, 0 <= t -> norm2 d (w t) - b t * b t = norm2 d (w 0) - b 0 * b 0.
Proof.
intros hw hb. set (f := fun t => norm2 d (w t) - b t * b t).
assert (hf : forall t, derivable_pt_lim f t 0).
{ intros t.
  assert (h1 : derivable_pt_lim (fun y => norm2 d (w y)) t (sum d (fun k => 2 * (w t k * - (b t * q t k))))).
  { apply (sum_derivative d (fun k y => w y k * w y k)). intros k hk. apply (square_derivative (fun y => w y k)). now apply hw. }
  pose proof (square_derivative b _ t (hb t)) as h2.
  replace 0 with (sum d (fun k => 2 * (w t k * - (b t * q t k))) - 2 * (b t * - dot d (w t) (q t))).
  - now apply (derivable_pt_lim_minus (fun y => norm2 d (w y)) (fun y => b y * b y)).
  - unfold dot. rewrite (sum_ext d _ (fun k => (-2 * b t) * (w t k * q t k))) by (intros; ring). rewrite sum_scale. ring. }
intros t ht. destruct (Req_dec t 0) as [-> | hne]; [reflexivity|].
destruct (MVT_cor2 f (fun _ => 0) 0 t ltac:(lra) (fun c _ => hf c)) as [c [hc _]]. unfold f in hc. lra.
Qed.
