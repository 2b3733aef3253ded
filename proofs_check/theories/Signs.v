(* Expectation over independent uniform signs s_0, ..., s_(k-1) in {-1, +1}, as a finite average. *)
From Coq Require Import Reals Lra Psatz Arith FunctionalExtensionality.
From Escapement Require Import Vectors.
Open Scope R_scope.

Definition upd (s : vec) (k : nat) (y : R) : vec := fun j => if Nat.eqb j k then y else s j.

(* The mean of F over the 2^k choices of the first k entries; the others stay those of s. *)
Fixpoint avg (k : nat) (F : vec -> R) (s : vec) : R :=
  match k with
  | O => F s
  | S j => (avg j F (upd s j 1) + avg j F (upd s j (-1))) / 2
  end.

Lemma avg_ext k F G s :
  (forall s', (forall j, (j < k)%nat -> s' j * s' j = 1) -> (forall j, (k <= j)%nat -> s' j = s j) -> F s' = G s') ->
  avg k F s = avg k G s.
Proof.
revert s. induction k as [|k IH]; intros s h; simpl; [apply h; [lia | reflexivity]|].
assert (hy : forall y, y * y = 1 -> avg k F (upd s k y) = avg k G (upd s k y)).
{ intros y hy. apply IH. intros s' h1 h2. apply h.
  - intros j hj. destruct (Nat.eq_dec j k) as [->|hne]; [|apply h1; lia].
    rewrite h2 by lia. unfold upd. now rewrite Nat.eqb_refl.
  - intros j hj. rewrite h2 by lia. unfold upd.
    assert (hne : Nat.eqb j k = false) by (apply Nat.eqb_neq; lia). now rewrite hne. }
rewrite !hy by ring. reflexivity.
Qed.

Lemma avg_plus k F G s : avg k (fun s => F s + G s) s = avg k F s + avg k G s.
Proof. revert s. induction k as [|k IH]; intros s; simpl; [ring|]. rewrite !IH. field. Qed.

Lemma avg_scale k c F s : avg k (fun s => c * F s) s = c * avg k F s.
Proof. revert s. induction k as [|k IH]; intros s; simpl; [ring|]. rewrite !IH. field. Qed.

Lemma avg_const k c s : avg k (fun _ => c) s = c.
Proof. revert s. induction k as [|k IH]; intros s; simpl; [ring|]. rewrite !IH. field. Qed.

Lemma avg_sum k n (F : nat -> vec -> R) s : avg k (fun s => sum n (fun j => F j s)) s = sum n (fun j => avg k (F j) s).
Proof. induction n as [|n IH]; simpl; [apply avg_const|]. now rewrite avg_plus, IH. Qed.

Lemma avg_le k F G s : (forall s', F s' <= G s') -> avg k F s <= avg k G s.
Proof.
intros h. revert s. induction k as [|k IH]; intros s; simpl; [apply h|].
pose proof (IH (upd s k 1)). pose proof (IH (upd s k (-1))). lra.
Qed.

Lemma avg_one k i s : (i < k)%nat -> avg k (fun s => s i) s = 0.
Proof.
revert s. induction k as [|k IH]; intros s hi; [lia|]. simpl. destruct (Nat.eq_dec i k) as [->|hne].
- assert (h : forall y, avg k (fun s => s k) (upd s k y) = y).
  { intros y. rewrite (avg_ext k _ (fun _ => y)); [apply avg_const|].
    intros s' _ h. rewrite h by lia. unfold upd. now rewrite Nat.eqb_refl. }
  rewrite !h. field.
- rewrite !IH by lia. field.
Qed.

Lemma avg_two k i j s : (i < k)%nat -> (j < k)%nat -> avg k (fun s => s i * s j) s = if Nat.eqb i j then 1 else 0.
Proof.
intros hi hj. destruct (Nat.eqb i j) eqn:e.
- apply Nat.eqb_eq in e. subst. rewrite (avg_ext k _ (fun _ => 1)); [apply avg_const|]. intros s' h _. now apply h.
- apply Nat.eqb_neq in e. revert s hi hj. induction k as [|k IH]; intros s hi hj; [lia|]. simpl.
  assert (hmix : forall p, (p < k)%nat -> forall y, avg k (fun s => s k * s p) (upd s k y) = 0).
  { intros p hp y. rewrite (avg_ext k _ (fun s => y * s p)).
    - now rewrite avg_scale, avg_one, Rmult_0_r.
    - intros s' _ h. rewrite (h k) by lia. unfold upd. now rewrite Nat.eqb_refl. }
  destruct (Nat.eq_dec i k) as [->|hik]; [rewrite !hmix by lia; field|].
  destruct (Nat.eq_dec j k) as [->|hjk]; [|rewrite !IH by lia; field].
  rewrite !(avg_ext k (fun s => s i * s k) (fun s => s k * s i)) by (intros; ring). rewrite !hmix by lia. field.
Qed.

(* E s_i (sum_j s_j b_j - g) = b_i. *)
Lemma avg_linear_form k i (b : vec) g s :
  (i < k)%nat -> avg k (fun s => s i * (sum k (fun j => s j * b j) - g)) s = b i.
Proof.
intros hi.
rewrite (avg_ext k _ (fun s => sum k (fun j => b j * (s i * s j)) + (- g) * s i)).
2: { intros s' _ _. rewrite Rmult_minus_distr_l, <- sum_scale. unfold Rminus. f_equal; [apply sum_ext; intros|]; ring. }
rewrite avg_plus, avg_scale, avg_one, avg_sum by exact hi.
rewrite (sum_ext k _ (fun j => b j * (if Nat.eqb i j then 1 else 0))).
2: { intros j hj. now rewrite avg_scale, avg_two. }
rewrite (sum_single k _ i hi); [rewrite Nat.eqb_refl; ring|].
intros j _ hne. assert (h : Nat.eqb i j = false) by (apply Nat.eqb_neq; lia). rewrite h. ring.
Qed.

(* E (sum_j s_j b_j - g)^2 = sum_j b_j^2 + g^2. *)
Lemma avg_square k (b : vec) g s : avg k (fun s => (sum k (fun j => s j * b j) - g)²) s = sum k (fun j => (b j)²) + g².
Proof.
rewrite (avg_ext k _ (fun s => sum k (fun i => b i * (s i * (sum k (fun j => s j * b j) - g)))
                               + ((- g) * sum k (fun j => b j * s j) + g²))).
2: { intros s' _ _. unfold Rsqr at 1. rewrite Rmult_minus_distr_r, Rmult_comm, <- sum_scale.
     rewrite (sum_ext k (fun i => b i * (s' i * (sum k (fun j => s' j * b j) - g)))
       (fun i => (sum k (fun j => s' j * b j) - g) * (s' i * b i))) by (intros; ring).
     rewrite (sum_ext k (fun j => b j * s' j) (fun j => s' j * b j)) by (intros; ring). unfold Rsqr. ring. }
rewrite !avg_plus, avg_const, avg_scale, !avg_sum.
rewrite (sum_ext k (fun i => avg k (fun s => b i * (s i * (sum k (fun j => s j * b j) - g))) s) (fun j => (b j)²)).
2: { intros i hi. rewrite avg_scale, avg_linear_form by exact hi. reflexivity. }
rewrite (sum_ext k (fun j => avg k (fun s => b j * s j) s) (fun _ => 0)).
2: { intros j hj. rewrite avg_scale, avg_one by exact hj. ring. }
rewrite sum_const. ring.
Qed.
