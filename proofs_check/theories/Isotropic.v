(* A sample whose covariance is exactly the identity: x_l = sqrt d e_(l mod d), n a multiple of d. Gradient descent on it
   is gradient descent on the population. It lets refutations keep the finite data of the statements. *)
From Coq Require Import Reals Lra Psatz Arith.
From Escapement Require Import Vectors Model Condition1.
Open Scope R_scope.

Definition isotropic (d : nat) (l : nat) : vec := vscale (sqrt (INR d)) (unit (l mod d)).

Lemma sum_app n p f : sum (n + p) f = sum n f + sum p (fun k => f (n + k)%nat).
Proof.
induction p as [|p IH]; [rewrite Nat.add_0_r; simpl; ring|].
rewrite Nat.add_succ_r. simpl. rewrite IH. ring.
Qed.

Lemma sum_periodic N d f : (0 < d)%nat -> sum (N * d) (fun l => f (l mod d)) = INR N * sum d f.
Proof.
intros hd. induction N as [|N IH]; [simpl; ring|].
rewrite S_INR. simpl Nat.mul. rewrite Nat.add_comm, sum_app, IH.
rewrite (sum_ext d (fun k => f ((N * d + k) mod d)) f); [ring|].
intros k hk. rewrite Nat.add_comm, Nat.mod_add by lia. now rewrite Nat.mod_small.
Qed.

Lemma norm_unit d j : (j < d)%nat -> norm d (unit j) = 1.
Proof.
intros h. unfold norm, norm2. rewrite dot_unit by exact h. unfold unit. rewrite Nat.eqb_refl. apply sqrt_1.
Qed.

Lemma isotropic_A5 d n : (0 < d)%nat -> A5 d n (sqrt (INR d)) (isotropic d).
Proof.
intros hd l _. unfold isotropic. rewrite norm_scale, norm_unit by (apply Nat.mod_upper_bound; lia).
rewrite Rabs_right; [lra | apply Rle_ge, sqrt_pos].
Qed.

Theorem isotropic_covariance d N e k :
  (0 < N)%nat -> (k < d)%nat -> covariance d (N * d) (isotropic d) e k = e k.
Proof.
intros hN hk. unfold covariance, isotropic.
assert (hdR : 0 < INR d) by (apply lt_0_INR; lia). assert (hNR : 0 < INR N) by (apply lt_0_INR; lia).
rewrite (sum_ext _ _ (fun l => (fun j => INR d * (e j * unit j k)) (l mod d))).
2: { intros l _. simpl. rewrite dot_scale_r, dot_unit by (apply Nat.mod_upper_bound; lia). unfold vscale.
     rewrite <- (sqrt_sqrt (INR d)) at 3 by lra. ring. }
pose proof (sum_periodic N d (fun j => INR d * (e j * unit j k)) ltac:(lia)) as hp. cbv beta in *. rewrite hp, sum_scale.
rewrite (sum_ext d _ (fun j => e j * unit k j)).
2: { intros j _. unfold unit. now rewrite Nat.eqb_sym. }
change (sum d (fun j => e j * unit k j)) with (dot d e (unit k)). rewrite dot_unit by exact hk.
rewrite mult_INR. field. lra.
Qed.
