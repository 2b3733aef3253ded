(* The width-free form of SAM. With the gradient G(s) of the loss on the parameters (both layers), s~ = s + kappa G(s),
   kappa = rho/|G(s)|, and s' = s - eta G(s~):

     |G|^2 = S_aa |q|^2 + q^T S_ww q,   Z' = Z (I - eta (I + kappa B(q)) B(q~)),

   q~ the q of s~. So a SAM step, too, is a right multiplication by one (d+1) x (d+1) matrix, and kappa is read from S. `force`
   is q as a function of theta: any batch, any loss of the predictor. *)
From Coq Require Import Reals Lra Psatz FunctionalExtensionality.
From Escapement Require Import Vectors Model WidthFree.
Open Scope R_scope.

Section Sam.
Variables d m : nat.
Variables eta rho : R.
Variable force : vec -> vec.

(* The gradient on (W, a) when the one on theta is q. *)
Definition gradient (q : vec) (s : state) : state := mk_state (fun i => vscale (a s i) q) (fun i => dot d (W s i) q).
Definition gradient_norm2 (q : vec) (s : state) : R := sum m (fun i => norm2 d (W (gradient q s) i) + (a (gradient q s) i)²).
Definition add (c : R) (s s' : state) : state :=
  mk_state (fun i => vplus (W s i) (vscale c (W s' i))) (fun i => a s i + c * a s' i).

Definition kappa (s : state) : R := rho / sqrt (gradient_norm2 (force (theta m s)) s).
Definition perturbed (s : state) : state := add (kappa s) s (gradient (force (theta m s)) s).
Definition sam_step (s : state) : state := add (- eta) s (gradient (force (theta m (perturbed s))) (perturbed s)).

Theorem gradient_norm_from_gram q s :
  gradient_norm2 q s =
  gram d m s d d * norm2 d q + sum d (fun k => sum d (fun l => q k * gram d m s k l * q l)).
Proof.
unfold gradient_norm2. simpl. rewrite sum_plus. f_equal.
- unfold gram. rewrite Rmult_comm, <- sum_scale. apply sum_ext. intros i _. rewrite norm2_scale.
  unfold joint. rewrite Nat.eqb_refl. unfold Rsqr. ring.
- rewrite (sum_ext m _ (fun i => sum d (fun k => sum d (fun l => q k * (joint d s i k * joint d s i l) * q l)))).
  2: { intros i _. rewrite <- (dot_joint d s i q). unfold dot, Rsqr. set (f := fun k => joint d s i k * q k).
       rewrite <- (sum_scale d (sum d f) f). apply sum_ext. intros k _.
       rewrite (Rmult_comm (sum d f) (f k)), <- sum_scale. apply sum_ext. intros; unfold f; ring. }
  rewrite sum_swap. apply sum_ext. intros k _. rewrite sum_swap. apply sum_ext. intros l _.
  unfold gram. rewrite Rmult_assoc, (Rmult_comm (sum m _)), <- Rmult_assoc, <- sum_scale. apply sum_ext. intros; ring.
Qed.

Lemma gradient_is_B q s i l : (l <= d)%nat -> joint d (gradient q s) i l = row_times d (joint d s i) (B d q) l.
Proof.
intros hl. rewrite row_times_B, dot_joint by exact hl. unfold joint, gradient, vscale. simpl. rewrite Nat.eqb_refl.
now destruct (Nat.eqb l d).
Qed.

Lemma add_joint c s s' i l : joint d (add c s s') i l = joint d s i l + c * joint d s' i l.
Proof. unfold joint, add, vplus, vscale. simpl. now destruct (Nat.eqb l d). Qed.

Definition raised (k : R) (q : vec) : matrix := fun p l => identity p l + k * B d q p l.

Lemma row_times_raised z k q l : (l <= d)%nat -> row_times d z (raised k q) l = z l + k * row_times d z (B d q) l.
Proof.
intros hl. unfold raised. pose proof (row_times_minus d z identity (B d q) (- k) l) as h.
rewrite row_times_identity in h by exact hl.
transitivity (z l - - k * row_times d z (B d q) l); [rewrite <- h | ring].
unfold row_times. apply sum_ext. intros; ring.
Qed.

(* Z' = Z (I - eta (I + kappa B(q)) B(q~)), row by row. *)
Theorem sam_is_right_multiplication s i l :
  (l <= d)%nat ->
  let q := force (theta m s) in
  let q' := force (theta m (perturbed s)) in
  joint d (sam_step s) i l =
  row_times d (joint d s i) (fun p r => identity p r - eta * times d (raised (kappa s) q) (B d q') p r) l.
Proof.
intros hl q q'. rewrite row_times_minus, row_times_identity, row_times_times by exact hl.
unfold sam_step. rewrite add_joint. fold q'. rewrite gradient_is_B by exact hl.
rewrite (row_times_ext d (row_times d (joint d s i) (raised (kappa s) q)) (joint d (perturbed s) i)); [ring|].
intros p hp. rewrite row_times_raised by exact hp. unfold perturbed. rewrite add_joint. fold q.
now rewrite gradient_is_B.
Qed.

(* The perturbed Gram matrix, and so theta~ and q~, from S: S~ = (I + kappa B)^T S (I + kappa B). *)
Theorem perturbed_gram s k l :
  (k <= d)%nat -> (l <= d)%nat ->
  let M := raised (kappa s) (force (theta m s)) in
  gram d m (perturbed s) k l = sum (S d) (fun p => sum (S d) (fun r => M p k * gram d m s p r * M r l)).
Proof.
intros hk hl M. apply gram_of_rows; try assumption. intros i j _ hj. unfold perturbed, M.
rewrite add_joint, gradient_is_B, row_times_raised by exact hj. reflexivity.
Qed.

End Sam.
