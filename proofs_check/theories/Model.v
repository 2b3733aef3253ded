(* The network f(x) = a^T W x of width m in dimension d, and its training.

   state        W : m x d (row i is neuron i), a : m
   theta        W^T a, the linear predictor
   sgd_step     the paper's label-noise SGD step, one sample x with label <theta*, x> + eps:
                  g    = <theta, x> - <theta*, x> - eps
                  w_i <- w_i - eta g a_i x          a_i <- a_i - eta g <w_i, x>
   right_step   the common form of all steps: w_i <- w_i - eta a_i q, a_i <- a_i - eta <w_i, q> with
                q = g x for SGD, (1/n) sum_k <theta - theta*, x_k> x_k for gradient descent on n samples,
                theta - theta* for gradient descent on the population (covariance identity). *)
From Coq Require Import Reals Lra Psatz FunctionalExtensionality.
From Escapement Require Import Vectors.
Open Scope R_scope.

Record state := mk_state { W : nat -> vec; a : vec }.

Definition theta (m : nat) (s : state) : vec := fun k => sum m (fun i => a s i * W s i k).

Section Steps.
Variables d m : nat.
Variable eta : R.
Variable theta_star : vec.

Definition residual (x : vec) (eps : R) (s : state) : R := dot d (theta m s) x - dot d theta_star x - eps.

Definition sgd_step (x : vec) (eps : R) (s : state) : state :=
  let g := residual x eps s in
  mk_state (fun i k => W s i k - eta * g * a s i * x k) (fun i => a s i - eta * g * dot d (W s i) x).

(* The trajectory of SGD on the samples x 0, x 1, ... with label noise eps 0, eps 1, ... *)
Fixpoint sgd (x : nat -> vec) (eps : nat -> R) (s : state) (t : nat) : state :=
  match t with
  | O => s
  | S j => sgd_step (x j) (eps j) (sgd x eps s j)
  end.

Definition right_step (q : vec) (s : state) : state :=
  mk_state (fun i k => W s i k - eta * a s i * q k) (fun i => a s i - eta * dot d (W s i) q).

(* q may depend on the time and on the state. *)
Fixpoint run (q : nat -> state -> vec) (s : state) (t : nat) : state :=
  match t with
  | O => s
  | S j => right_step (q j (run q s j)) (run q s j)
  end.

Definition sgd_q (x : nat -> vec) (eps : nat -> R) : nat -> state -> vec :=
  fun j s => vscale (residual (x j) (eps j) s) (x j).

(* The gradient of (1/2n) sum_l <v - theta*, x_l>^2 in v, as a function of e = v - theta*. *)
Definition covariance (n : nat) (x : nat -> vec) (e : vec) : vec :=
  fun k => / INR n * sum n (fun l => dot d e (x l) * x l k).

Definition gd_q (n : nat) (x : nat -> vec) : nat -> state -> vec :=
  fun _ s => covariance n x (vminus (theta m s) theta_star).

Definition population_q : nat -> state -> vec := fun _ s => vminus (theta m s) theta_star.

Definition gd (n : nat) (x : nat -> vec) := run (gd_q n x).
Definition population_gd := run population_q.

Lemma sgd_step_is_right_step x eps s : sgd_step x eps s = right_step (vscale (residual x eps s) x) s.
Proof.
unfold sgd_step, right_step, vscale. f_equal.
- extensionality i. extensionality k. ring.
- extensionality i. fold (vscale (residual x eps s) x). rewrite dot_scale_r. ring.
Qed.

Lemma sgd_is_run x eps s t : sgd x eps s t = run (sgd_q x eps) s t.
Proof. induction t as [|t IH]; simpl; [reflexivity|]. rewrite IH. apply sgd_step_is_right_step. Qed.

End Steps.

(* Definition 4.1: all neurons of the width-m network are within 1/sqrt m of their start. *)
Definition lazy (d m : nat) (s0 s : state) : Prop :=
  forall i, (i < m)%nat -> norm d (vminus (W s i) (W s0 i)) <= / sqrt (INR m).

(* |<theta*, w>| / (|theta*| |w|) >= 1 - gap, multiplied out, so that it says something without dividing. *)
Definition aligned_within (d : nat) (theta_star w : vec) (gap : R) : Prop :=
  (1 - gap) * (norm d theta_star * norm d w) <= Rabs (dot d theta_star w).

(* z_i = (w_i, a_i): both layers of one neuron in d + 1 coordinates. *)
Definition joint (d : nat) (s : state) (i : nat) : vec := fun k => if Nat.eqb k d then a s i else W s i k.

Lemma joint_dot d s s' i i' : dot (S d) (joint d s i) (joint d s' i') = dot d (W s i) (W s' i') + a s i * a s' i'.
Proof.
unfold dot. simpl. unfold joint at 3 4. rewrite Nat.eqb_refl. f_equal.
apply sum_ext. intros k hk. unfold joint.
assert (h : Nat.eqb k d = false) by (apply Nat.eqb_neq; lia). now rewrite h.
Qed.

Lemma joint_norm2 d s i : norm2 (S d) (joint d s i) = norm2 d (W s i) + (a s i)².
Proof. apply joint_dot. Qed.

Lemma joint_minus d s s' i k :
  vminus (joint d s i) (joint d s' i) k =
  joint d (mk_state (fun i => vminus (W s i) (W s' i)) (vminus (a s) (a s'))) i k.
Proof. unfold joint, vminus. simpl. now destruct (Nat.eqb k d). Qed.

Lemma joint_minus_norm2 d s s' i :
  norm2 (S d) (vminus (joint d s i) (joint d s' i)) = norm2 d (vminus (W s i) (W s' i)) + (a s i - a s' i)².
Proof.
unfold norm2 at 1. rewrite (dot_ext (S d) _ _ _ _ (fun k _ => joint_minus d s s' i k) (fun k _ => joint_minus d s s' i k)).
apply joint_norm2.
Qed.

Lemma neuron_le_joint d s i : norm d (W s i) <= norm (S d) (joint d s i).
Proof.
unfold norm. apply sqrt_le_1_alt. rewrite joint_norm2. pose proof (Rle_0_sqr (a s i)). lra.
Qed.

Lemma neuron_move_le_joint d s s' i :
  norm d (vminus (W s i) (W s' i)) <= norm (S d) (vminus (joint d s i) (joint d s' i)).
Proof.
unfold norm. apply sqrt_le_1_alt. rewrite joint_minus_norm2. pose proof (Rle_0_sqr (a s i - a s' i)). lra.
Qed.
