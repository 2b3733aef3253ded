(* Vectors and networks of intervals, as lists, and the sums that the dynamics are made of. *)
From Coq Require Import Reals Lra Psatz ZArith List.
From Escapement Require Import Vectors Model Fixed.
Import ListNotations.
Open Scope R_scope.

Definition ivec := list interval.
Definition neuron := (ivec * interval)%type.  (* w_i, a_i *)
Definition network := list neuron.

Fixpoint map2 {A B C : Type} (f : A -> B -> C) (u : list A) (v : list B) : list C :=
  match u, v with
  | x :: u, y :: v => f x y :: map2 f u v
  | _, _ => []
  end.

Definition isum (l : ivec) : interval := fold_right iadd izero l.
Definition idot2 (u v : ivec) : interval := isum (map2 imul u v).  (* in units of 2^-2p *)
(* c_0 x_0 + c_1 x_1 + ..., in units of 2^-2p. *)
Fixpoint icombine2 (d : nat) (c : ivec) (x : list ivec) : ivec :=
  match c, x with
  | ci :: c, xi :: x => map2 iadd (map (imul ci) xi) (icombine2 d c x)
  | _, _ => repeat izero d
  end.

Definition inside (q : Z) (d : nat) (l : ivec) (v : vec) : Prop :=
  length l = d /\ forall k, (k < d)%nat -> holds q (nth k l izero) (v k).
Definition no_neuron : neuron := ([], izero).
Definition network_inside (q : Z) (d m : nat) (l : network) (s : state) : Prop :=
  length l = m /\ forall i, (i < m)%nat ->
    inside q d (fst (nth i l no_neuron)) (W s i) /\ holds q (snd (nth i l no_neuron)) (a s i).

Lemma sum_shift n f : sum (S n) f = f 0%nat + sum n (fun k => f (S k)).
Proof. induction n as [|n IH]; [simpl; ring|]. simpl in *. rewrite IH. ring. Qed.

Lemma map2_length {A B C} (f : A -> B -> C) u v d : length u = d -> length v = d -> length (map2 f u v) = d.
Proof. revert v d. induction u as [|x u IH]; intros [|y v] d <-; simpl; intros h; try discriminate; [reflexivity|]. f_equal. now apply IH; [|injection h]. Qed.

Lemma map2_nth {A B C} (f : A -> B -> C) u v d k a0 b0 c0 :
  length u = d -> length v = d -> (k < d)%nat -> nth k (map2 f u v) c0 = f (nth k u a0) (nth k v b0).
Proof.
revert v d k. induction u as [|x u IH]; intros [|y v] d k <-; simpl; intros h hk; try discriminate; [lia|].
destruct k as [|k]; [reflexivity|]. apply (IH v (length u)); [reflexivity | now injection h | lia].
Qed.

Lemma map_nth_in {A B} (f : A -> B) l k a0 b0 : (k < length l)%nat -> nth k (map f l) b0 = f (nth k l a0).
Proof. intros h. rewrite (nth_indep _ b0 (f a0)) by now rewrite map_length. apply map_nth. Qed.

Lemma inside_map q r d l v f g :
  (forall i x, holds q i x -> holds r (f i) (g x)) -> inside q d l v -> inside r d (map f l) (fun k => g (v k)).
Proof.
intros hf [hl h]. split; [now rewrite map_length|]. intros k hk.
rewrite (map_nth_in f l k izero) by now rewrite hl. apply hf. now apply h.
Qed.

Lemma inside_map2 q r t d l1 l2 v1 v2 f g :
  (forall i j x y, holds q i x -> holds r j y -> holds t (f i j) (g x y)) ->
  inside q d l1 v1 -> inside r d l2 v2 -> inside t d (map2 f l1 l2) (fun k => g (v1 k) (v2 k)).
Proof.
intros hf [hl1 h1] [hl2 h2]. split; [now apply map2_length|]. intros k hk.
rewrite (map2_nth f l1 l2 d k izero izero) by assumption. apply hf; auto.
Qed.

Lemma holds_sum q l f : inside q (length l) l f -> holds q (isum l) (sum (length l) f).
Proof.
revert f. induction l as [|i l IH]; intros f [_ h]; [apply holds_zero|].
change (length (i :: l)) with (S (length l)). rewrite sum_shift. simpl isum. apply holds_add.
- apply (h 0%nat). simpl. lia.
- apply IH. split; [reflexivity|]. intros k hk. apply (h (S k)). simpl. lia.
Qed.

Lemma holds_total q n l f : inside q n l f -> holds q (isum l) (sum n f).
Proof. intros h. destruct h as [hl h]. subst n. apply holds_sum. split; [reflexivity | exact h]. Qed.

Lemma inside_ext q d l v v' : (forall k, (k < d)%nat -> v k = v' k) -> inside q d l v -> inside q d l v'.
Proof. intros he [hl h]. split; [exact hl|]. intros k hk. rewrite <- he by exact hk. now apply h. Qed.

Section Bits.
Variable p : Z.
Hypothesis hp : (0 <= p)%Z.

Lemma holds_dot2 d u v x y : inside p d u x -> inside p d v y -> holds (p + p) (idot2 u v) (dot d x y).
Proof.
intros hu hv. apply (holds_total (p + p) d (map2 imul u v)).
apply (inside_map2 p p (p + p) d u v x y imul Rmult); try assumption. intros. now apply holds_mul.
Qed.

Lemma inside_combine2 d n c x C X :
  inside p n c C -> length x = n -> (forall l, (l < n)%nat -> inside p d (nth l x []) (X l)) ->
  inside (p + p) d (icombine2 d c x) (fun k => sum n (fun l => C l * X l k)).
Proof.
revert n x C X. induction c as [|ci c IH]; intros n x C X [hc h] hx hX; simpl in hc; subst n.
- replace (icombine2 d [] x) with (repeat izero d) by now destruct x.
  split; [apply repeat_length|]. intros k hk. simpl. rewrite nth_repeat. apply holds_zero.
- destruct x as [|xi x]; [discriminate|]. injection hx as hx. simpl icombine2.
  apply inside_ext with (fun k => C 0%nat * X 0%nat k + sum (length c) (fun l => C (S l) * X (S l) k)).
  { intros k _. now rewrite sum_shift. }
  apply (inside_map2 (p + p) (p + p) (p + p) d _ _ (fun k => C 0%nat * X 0%nat k) _ iadd Rplus).
  + intros. now apply holds_add.
  + apply (inside_map p (p + p) d xi (X 0%nat) (imul ci) (fun y => C 0%nat * y)).
    * intros i y hy. apply holds_mul; try assumption. apply (h 0%nat). simpl. lia.
    * apply (hX 0%nat). simpl. lia.
  + apply (IH (length c) x (fun l => C (S l)) (fun l => X (S l))); [|exact hx|].
    * split; [reflexivity|]. intros k hk. apply (h (S k)). simpl. lia.
    * intros l hl. apply (hX (S l)). simpl. lia.
Qed.

Lemma inside_round d l v : inside (p + p) d l v -> inside p d (map (iround p) l) v.
Proof. apply (inside_map (p + p) p d l v (iround p) (fun x => x)). intros. now apply holds_round. Qed.

Lemma second_layer d m l s : network_inside p d m l s -> inside p m (map snd l) (a s).
Proof.
intros [hl h]. split; [now rewrite map_length|]. intros i hi.
rewrite (map_nth_in snd l i no_neuron) by (rewrite <- hl in hi; exact hi). now apply h.
Qed.

Lemma first_layer d m l s : network_inside p d m l s ->
  length (map fst l) = m /\ forall i, (i < m)%nat -> inside p d (nth i (map fst l) []) (W s i).
Proof.
intros [hl h]. split; [now rewrite map_length|]. intros i hi.
rewrite (map_nth_in fst l i no_neuron) by (rewrite <- hl in hi; exact hi). now apply h.
Qed.

End Bits.
