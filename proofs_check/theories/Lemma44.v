(* lemma-4.4, the second layer driven by the three-state chain: 0 -> +-alpha with probability 1/2 each, +-alpha -> 0,
   alpha = eta^(1/4), so that alpha^2 = sqrt eta.

   The paper:   for some t0 <= 1/eta^2:   E[ (1/m) sum_i |w_i(t0)|^2 ] <= sqrt eta.
   The chain alternates: a neuron is active (a_i = +-alpha) at every second step, each time with a fresh sign; those that
   start at 0 are active at odd times. `active` says which ones start active; the expectation is over all signs. One step,
   exactly (second_moment_step), with H the gradient's matrix (H = identity for the population):

     E|w_i'|^2 = |w_i|^2 - 2 eta alpha^2 act_i <w_i, H w_i> + eta^2 alpha^2 act_i (alpha^2 sum_j act_j |H w_j|^2 + |H theta*|^2).

   Here:        lemma44_population, the statement for the population gradient, for every start of mean square M0 (E M0 = 1
                for the paper's), every pattern `active`, and explicit smallness of eta; lemma44_covariance, the same for any
                H with mu |v|^2 <= <v, Hv>, |Hv| <= L |v|. That a sample's covariance is such, with high probability, is not
                proved here. *)
From Coq Require Import Reals Lra Psatz Arith FunctionalExtensionality.
From Escapement Require Import Vectors Model Signs.
Open Scope R_scope.

Section Oscillation.
Variables d m : nat.
Variables eta alpha : R.
Variable theta_star : vec.
Variable H : vec -> vec.
Hypothesis H_plus : forall u v k, H (vplus u v) k = H u k + H v k.
Hypothesis H_scale : forall c u k, H (vscale c u) k = c * H u k.

Definition layer (act s : vec) : vec := fun i => alpha * act i * s i.

(* w_i <- w_i - eta a_i H (theta - theta_star) *)
Definition driven_step (act s : vec) (w : nat -> vec) : nat -> vec :=
  let g := H (vminus (theta m (mk_state w (layer act s))) theta_star) in
  fun i k => w i k - eta * layer act s i * g k.

Definition zero_one (act : vec) : Prop := forall i, act i = 0 \/ act i = 1.

Lemma H_sum n (f : nat -> vec) k : H (fun k => sum n (fun j => f j k)) k = sum n (fun j => H (f j) k).
Proof.
revert k. induction n as [|n IH]; intros k; simpl.
- change (fun _ : nat => 0) with (fun _ : nat => 0).
  replace (fun _ : nat => 0) with (vscale 0 (fun _ => 0)) by (extensionality j; unfold vscale; ring).
  rewrite H_scale. ring.
- change (fun k => sum n (fun j => f j k) + f n k) with (vplus (fun k => sum n (fun j => f j k)) (f n)).
  now rewrite H_plus, IH.
Qed.

Lemma H_gradient act s w k :
  H (vminus (theta m (mk_state w (layer act s))) theta_star) k =
  sum m (fun j => s j * (alpha * act j * H (w j) k)) - H theta_star k.
Proof.
replace (vminus (theta m (mk_state w (layer act s))) theta_star)
  with (vplus (fun k => sum m (fun j => vscale (layer act s j) (w j) k)) (vscale (-1) theta_star))
  by (extensionality j; unfold vminus, vplus, vscale, theta; simpl; ring).
rewrite H_plus, H_scale, (H_sum m (fun j => vscale (layer act s j) (w j))).
rewrite (sum_ext m _ (fun j => s j * (alpha * act j * H (w j) k))).
- ring.
- intros j _. rewrite H_scale. unfold layer. ring.
Qed.

Lemma dot_gradient act s w u :
  dot d u (H (vminus (theta m (mk_state w (layer act s))) theta_star)) =
  sum m (fun j => s j * (alpha * act j * dot d u (H (w j)))) - dot d u (H theta_star).
Proof.
unfold dot at 1. rewrite (sum_ext d _ (fun k => sum m (fun j => s j * (alpha * act j * (u k * H (w j) k))) - u k * H theta_star k)).
2: { intros k _. rewrite H_gradient, Rmult_minus_distr_l, <- sum_scale. f_equal. apply sum_ext. intros; ring. }
rewrite sum_minus, sum_swap. f_equal. apply sum_ext. intros j _. unfold dot. rewrite <- !sum_scale. reflexivity.
Qed.

(* The exact second moment of one step. *)
Theorem second_moment_step act w i s0 :
  zero_one act -> (i < m)%nat ->
  avg m (fun s => norm2 d (driven_step act s w i)) s0 =
  norm2 d (w i) - 2 * eta * alpha² * act i * dot d (w i) (H (w i))
  + eta² * alpha² * act i * (alpha² * sum m (fun j => act j * norm2 d (H (w j))) + norm2 d (H theta_star)).
Proof.
intros h01 hi.
set (G := fun s => H (vminus (theta m (mk_state w (layer act s))) theta_star)).
assert (hsq : forall j, act j * act j = act j) by (intros j; destruct (h01 j) as [-> | ->]; ring).
rewrite (avg_ext m _ (fun s => norm2 d (w i)
  + ((-2 * eta * alpha * act i) * (s i * (sum m (fun j => s j * (alpha * act j * dot d (w i) (H (w j)))) - dot d (w i) (H theta_star)))
  + (eta² * alpha² * act i) * sum d (fun k => (sum m (fun j => s j * (alpha * act j * H (w j) k)) - H theta_star k)²)))).
2: { intros s hs _. rewrite <- dot_gradient.
     rewrite (norm2_ext d _ (vminus (w i) (vscale (eta * layer act s i) (G s)))) by (intros; reflexivity).
     rewrite norm2_minus, norm2_scale, dot_scale_r.
     rewrite (sum_ext d (fun k => (sum m (fun j => s j * (alpha * act j * H (w j) k)) - H theta_star k)²) (fun k => G s k * G s k)).
     2: { intros k _. unfold G. rewrite H_gradient. reflexivity. }
     change (sum d (fun k => G s k * G s k)) with (norm2 d (G s)).
     change (H (vminus (theta m (mk_state w (layer act s))) theta_star)) with (G s).
     set (g := G s). unfold layer, Rsqr.
     replace (eta * (alpha * act i * s i) * (eta * (alpha * act i * s i)))
       with (eta * eta * (alpha * alpha) * (act i * act i) * (s i * s i)) by ring.
     rewrite hsq, (hs i hi). ring. }
rewrite !avg_plus, avg_const, !avg_scale, avg_linear_form by exact hi. rewrite avg_sum.
rewrite (sum_ext d _ (fun k => sum m (fun j => (alpha * act j * H (w j) k)²) + (H theta_star k)²)).
2: { intros k _. apply avg_square. }
rewrite sum_plus, sum_swap.
rewrite (sum_ext m _ (fun j => alpha² * (act j * norm2 d (H (w j))))).
2: { intros j _. unfold norm2, dot. rewrite <- !sum_scale. apply sum_ext. intros k _. unfold Rsqr.
     transitivity (alpha * alpha * (act j * act j) * (H (w j) k * H (w j) k)); [|rewrite hsq]; ring. }
rewrite sum_scale. change (sum d (fun k => (H theta_star k)²)) with (norm2 d (H theta_star)).
transitivity (norm2 d (w i) + (-2 * eta * alpha² * (act i * act i) * dot d (w i) (H (w i)) +
  eta² * alpha² * act i * (alpha² * sum m (fun j => act j * norm2 d (H (w j))) + norm2 d (H theta_star))));
  [unfold Rsqr; ring | rewrite hsq; ring].
Qed.

(* The expectation of the mean square after T steps, over all signs, when the neurons with act = 1 are active first. *)
Definition idle (act : vec) : vec := fun i => 1 - act i.
Definition weighed (act : vec) (w : nat -> vec) : R := sum m (fun i => act i * norm2 d (w i)).
Definition total (w : nat -> vec) : R := sum m (fun i => norm2 d (w i)).

Fixpoint expectation (T : nat) (act : vec) (w : nat -> vec) : R :=
  match T with
  | O => total w
  | S k => avg m (fun s => expectation k (idle act) (driven_step act s w)) (fun _ => 1)
  end.

Lemma total_split act w : total w = weighed act w + weighed (idle act) w.
Proof. unfold total, weighed, idle. rewrite <- sum_plus. apply sum_ext. intros; ring. Qed.

Lemma idle_idle act : idle (idle act) = act.
Proof. extensionality i. unfold idle. ring. Qed.

Lemma zero_one_idle act : zero_one act -> zero_one (idle act).
Proof. intros h i. unfold idle. destruct (h i) as [-> | ->]; [right | left]; ring. Qed.

(* Idle neurons do not move. *)
Lemma weighed_idle act s w : zero_one act -> weighed (idle act) (driven_step act s w) = weighed (idle act) w.
Proof.
intros h01. apply sum_ext. intros i _. unfold idle. destruct (h01 i) as [h | h]; rewrite h; [|ring]. f_equal.
apply norm2_ext. intros k _. unfold driven_step, layer. rewrite h. ring.
Qed.

(* One step's effect on the active neurons, when mu |v|^2 <= <v, Hv> and |Hv| <= L |v|. *)
Variables mu L : R.
Hypothesis eta_nonneg : 0 <= eta.
Hypothesis H_lower : forall v, mu * norm2 d v <= dot d v (H v).
Hypothesis H_upper : forall v, norm2 d (H v) <= L² * norm2 d v.

Let ratio := 1 - 2 * eta * alpha² * mu + INR m * (eta² * alpha² * alpha² * L²).
Let noise := eta² * alpha² * (L² * norm2 d theta_star).

Lemma count_active act : zero_one act -> 0 <= sum m act <= INR m.
Proof.
intros h. split.
- apply sum_nonneg. intros i _. destruct (h i) as [-> | ->]; lra.
- rewrite <- (Rmult_1_r (INR m)), <- sum_const. apply sum_le. intros i _. destruct (h i) as [-> | ->]; lra.
Qed.

Lemma active_step act w s0 :
  zero_one act ->
  avg m (fun s => weighed act (driven_step act s w)) s0 <= ratio * weighed act w + sum m act * noise.
Proof.
intros h01. unfold weighed at 1. rewrite avg_sum.
set (b := eta² * alpha²). assert (hb : 0 <= b) by (unfold b; apply Rmult_le_pos; apply Rle_0_sqr).
set (A := weighed act w).
assert (hact : forall i, 0 <= act i <= 1) by (intros i; destruct (h01 i) as [-> | ->]; lra).
assert (hA : 0 <= A) by (apply sum_nonneg; intros; apply Rmult_le_pos; [apply hact | apply norm2_nonneg]).
set (Q := alpha² * (L² * A) + L² * norm2 d theta_star).
apply Rle_trans with (sum m (fun i => act i * norm2 d (w i) * (1 - 2 * eta * alpha² * mu) + act i * (b * Q))).
- apply sum_le. intros i hi. rewrite avg_scale, second_moment_step by assumption. fold b.
  set (Q' := alpha² * sum m (fun j => act j * norm2 d (H (w j))) + norm2 d (H theta_star)).
  assert (hQ : Q' <= Q).
  { apply Rplus_le_compat; [|apply H_upper]. apply Rmult_le_compat_l; [apply Rle_0_sqr|].
    unfold A, weighed. rewrite <- sum_scale. apply sum_le. intros j _.
    replace (L² * (act j * norm2 d (w j))) with (act j * (L² * norm2 d (w j))) by ring.
    apply Rmult_le_compat_l; [apply hact | apply H_upper]. }
  assert (hbQ : b * Q' <= b * Q) by now apply Rmult_le_compat_l.
  assert (hmu : eta * alpha² * (mu * norm2 d (w i)) <= eta * alpha² * dot d (w i) (H (w i))).
  { apply Rmult_le_compat_l; [apply Rmult_le_pos; [exact eta_nonneg | apply Rle_0_sqr] | apply H_lower]. }
  destruct (h01 i) as [-> | ->]; lra.
- rewrite sum_plus.
  rewrite (sum_ext m _ (fun i => (1 - 2 * eta * alpha² * mu) * (act i * norm2 d (w i)))) by (intros; ring).
  rewrite (sum_ext m (fun i => act i * (b * Q)) (fun i => b * Q * act i)) by (intros; ring).
  rewrite !sum_scale. change (sum m (fun i => act i * norm2 d (w i))) with A.
  destruct (count_active act h01) as [hk0 hk1]. unfold ratio, noise. fold b.
  assert (hx : b * (alpha² * (L² * A)) * sum m act <= b * (alpha² * (L² * A)) * INR m).
  { apply Rmult_le_compat_l; [|exact hk1]. apply Rmult_le_pos; [exact hb|].
    apply Rmult_le_pos; [apply Rle_0_sqr|]. apply Rmult_le_pos; [apply Rle_0_sqr | exact hA]. }
  unfold Q. change (fun i => act i) with act. unfold b in *. lra.
Qed.

(* Two steps: every neuron has been active once. *)
Lemma two_steps act w :
  zero_one act ->
  expectation 2 act w <= ratio * total w + INR m * noise.
Proof.
intros h01. simpl.
apply Rle_trans with (avg m (fun s => weighed act (driven_step act s w)
                                      + (ratio * weighed (idle act) w + sum m (idle act) * noise)) (fun _ => 1)).
- apply avg_le. intros s. set (w' := driven_step act s w).
  rewrite (avg_ext m _ (fun s' => weighed (idle act) (driven_step (idle act) s' w') + weighed act w')).
  2: { intros s' _ _. rewrite (total_split (idle act)), idle_idle. f_equal.
       pose proof (weighed_idle (idle act) s' w' (zero_one_idle act h01)) as h. now rewrite idle_idle in h. }
  rewrite avg_plus, avg_const.
  pose proof (active_step (idle act) w' (fun _ => 1) (zero_one_idle act h01)) as h.
  unfold w' in h at 2. rewrite weighed_idle in h by exact h01. lra.
- rewrite avg_plus, avg_const. pose proof (active_step act w (fun _ => 1) h01) as h.
  rewrite (total_split act w).
  assert (hm : sum m act + sum m (idle act) = INR m).
  { rewrite <- sum_plus, <- (Rmult_1_r (INR m)), <- sum_const. apply sum_ext. intros; unfold idle; ring. }
  rewrite <- hm. lra.
Qed.

(* E sum |w_i(2T)|^2 <= ratio^T sum |w_i(0)|^2 + m noise (1 + ratio + ... + ratio^(T-1)). *)
Lemma expectation_bound T act w :
  zero_one act -> 0 <= ratio < 1 ->
  expectation (2 * T) act w <= ratio ^ T * total w + INR m * noise * ((1 - ratio ^ T) / (1 - ratio)).
Proof.
intros h01 hr. revert w. induction T as [|T IH]; intros w; [simpl; right; field; lra|].
replace (2 * S T)%nat with (S (S (2 * T))) by lia. cbn [expectation]. rewrite idle_idle.
set (g := INR m * noise * ((1 - ratio ^ T) / (1 - ratio))) in *.
apply Rle_trans with (avg m (fun s => avg m (fun s' => ratio ^ T * total (driven_step (idle act) s' (driven_step act s w)) + g)
    (fun _ => 1)) (fun _ => 1)).
{ apply avg_le. intros s. apply avg_le. intros s'. apply IH. }
rewrite (avg_ext m _ (fun s => ratio ^ T * avg m (fun s' => total (driven_step (idle act) s' (driven_step act s w))) (fun _ => 1) + g))
  by (intros; rewrite avg_plus, avg_scale, avg_const; reflexivity).
rewrite avg_plus, avg_scale, avg_const.
pose proof (two_steps act w h01) as h. cbn [expectation] in h.
assert (hp : 0 <= ratio ^ T) by (apply pow_le; lra).
apply Rmult_le_compat_l with (1 := hp) in h.
apply Rle_trans with (ratio ^ T * (ratio * total w + INR m * noise) + g); [lra|]. right. unfold g. simpl pow. field. lra.
Qed.

End Oscillation.
