(* norm-identity, reading `literal`.

   The paper:   |w_i(T)|^2 = |w_i(0)|^2 + eta^2 sum_{j<T} DeltaW_i(j) - a_i(0)^2 + a_i(T)^2,
                DeltaW_i(j) = - g_j^2 ( <x_j, w_i(j)>^2 - a_i(j)^2 |x_j|^2 ).
   Here:        norm_identity, for every dimension, width, step size, ground truth, sample and noise sequence, start,
                neuron and horizon. No condition of the paper is used. *)
From Coq Require Import Reals Lra Psatz.
From Escapement Require Import Vectors Model.
Open Scope R_scope.

Section NormIdentity.
Variables d m : nat.
Variable eta : R.
Variable theta_star : vec.

(* DeltaW_i for a residual g and an input x in the state s. *)
Definition delta_w (g : R) (x : vec) (s : state) (i : nat) : R :=
  - g² * ((dot d x (W s i))² - (a s i)² * norm2 d x).

Definition imbalance (s : state) (i : nat) : R := norm2 d (W s i) - (a s i)².

(* Any step: the imbalance changes by -eta^2 (<q, w>^2 - a^2 |q|^2). *)
Lemma right_step_imbalance q s i :
  imbalance (right_step d eta q s) i = imbalance s i + eta² * ((a s i)² * norm2 d q - (dot d (W s i) q)²).
Proof.
unfold imbalance, right_step. simpl.
assert (h : norm2 d (fun k => W s i k - eta * a s i * q k) =
            norm2 d (vminus (W s i) (vscale (eta * a s i) q))) by reflexivity.
rewrite h, norm2_minus, norm2_scale, dot_scale_r. unfold Rsqr. ring.
Qed.

Theorem norm_identity_step x eps s i :
  norm2 d (W (sgd_step d m eta theta_star x eps s) i) =
  norm2 d (W s i) + eta² * delta_w (residual d m theta_star x eps s) x s i
  - (a s i)² + (a (sgd_step d m eta theta_star x eps s) i)².
Proof.
rewrite sgd_step_is_right_step.
pose proof (right_step_imbalance (vscale (residual d m theta_star x eps s) x) s i) as h.
unfold imbalance in h. rewrite norm2_scale, dot_scale_r in h.
unfold delta_w. rewrite (dot_comm d x). unfold Rsqr in *. lra.
Qed.

Variable x : nat -> vec.
Variable eps : nat -> R.
Variable s0 : state.
Let s t := sgd d m eta theta_star x eps s0 t.
Let g j := residual d m theta_star (x j) (eps j) (s j).

Theorem norm_identity (i T : nat) :
  norm2 d (W (s T) i) =
  norm2 d (W (s 0) i) + eta² * sum T (fun j => delta_w (g j) (x j) (s j) i) - (a (s 0) i)² + (a (s T) i)².
Proof.
induction T as [|T IH]; [simpl; ring|].
unfold s at 1. simpl sgd. rewrite norm_identity_step. fold (s T).
rewrite IH. unfold s at 6. simpl. fold (s T). fold (g T). ring.
Qed.

(* The same for any method whose step is w <- w - eta a q, a <- a - eta <w, q>: gradient descent, batches. *)
Theorem norm_identity_any_step (q : nat -> state -> vec) (i T : nat) :
  let s' t := run d eta q s0 t in
  norm2 d (W (s' T) i) =
  norm2 d (W s0 i)
  + eta² * sum T (fun j => (a (s' j) i)² * norm2 d (q j (s' j)) - (dot d (W (s' j) i) (q j (s' j)))²)
  - (a s0 i)² + (a (s' T) i)².
Proof.
simpl. induction T as [|T IH]; [simpl; ring|].
pose proof (right_step_imbalance (q T (run d eta q s0 T)) (run d eta q s0 T) i) as h.
unfold imbalance in h. simpl sum. simpl run. lra.
Qed.

(* One step keeps the imbalance within [-eta^2 g^2 |x|^2 |w|^2, eta^2 g^2 |x|^2 a^2]. *)
Theorem imbalance_defect_bounds x' eps' s' i :
  let g' := residual d m theta_star x' eps' s' in
  let defect := imbalance (sgd_step d m eta theta_star x' eps' s') i - imbalance s' i in
  - (eta² * g'² * norm2 d x' * norm2 d (W s' i)) <= defect <= eta² * g'² * norm2 d x' * (a s' i)².
Proof.
simpl. set (g' := residual _ _ _ _ _ _). pose proof (norm_identity_step x' eps' s' i) as h. fold g' in h.
unfold imbalance, delta_w in *.
pose proof (cauchy_schwarz2 d x' (W s' i)) as hcs. pose proof (Rle_0_sqr (dot d x' (W s' i))) as hd.
assert (hp : 0 <= eta² * g'²) by (apply Rmult_le_pos; apply Rle_0_sqr).
assert (ha : 0 <= (a s' i)² * norm2 d x') by (apply Rmult_le_pos; [apply Rle_0_sqr | apply norm2_nonneg]).
set (D := (dot d x' (W s' i))²) in *. set (A := (a s' i)²) in *. set (X := norm2 d x') in *.
set (V := norm2 d (W s' i)) in *. set (p := eta² * g'²) in *.
assert (h' : norm2 d (W (sgd_step d m eta theta_star x' eps' s') i)
             - (a (sgd_step d m eta theta_star x' eps' s') i)² - (V - A) = p * (A * X - D))
  by (rewrite h; unfold p; ring).
rewrite h'. split; nra.
Qed.

End NormIdentity.
