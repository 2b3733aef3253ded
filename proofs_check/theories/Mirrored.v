(* An exact invariant family of the gradient flow and of gradient descent, at any step size. Ground truth c e_0,
   covariance identity, an even number m of neurons in mirrored pairs

     w_i = (u, +v_1, +v_2, ...) for even i, (u, -v_1, -v_2, ...) for odd i,     a_i = s u,    s = +1 or -1.

   Then theta = (s m u^2, 0, ..., 0), the components v never change, and u follows a scalar recursion:

     s = +1 (the growing mode)      u' = u (1 + eta (c - m u^2))
     s = -1 (the decaying mode)     u' = u (1 - eta (c + m u^2))

   No weight is zero. *)
From Coq Require Import Reals Lra Psatz Arith.
From Escapement Require Import Vectors Model Isotropic.
Open Scope R_scope.

Definition side (i : nat) : R := if Nat.even i then 1 else -1.

Definition mirrored (d m : nat) (sign u : R) (v : vec) (s : state) : Prop :=
  forall i, (i < m)%nat -> a s i = sign * u /\ forall k, (k < d)%nat -> W s i k = if Nat.eqb k 0 then u else side i * v k.

Definition scalar_step (m : nat) (eta c sign u : R) : R := u * (1 - eta * sign * (sign * (INR m * u²) - c)).

Fixpoint scalar_run (m : nat) (eta c sign u : R) (t : nat) : R :=
  match t with
  | O => u
  | S j => scalar_step m eta c sign (scalar_run m eta c sign u j)
  end.

Lemma sides_cancel p b : sum (2 * p) (fun i => side i * b) = 0.
Proof.
induction p as [|p IH]; [reflexivity|].
replace (2 * S p)%nat with (S (S (2 * p))) by lia. simpl sum. simpl Nat.mul in IH. rewrite IH.
unfold side. replace (p + (p + 0))%nat with (2 * p)%nat by lia.
rewrite Nat.even_succ, Nat.odd_mul, Nat.even_mul. simpl. ring.
Qed.

Lemma mirrored_theta d p sign u v s k :
  mirrored d (2 * p) sign u v s -> (k < d)%nat ->
  theta (2 * p) s k = if Nat.eqb k 0 then sign * (INR (2 * p) * u²) else 0.
Proof.
intros h hk. unfold theta. destruct (Nat.eqb k 0) eqn:e.
- rewrite (sum_ext _ _ (fun _ => sign * u²)); [rewrite sum_const; ring|].
  intros i hi. destruct (h i hi) as [ha hw]. rewrite ha, (hw k hk), e. unfold Rsqr. ring.
- rewrite (sum_ext _ _ (fun i => side i * (sign * u * v k))); [apply sides_cancel|].
  intros i hi. destruct (h i hi) as [ha hw]. rewrite ha, (hw k hk), e. ring.
Qed.

Section Run.
Variables d p : nat.
Variables eta c sign : R.
Hypothesis d_pos : (0 < d)%nat.
Hypothesis sign_is : sign * sign = 1.

(* Any rule whose q agrees with theta - theta* on the first d coordinates. *)
Lemma mirrored_step q u v s :
  mirrored d (2 * p) sign u v s ->
  (forall k, (k < d)%nat -> q k = theta (2 * p) s k - c * unit 0 k) ->
  mirrored d (2 * p) sign (scalar_step (2 * p) eta c sign u) v (right_step d eta q s).
Proof.
intros h hq i hi. destruct (h i hi) as [ha hw].
set (r := sign * (INR (2 * p) * u²) - c).
assert (hqk : forall k, (k < d)%nat -> q k = r * unit 0 k).
{ intros k hk. rewrite (hq k hk), (mirrored_theta d p sign u v s k h hk). unfold r, unit. destruct (Nat.eqb k 0); ring. }
unfold right_step, scalar_step. cbn [W a]. fold r. split.
- rewrite (dot_ext d (W s i) q (W s i) (vscale r (unit 0))) by (try reflexivity; exact hqk).
  rewrite dot_scale_r, dot_unit by exact d_pos. rewrite (hw 0%nat d_pos), ha. simpl.
  transitivity (sign * u - eta * (sign * sign) * r * u); [rewrite sign_is|]; ring.
- intros k hk. rewrite (hw k hk), ha, (hqk k hk). unfold unit. destruct (Nat.eqb k 0); ring.
Qed.

Theorem mirrored_population u v s0 t :
  mirrored d (2 * p) sign u v s0 ->
  mirrored d (2 * p) sign (scalar_run (2 * p) eta c sign u t) v
    (population_gd d (2 * p) eta (vscale c (unit 0)) s0 t).
Proof.
intros h. induction t as [|t IH]; [exact h|].
apply mirrored_step; [exact IH|]. intros k _. reflexivity.
Qed.

Theorem mirrored_gd N u v s0 t :
  (0 < N)%nat -> mirrored d (2 * p) sign u v s0 ->
  mirrored d (2 * p) sign (scalar_run (2 * p) eta c sign u t) v
    (gd d (2 * p) eta (vscale c (unit 0)) (N * d) (isotropic d) s0 t).
Proof.
intros hN h. induction t as [|t IH]; [exact h|].
apply mirrored_step; [exact IH|]. intros k hk. unfold gd_q. now rewrite isotropic_covariance.
Qed.

End Run.

(* The decaying mode: u goes down, for ever. *)
Lemma decaying_run m eta c u t :
  0 < eta -> 0 < c -> 0 < u -> eta * (c + INR m * u²) <= / 2 ->
  0 < scalar_run m eta c (-1) u t <= u.
Proof.
intros he hc hu hstep. pose proof (pos_INR m) as hm.
induction t as [|t [IH1 IH2]]; [simpl; lra|].
simpl. unfold scalar_step. set (y := scalar_run m eta c (-1) u t) in *.
assert (hy : y² <= u²) by (unfold Rsqr; nra). pose proof (Rle_0_sqr y) as hy0.
assert (h1 : INR m * y² <= INR m * u²) by (apply Rmult_le_compat_l; assumption).
assert (h2 : 0 <= INR m * y²) by (apply Rmult_le_pos; assumption).
set (g := eta * -1 * (-1 * (INR m * y²) - c)).
assert (hg : 0 <= g <= / 2) by (unfold g; nra). nra.
Qed.

(* The growing mode never overshoots: m u^2 <= c for ever. *)
Lemma growing_run m eta c u t :
  0 < eta -> 0 < c -> 0 < u -> eta * c <= / 4 -> INR m * u² <= c ->
  0 < scalar_run m eta c 1 u t /\ INR m * (scalar_run m eta c 1 u t)² <= c.
Proof.
intros he hc hu hstep hstart. pose proof (pos_INR m) as hm.
induction t as [|t [IH1 IH2]]; [simpl; lra|].
simpl. unfold scalar_step. set (y := scalar_run m eta c 1 u t) in *.
assert (h2 : 0 <= INR m * y²) by (apply Rmult_le_pos; [assumption | apply Rle_0_sqr]).
set (r := c - INR m * y²). assert (hr : 0 <= r <= c) by (unfold r; lra).
replace (y * (1 - eta * 1 * (1 * (INR m * y²) - c))) with (y * (1 + eta * r)) by (unfold r; ring).
assert (hg : 0 <= eta * r <= / 4) by nra. split; [nra|].
replace (INR m * (y * (1 + eta * r))²) with ((c - r) * (1 + 2 * (eta * r) + (eta * r) * (eta * r)))
  by (unfold r, Rsqr; ring).
assert (h3 : (c - r) * (eta * r) <= r / 4) by nra.
assert (h4 : (c - r) * (eta * r) * (eta * r) <= r / 4 * / 4) by (apply Rmult_le_compat; nra).
nra.
Qed.
