(* Vectors as functions from indices to reals, with finite sums by recursion, so that a reader needs no library to read
   the statements: `dot d u v` is u_0 v_0 + ... + u_(d-1) v_(d-1). *)
From Coq Require Import Reals Lra Psatz FunctionalExtensionality.
Open Scope R_scope.

Definition vec := nat -> R.

Fixpoint sum (n : nat) (f : nat -> R) : R :=
  match n with
  | O => 0
  | S k => sum k f + f k
  end.

Definition dot (d : nat) (u v : vec) : R := sum d (fun k => u k * v k).
Definition norm2 (d : nat) (u : vec) : R := dot d u u.
Definition norm (d : nat) (u : vec) : R := sqrt (norm2 d u).
Definition vplus (u v : vec) : vec := fun k => u k + v k.
Definition vminus (u v : vec) : vec := fun k => u k - v k.
Definition vscale (c : R) (u : vec) : vec := fun k => c * u k.

Lemma Rabs_le_both x b : Rabs x <= b -> - b <= x <= b.
Proof. intros h. pose proof (Rle_abs x). pose proof (Rle_abs (- x)) as h2. rewrite Rabs_Ropp in h2. lra. Qed.

Lemma sum_ext n f g : (forall k, (k < n)%nat -> f k = g k) -> sum n f = sum n g.
Proof.
induction n as [|n IH]; simpl; intros H; [reflexivity|].
rewrite IH by (intros k hk; apply H; lia). rewrite H by lia. reflexivity.
Qed.

Lemma sum_plus n f g : sum n (fun k => f k + g k) = sum n f + sum n g.
Proof. induction n as [|n IH]; simpl; [ring|rewrite IH; ring]. Qed.

Lemma sum_minus n f g : sum n (fun k => f k - g k) = sum n f - sum n g.
Proof. induction n as [|n IH]; simpl; [ring|rewrite IH; ring]. Qed.

Lemma sum_scale n c f : sum n (fun k => c * f k) = c * sum n f.
Proof. induction n as [|n IH]; simpl; [ring|rewrite IH; ring]. Qed.

Lemma sum_const n c : sum n (fun _ => c) = INR n * c.
Proof. induction n as [|n IH]; [simpl; ring|]. rewrite S_INR. simpl sum. rewrite IH. ring. Qed.

Lemma sum_zero n f : (forall k, (k < n)%nat -> f k = 0) -> sum n f = 0.
Proof. intros H. rewrite (sum_ext n f (fun _ => 0) H), sum_const. ring. Qed.

Lemma sum_le n f g : (forall k, (k < n)%nat -> f k <= g k) -> sum n f <= sum n g.
Proof.
induction n as [|n IH]; simpl; intros H; [lra|].
apply Rplus_le_compat; [apply IH; intros; apply H; lia | apply H; lia].
Qed.

Lemma sum_nonneg n f : (forall k, (k < n)%nat -> 0 <= f k) -> 0 <= sum n f.
Proof.
intros H. apply Rle_trans with (sum n (fun _ => 0)); [rewrite sum_const; lra | now apply sum_le].
Qed.

Lemma sum_term n f j : (forall k, (k < n)%nat -> 0 <= f k) -> (j < n)%nat -> f j <= sum n f.
Proof.
induction n as [|n IH]; simpl; intros H hj; [lia|].
destruct (Nat.eq_dec j n) as [->|hne].
- assert (0 <= sum n f) by (apply sum_nonneg; intros; apply H; lia). lra.
- assert (f j <= sum n f) by (apply IH; [intros; apply H; lia | lia]).
  assert (0 <= f n) by (apply H; lia). lra.
Qed.

(* The term at i < n of a sum in which all others vanish. *)
Lemma sum_single n f i : (i < n)%nat -> (forall k, (k < n)%nat -> k <> i -> f k = 0) -> sum n f = f i.
Proof.
induction n as [|n IH]; simpl; intros hi H; [lia|].
destruct (Nat.eq_dec i n) as [->|hne].
- rewrite sum_zero by (intros; apply H; lia). ring.
- rewrite IH by (try lia; intros; apply H; lia). rewrite (H n) by lia. ring.
Qed.

Lemma sum_swap n p f : sum n (fun i => sum p (fun j => f i j)) = sum p (fun j => sum n (fun i => f i j)).
Proof.
induction n as [|n IH]; simpl.
- now rewrite sum_const, Rmult_0_r.
- now rewrite IH, sum_plus.
Qed.

Lemma sum_tail_zero n p f : (forall k, (n <= k)%nat -> f k = 0) -> sum (n + p) f = sum n f.
Proof.
intros H. induction p as [|p IH]; [now rewrite Nat.add_0_r|].
rewrite Nat.add_succ_r. simpl. rewrite IH, H by lia. ring.
Qed.

Lemma dot_ext d u v u' v' :
  (forall k, (k < d)%nat -> u k = u' k) -> (forall k, (k < d)%nat -> v k = v' k) -> dot d u v = dot d u' v'.
Proof. intros hu hv. apply sum_ext. intros k hk. now rewrite hu, hv. Qed.

Lemma dot_comm d u v : dot d u v = dot d v u.
Proof. apply sum_ext. intros; ring. Qed.

Lemma dot_plus_l d u v w : dot d (vplus u v) w = dot d u w + dot d v w.
Proof. unfold dot, vplus. rewrite <- sum_plus. apply sum_ext. intros; ring. Qed.

Lemma dot_minus_l d u v w : dot d (vminus u v) w = dot d u w - dot d v w.
Proof. unfold dot, vminus. rewrite <- sum_minus. apply sum_ext. intros; ring. Qed.

Lemma dot_scale_l d c u w : dot d (vscale c u) w = c * dot d u w.
Proof. unfold dot, vscale. rewrite <- sum_scale. apply sum_ext. intros; ring. Qed.

Lemma dot_scale_r d c u w : dot d w (vscale c u) = c * dot d w u.
Proof. rewrite (dot_comm d w (vscale c u)), dot_scale_l, (dot_comm d u w). reflexivity. Qed.

Lemma dot_plus_r d u v w : dot d w (vplus u v) = dot d w u + dot d w v.
Proof. rewrite !(dot_comm d w). apply dot_plus_l. Qed.

Lemma dot_minus_r d u v w : dot d w (vminus u v) = dot d w u - dot d w v.
Proof. rewrite !(dot_comm d w). apply dot_minus_l. Qed.

Lemma norm2_nonneg d u : 0 <= norm2 d u.
Proof. apply sum_nonneg. intros k _. apply Rle_0_sqr. Qed.

Lemma norm2_plus d u v : norm2 d (vplus u v) = norm2 d u + 2 * dot d u v + norm2 d v.
Proof. unfold norm2. rewrite dot_plus_l, !dot_plus_r, (dot_comm d v u). ring. Qed.

Lemma norm2_minus d u v : norm2 d (vminus u v) = norm2 d u - 2 * dot d u v + norm2 d v.
Proof. unfold norm2. rewrite dot_minus_l, !dot_minus_r, (dot_comm d v u). ring. Qed.

Lemma norm2_scale d c u : norm2 d (vscale c u) = c² * norm2 d u.
Proof. unfold norm2. rewrite dot_scale_l, dot_scale_r. unfold Rsqr. ring. Qed.

Lemma norm_nonneg d u : 0 <= norm d u.
Proof. apply sqrt_pos. Qed.

Lemma norm_sqr d u : norm d u * norm d u = norm2 d u.
Proof. apply sqrt_sqrt, norm2_nonneg. Qed.

Lemma norm_scale d c u : norm d (vscale c u) = Rabs c * norm d u.
Proof.
unfold norm. rewrite norm2_scale, sqrt_mult_alt by apply Rle_0_sqr.
now rewrite sqrt_Rsqr_abs.
Qed.

(* <u,v>^2 <= |u|^2 |v|^2: the square norm of |v|^2 u - <u,v> v is not negative. *)
Lemma cauchy_schwarz2 d u v : (dot d u v)² <= norm2 d u * norm2 d v.
Proof.
pose proof (norm2_nonneg d u) as hu. pose proof (norm2_nonneg d v) as hv.
pose proof (norm2_nonneg d (vminus (vscale (norm2 d v) u) (vscale (dot d u v) v))) as h.
rewrite norm2_minus, !norm2_scale, dot_scale_l, dot_scale_r in h.
assert (hfactor : 0 <= norm2 d v * (norm2 d u * norm2 d v - (dot d u v)²)) by (unfold Rsqr in *; lra).
destruct (Req_dec (norm2 d v) 0) as [hz|hnz].
- (* v = 0 on the first d indices *)
  destruct (Req_dec (dot d u v) 0) as [hd|hd]; [rewrite hd, hz; unfold Rsqr; lra|].
  pose proof (norm2_nonneg d (vminus u (vscale ((norm2 d u + 1) / dot d u v) v))) as h1.
  rewrite norm2_minus, norm2_scale, dot_scale_r, hz in h1.
  replace ((norm2 d u + 1) / dot d u v * dot d u v) with (norm2 d u + 1) in h1 by (field; exact hd).
  lra.
- assert (0 < norm2 d v) by lra. unfold Rsqr in *. nra.
Qed.

Lemma cauchy_schwarz d u v : Rabs (dot d u v) <= norm d u * norm d v.
Proof.
unfold norm. rewrite <- sqrt_mult_alt by apply norm2_nonneg. rewrite <- sqrt_Rsqr_abs.
apply sqrt_le_1_alt, cauchy_schwarz2.
Qed.

Lemma norm_le_of_sqr d u c : 0 <= c -> norm2 d u <= c * c -> norm d u <= c.
Proof. intros hc h. unfold norm. rewrite <- (sqrt_square c hc). now apply sqrt_le_1_alt. Qed.

Lemma norm_triangle d u v : norm d (vplus u v) <= norm d u + norm d v.
Proof.
apply norm_le_of_sqr; [pose proof (norm_nonneg d u); pose proof (norm_nonneg d v); lra|].
rewrite norm2_plus, <- !norm_sqr.
pose proof (cauchy_schwarz d u v). pose proof (Rle_abs (dot d u v)). nra.
Qed.

Lemma norm2_ext d u v : (forall k, (k < d)%nat -> u k = v k) -> norm2 d u = norm2 d v.
Proof. intros h. now apply dot_ext. Qed.

Lemma norm_ext d u v : (forall k, (k < d)%nat -> u k = v k) -> norm d u = norm d v.
Proof. intros h. unfold norm, norm2. f_equal. now apply dot_ext. Qed.

Lemma norm_minus_sym d u v : norm d (vminus u v) = norm d (vminus v u).
Proof.
transitivity (norm d (vscale (-1) (vminus v u))).
- apply norm_ext. intros k _. unfold vminus, vscale. ring.
- rewrite norm_scale, Rabs_left by lra. ring.
Qed.

Lemma norm_triangle_minus d u v w : norm d (vminus u w) <= norm d (vminus u v) + norm d (vminus v w).
Proof.
rewrite <- (norm_ext d (vplus (vminus u v) (vminus v w))); [apply norm_triangle|].
intros k _. unfold vplus, vminus. ring.
Qed.

Lemma norm_reverse d u v : norm d u - norm d v <= norm d (vminus u v).
Proof.
assert (norm d u <= norm d (vminus u v) + norm d v); [|lra].
rewrite (norm_ext d u (vplus (vminus u v) v)); [apply norm_triangle|].
intros k _. unfold vplus, vminus. ring.
Qed.

Lemma norm_sum_le d n (f : nat -> vec) : norm d (fun k => sum n (fun i => f i k)) <= sum n (fun i => norm d (f i)).
Proof.
induction n as [|n IH]; simpl.
- unfold norm, norm2, dot. rewrite sum_zero by (intros; ring). rewrite sqrt_0. lra.
- apply Rle_trans with (norm d (fun k => sum n (fun i => f i k)) + norm d (f n)); [apply norm_triangle | lra].
Qed.

Lemma norm_sqr_le d u v : norm2 d u <= norm2 d v -> norm d u <= norm d v.
Proof. apply sqrt_le_1_alt. Qed.

(* The k-th unit vector. *)
Definition unit (j : nat) : vec := fun k => if Nat.eqb k j then 1 else 0.

Lemma dot_unit d j u : (j < d)%nat -> dot d u (unit j) = u j.
Proof.
intros hj. unfold dot, unit. rewrite (sum_single d _ j hj).
- rewrite Nat.eqb_refl. ring.
- intros k _ hk. apply Nat.eqb_neq in hk. rewrite hk. ring.
Qed.
