(* The exact scalar dynamics of a perfectly aligned network under gradient descent on the population (or on any sample whose
   covariance is the identity), of any width and at any step size. With theta* = c e, |e| = 1, w_i = u_i e, theta = p e:

     u_i' = u_i + eta r a_i,   a_i' = a_i + eta r u_i,   r = c - p,   p = sum_i a_i u_i.

   All neurons stay aligned (aligned_kept), and p obeys a recursion in two numbers, F = sum (u_i + a_i)^2, the growing mode,
   and H = sum (u_i - a_i)^2, the decaying one:

     F' = F (1 + eta r)^2,   H' = H (1 - eta r)^2,   p = (F - H)/4. *)
From Coq Require Import Reals Lra Psatz.
From Escapement Require Import Vectors Model Isotropic.
Open Scope R_scope.

(* w_i = u_i e on the first d coordinates. *)
Definition aligned (d m : nat) (e u : vec) (s : state) : Prop :=
  forall i k, (i < m)%nat -> (k < d)%nat -> W s i k = u i * e k.

Definition predictor (m : nat) (u a : vec) : R := sum m (fun i => a i * u i).
Definition growing (m : nat) (u a : vec) : R := sum m (fun i => (u i + a i)²).
Definition decaying (m : nat) (u a : vec) : R := sum m (fun i => (u i - a i)²).

Lemma predictor_of_modes m u a : predictor m u a = (growing m u a - decaying m u a) / 4.
Proof.
unfold predictor, growing, decaying, Rdiv. rewrite <- sum_minus, Rmult_comm, <- sum_scale.
apply sum_ext. intros; unfold Rsqr; field.
Qed.

(* The recursion of (F, H). *)
Definition gap_of (c : R) (y : R * R) : R := c - (fst y - snd y) / 4.
Definition modes_step (eta c : R) (y : R * R) : R * R :=
  (fst y * (1 + eta * gap_of c y)², snd y * (1 - eta * gap_of c y)²).

Fixpoint modes (eta c : R) (y : R * R) (t : nat) : R * R :=
  match t with
  | O => y
  | S j => modes_step eta c (modes eta c y j)
  end.

Section Network.
Variables d m : nat.
Variables eta c : R.
Variable e : vec.
Hypothesis e_unit : norm2 d e = 1.

Lemma aligned_theta u s k : aligned d m e u s -> (k < d)%nat -> theta m s k = predictor m u (a s) * e k.
Proof.
intros h hk. unfold theta, predictor. rewrite Rmult_comm, <- sum_scale. apply sum_ext. intros i hi. rewrite (h i k hi hk). ring.
Qed.

(* One step of any rule whose q agrees with theta - theta* on the first d coordinates. *)
Lemma aligned_step q u s :
  aligned d m e u s -> (forall k, (k < d)%nat -> q k = theta m s k - c * e k) ->
  let r := c - predictor m u (a s) in
  aligned d m e (fun i => u i + eta * r * a s i) (right_step d eta q s) /\
  forall i, (i < m)%nat -> a (right_step d eta q s) i = a s i + eta * r * u i.
Proof.
intros h hq r.
assert (hqk : forall k, (k < d)%nat -> q k = - r * e k).
{ intros k hk. rewrite (hq k hk), (aligned_theta u s k h hk). unfold r. ring. }
split.
- intros i k hi hk. unfold right_step. cbn [W]. rewrite (h i k hi hk), (hqk k hk). ring.
- intros i hi. unfold right_step. cbn [a].
  rewrite (dot_ext d (W s i) q (vscale (u i) e) (vscale (- r) e)); [| intros k hk; now apply h | exact hqk].
  rewrite dot_scale_l, dot_scale_r. change (dot d e e) with (norm2 d e). rewrite e_unit. ring.
Qed.

Variable rule : nat -> state -> vec.
Hypothesis rule_is : forall t s k, (k < d)%nat -> rule t s k = theta m s k - c * e k.

Lemma modes_of_step u s r u' s' :
  r = c - predictor m u (a s) ->
  (forall i, (i < m)%nat -> u' i = u i + eta * r * a s i) -> (forall i, (i < m)%nat -> a s' i = a s i + eta * r * u i) ->
  (growing m u' (a s'), decaying m u' (a s')) = modes_step eta c (growing m u (a s), decaying m u (a s)).
Proof.
intros hr hu ha. unfold modes_step, gap_of. simpl. rewrite <- predictor_of_modes, <- hr. unfold growing, decaying. f_equal.
- rewrite Rmult_comm, <- sum_scale. apply sum_ext. intros i hi. rewrite (hu i hi), (ha i hi). unfold Rsqr. ring.
- rewrite Rmult_comm, <- sum_scale. apply sum_ext. intros i hi. rewrite (hu i hi), (ha i hi). unfold Rsqr. ring.
Qed.

(* All neurons stay perfectly aligned, and (F, H) follows its recursion. *)
Theorem aligned_run u0 s0 t :
  aligned d m e u0 s0 ->
  exists u, let s := run d eta rule s0 t in
    aligned d m e u s /\
    (growing m u (a s), decaying m u (a s)) = modes eta c (growing m u0 (a s0), decaying m u0 (a s0)) t.
Proof.
intros h. induction t as [|t [u [IH1 IH2]]]; [exists u0; split; [exact h | reflexivity]|].
destruct (aligned_step (rule t (run d eta rule s0 t)) u _ IH1 (rule_is t (run d eta rule s0 t))) as [hu ha].
exists (fun i => u i + eta * (c - predictor m u (a (run d eta rule s0 t))) * a (run d eta rule s0 t) i).
split; [exact hu|]. cbn [modes]. rewrite <- IH2.
now apply (modes_of_step u (run d eta rule s0 t) (c - predictor m u (a (run d eta rule s0 t)))).
Qed.

Theorem aligned_distance u s :
  aligned d m e u s ->
  norm d (vminus (theta m s) (vscale c e)) = Rabs (gap_of c (growing m u (a s), decaying m u (a s))).
Proof.
intros h. rewrite (norm_ext d _ (vscale (- gap_of c (growing m u (a s), decaying m u (a s))) e)).
- rewrite norm_scale, Rabs_Ropp. unfold norm. rewrite e_unit, sqrt_1. ring.
- intros k hk. unfold vminus, vscale, gap_of. cbn [fst snd]. rewrite <- predictor_of_modes, (aligned_theta u s k h hk). ring.
Qed.

Theorem aligned_cosine u s i :
  aligned d m e u s -> (i < m)%nat ->
  Rabs (dot d (vscale c e) (W s i)) = norm d (vscale c e) * norm d (W s i).
Proof.
intros h hi. rewrite (dot_ext d _ _ (vscale c e) (vscale (u i) e)) by (intros; try apply h; auto).
rewrite (norm_ext d (W s i) (vscale (u i) e)) by (intros; now apply h).
rewrite dot_scale_l, dot_scale_r, !norm_scale. change (dot d e e) with (norm2 d e). unfold norm. rewrite e_unit, sqrt_1.
rewrite Rmult_1_r, !Rabs_mult. ring.
Qed.

End Network.

Lemma population_rule d m c e t s k :
  (k < d)%nat -> population_q m (vscale c e) t s k = theta m s k - c * e k.
Proof. reflexivity. Qed.

Lemma isotropic_rule d m N c e t s k :
  (0 < N)%nat -> (k < d)%nat -> gd_q d m (vscale c e) (N * d) (isotropic d) t s k = theta m s k - c * e k.
Proof. intros hN hk. unfold gd_q. now rewrite isotropic_covariance. Qed.
