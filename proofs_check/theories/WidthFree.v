(* The width-free form. With z_i = (w_i, a_i) in d + 1 coordinates and Z the matrix of rows z_i:

     Z(t) = Z(0) P(t),   P(t+1) = P(t) (I - eta B(q_t)),   S(t) = Z^T Z = P(t)^T S(0) P(t),   theta = last column of S,

   where B(q) holds q in its last column and last row and 0 elsewhere. One (d+1) x (d+1) matrix moves all neurons, for
   every width, and for every method whose step is w_i <- w_i - eta a_i q, a_i <- a_i - eta <w_i, q>: SGD with any batch,
   label-noise SGD, gradient descent. SAM: see Sam.v. *)
From Coq Require Import Reals Lra Psatz FunctionalExtensionality.
From Escapement Require Import Vectors Model.
Open Scope R_scope.

Definition matrix := nat -> nat -> R.

Section WidthFree.
Variable d : nat.

Definition identity : matrix := fun k l => if Nat.eqb k l then 1 else 0.
Definition row_times (z : vec) (P : matrix) : vec := fun l => sum (S d) (fun k => z k * P k l).
Definition times (P Q : matrix) : matrix := fun k l => sum (S d) (fun j => P k j * Q j l).

Definition B (q : vec) : matrix := fun k l =>
  if Nat.eqb l d then (if Nat.eqb k d then 0 else q k) else (if Nat.eqb k d then q l else 0).

Definition step_matrix (eta : R) (q : vec) : matrix := fun k l => identity k l - eta * B q k l.

Fixpoint product (eta : R) (q : nat -> vec) (t : nat) : matrix :=
  match t with
  | O => identity
  | S j => times (product eta q j) (step_matrix eta (q j))
  end.

Definition gram (m : nat) (s : state) : matrix := fun k l => sum m (fun i => joint d s i k * joint d s i l).

Lemma row_times_ext z z' P l : (forall k, (k <= d)%nat -> z k = z' k) -> row_times z P l = row_times z' P l.
Proof. intros h. apply sum_ext. intros k hk. rewrite h by lia. reflexivity. Qed.

Lemma row_times_identity z l : (l <= d)%nat -> row_times z identity l = z l.
Proof.
intros hl. unfold row_times, identity. rewrite (sum_single (S d) _ l) by
  (try lia; intros k _ hk; apply Nat.eqb_neq in hk; rewrite hk; ring).
rewrite Nat.eqb_refl. ring.
Qed.

Lemma row_times_times z P Q l : row_times z (times P Q) l = row_times (row_times z P) Q l.
Proof.
unfold row_times, times.
rewrite (sum_ext _ (fun k => z k * sum (S d) (fun j => P k j * Q j l))
  (fun k => sum (S d) (fun j => z k * P k j * Q j l))).
2: { intros k _. rewrite <- sum_scale. apply sum_ext. intros; ring. }
rewrite sum_swap. apply sum_ext. intros j _. rewrite Rmult_comm, <- sum_scale. apply sum_ext. intros; ring.
Qed.

Lemma row_times_B z q l :
  (l <= d)%nat -> row_times z (B q) l = if Nat.eqb l d then dot d z q else z d * q l.
Proof.
intros hl. unfold row_times, B. simpl sum. rewrite Nat.eqb_refl.
destruct (Nat.eqb l d) eqn:e.
- rewrite Rmult_0_r, Rplus_0_r. apply sum_ext. intros k hk.
  assert (hne : Nat.eqb k d = false) by (apply Nat.eqb_neq; lia). now rewrite hne.
- rewrite sum_zero; [ring|]. intros k hk.
  assert (hne : Nat.eqb k d = false) by (apply Nat.eqb_neq; lia). rewrite hne. ring.
Qed.

Lemma row_times_minus z P Q c l :
  row_times z (fun k l => P k l - c * Q k l) l = row_times z P l - c * row_times z Q l.
Proof. unfold row_times. rewrite <- sum_scale, <- sum_minus. apply sum_ext. intros; ring. Qed.

Lemma row_times_step eta z q l :
  (l <= d)%nat ->
  row_times z (step_matrix eta q) l = z l - eta * (if Nat.eqb l d then dot d z q else z d * q l).
Proof.
intros hl. unfold step_matrix. rewrite row_times_minus, row_times_identity, row_times_B by exact hl. reflexivity.
Qed.

Lemma dot_joint s i q : dot d (joint d s i) q = dot d (W s i) q.
Proof.
apply dot_ext; [|reflexivity]. intros k hk. unfold joint.
assert (hne : Nat.eqb k d = false) by (apply Nat.eqb_neq; lia). now rewrite hne.
Qed.

Theorem step_is_right_multiplication eta q s i l :
  (l <= d)%nat -> joint d (right_step d eta q s) i l = row_times (joint d s i) (step_matrix eta q) l.
Proof.
intros hl. rewrite row_times_step, dot_joint by exact hl.
unfold joint, right_step. simpl. rewrite Nat.eqb_refl. destruct (Nat.eqb l d); ring.
Qed.

(* Z(T) = Z(0) P(T), row by row; P does not depend on the neuron. *)
Theorem width_free (eta : R) (q : nat -> state -> vec) (s0 : state) (T i l : nat) :
  (l <= d)%nat ->
  let s t := run d eta q s0 t in
  joint d (s T) i l = row_times (joint d s0 i) (product eta (fun j => q j (s j)) T) l.
Proof.
simpl. revert l. induction T as [|T IH]; intros l hl; simpl.
- now rewrite row_times_identity.
- rewrite step_is_right_multiplication by exact hl. rewrite row_times_times.
  apply row_times_ext. intros k hk. now apply IH.
Qed.

Theorem width_free_sgd (m : nat) (eta : R) (theta_star : vec) (x : nat -> vec) (eps : nat -> R) (s0 : state) (T i l : nat) :
  (l <= d)%nat ->
  let s t := sgd d m eta theta_star x eps s0 t in
  joint d (s T) i l =
  row_times (joint d s0 i) (product eta (fun j => vscale (residual d m theta_star (x j) (eps j) (s j)) (x j)) T) l.
Proof.
intros hl. simpl. rewrite sgd_is_run, (width_free eta (sgd_q d m theta_star x eps) s0 T i l hl). unfold sgd_q.
f_equal. f_equal. extensionality j. now rewrite sgd_is_run.
Qed.

Lemma gram_of_rows m s s' P :
  (forall i l, (i < m)%nat -> (l <= d)%nat -> joint d s' i l = row_times (joint d s i) P l) ->
  forall k l, (k <= d)%nat -> (l <= d)%nat ->
  gram m s' k l = sum (S d) (fun p => sum (S d) (fun r => P p k * gram m s p r * P r l)).
Proof.
intros h k l hk hl. unfold gram.
rewrite (sum_ext m _ (fun i => sum (S d) (fun p => sum (S d) (fun r => joint d s i p * P p k * (joint d s i r * P r l))))).
2: { intros i hi. rewrite (h i k hi hk), (h i l hi hl). unfold row_times at 1. rewrite Rmult_comm, <- sum_scale.
     apply sum_ext. intros p _. unfold row_times. rewrite Rmult_comm, <- sum_scale. reflexivity. }
rewrite sum_swap. apply sum_ext. intros p _. rewrite sum_swap. apply sum_ext. intros r _.
rewrite (Rmult_comm (P p k)), Rmult_assoc, Rmult_comm, <- sum_scale. apply sum_ext. intros; ring.
Qed.

(* S(T) = P^T S(0) P. *)
Theorem width_free_gram (m : nat) (eta : R) (q : nat -> state -> vec) (s0 : state) (T k l : nat) :
  (k <= d)%nat -> (l <= d)%nat ->
  let s t := run d eta q s0 t in
  let P := product eta (fun j => q j (s j)) T in
  gram m (s T) k l = sum (S d) (fun p => sum (S d) (fun r => P p k * gram m s0 p r * P r l)).
Proof. intros hk hl. apply (gram_of_rows m s0 (run d eta q s0 T)); [|exact hk|exact hl]. intros i l' _ hl'. now apply width_free. Qed.

(* theta, and so every residual, is read from S: the m neurons are not needed to go on. *)
Theorem theta_from_gram m s k : (k < d)%nat -> theta m s k = gram m s k d.
Proof.
intros hk. unfold theta, gram. apply sum_ext. intros i _. unfold joint. rewrite Nat.eqb_refl.
assert (hne : Nat.eqb k d = false) by (apply Nat.eqb_neq; lia). rewrite hne. ring.
Qed.

(* A linear relation between rows of Z(0) is kept for ever: the rank never grows, equal neurons stay equal. *)
Theorem row_relations_kept (m : nat) (eta : R) (q : nat -> state -> vec) (s0 : state) (c : nat -> R) :
  (forall l, (l <= d)%nat -> sum m (fun i => c i * joint d s0 i l) = 0) ->
  forall T l, (l <= d)%nat -> sum m (fun i => c i * joint d (run d eta q s0 T) i l) = 0.
Proof.
intros h T l hl. set (P := product eta (fun j => q j (run d eta q s0 j)) T).
rewrite (sum_ext m _ (fun i => sum (S d) (fun k => c i * joint d s0 i k * P k l))).
2: { intros i _. rewrite (width_free eta q s0 T i l hl). fold P. unfold row_times. rewrite <- sum_scale.
     apply sum_ext. intros; ring. }
rewrite sum_swap. apply sum_zero. intros k hk.
rewrite (sum_ext m _ (fun i => P k l * (c i * joint d s0 i k))) by (intros; ring).
rewrite sum_scale, h by lia. ring.
Qed.

End WidthFree.
