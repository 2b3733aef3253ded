(* lemma-4.5, reading `flow-time+generic`: what happens at widths of order 1/eta, away from any special family.

   With A0 = |a|^2, N0 = |W|^2 + |a|^2 (over all neurons) and E0 = |theta - theta*| at t1, gradient descent on the population
   converges, |theta(t) - theta*| <= E0 (1 - eta A0/16)^t, while no neuron ever moves by more than the factor exp(Q) - 1 of
   its own norm, Q = 16 E0/A0 (wide_networks_stay). Neurons drawn from the ball of radius sqrt eta have A0 and N0 of the
   order of m eta: at width m = M/eta, Q is of the order of 1/M, and cosines at most 1/2 stay at most 3/4 for ever
   (wide_networks_do_not_align). That A0 and E0 are so with high probability is the law of large numbers, and not proved. *)
From Coq Require Import Reals Lra Psatz Arith.
From Escapement Require Import Vectors Model Growth Lemma45Steps.
Open Scope R_scope.

Section OneStep.
Variables d m : nat.
Variable eta : R.
Variable s : state.

Let w_dot (q : vec) : vec := fun i => dot d (W s i) q.
Definition first_energy : R := sum m (fun i => norm2 d (W s i)).
Definition second_energy : R := norm2 m (a s).
Definition seen (q : vec) : R := sum m (fun i => (dot d (W s i) q)²).
(* (W^T W + |a|^2 I) q *)
Definition tangent_kernel (q : vec) : vec := fun k => sum m (fun i => dot d (W s i) q * W s i k) + second_energy * q k.

Lemma energy_split : energy d m s = first_energy + second_energy.
Proof.
assert (hS : second_energy = sum m (fun i => a s i * a s i)) by reflexivity.
unfold energy, first_energy. rewrite hS, <- sum_plus. apply sum_ext. intros i _. rewrite joint_norm2. reflexivity.
Qed.

Lemma theta_dot q : sum m (fun i => a s i * dot d (W s i) q) = dot d (theta m s) q.
Proof.
transitivity (sum d (fun k => sum m (fun i => a s i * (W s i k * q k)))).
- rewrite sum_swap. apply sum_ext. intros i _. unfold dot. now rewrite sum_scale.
- apply sum_ext. intros k _. unfold theta. rewrite (Rmult_comm (sum m _)), <- sum_scale. apply sum_ext. intros; ring.
Qed.

Lemma theta_step q k :
  theta m (right_step d eta q s) k = theta m s k - eta * tangent_kernel q k + eta² * dot d (theta m s) q * q k.
Proof.
assert (hS : second_energy = sum m (fun i => a s i * a s i)) by reflexivity.
rewrite <- theta_dot. unfold tangent_kernel. rewrite hS. unfold theta, right_step. cbn [W a].
rewrite (sum_ext m (fun i => (a s i - eta * dot d (W s i) q) * (W s i k - eta * a s i * q k))
  (fun i => a s i * W s i k + ((- eta) * (dot d (W s i) q * W s i k) + ((- eta * q k) * (a s i * a s i)
  + (eta² * q k) * (a s i * dot d (W s i) q))))) by (intros; unfold Rsqr; ring).
rewrite !sum_plus, !sum_scale. ring.
Qed.

Lemma seen_nonneg q : 0 <= seen q.
Proof. apply sum_nonneg. intros. apply Rle_0_sqr. Qed.

Lemma second_nonneg : 0 <= second_energy.
Proof. apply norm2_nonneg. Qed.

Lemma seen_le q : seen q <= first_energy * norm2 d q.
Proof.
unfold seen, first_energy. rewrite Rmult_comm, <- sum_scale. apply sum_le. intros i _. rewrite Rmult_comm. apply cauchy_schwarz2.
Qed.

Let pulled (q : vec) : vec := fun k => sum m (fun i => dot d (W s i) q * W s i k).

Lemma pulled_dot q : dot d q (pulled q) = seen q.
Proof.
transitivity (sum d (fun k => sum m (fun i => dot d (W s i) q * (W s i k * q k)))).
- apply sum_ext. intros k _. unfold pulled. rewrite <- sum_scale. apply sum_ext. intros; ring.
- rewrite sum_swap. apply sum_ext. intros i _. rewrite sum_scale. reflexivity.
Qed.

Lemma pulled_norm2 q : norm2 d (pulled q) <= seen q * first_energy.
Proof.
assert (hF : first_energy = sum d (fun k => norm2 m (fun i => W s i k))) by exact (sum_swap m d (fun i k => W s i k * W s i k)).
rewrite hF, <- sum_scale. apply sum_le. intros k _. exact (cauchy_schwarz2 m (w_dot q) (fun i => W s i k)).
Qed.

Lemma kernel_dot q : dot d q (tangent_kernel q) = seen q + second_energy * norm2 d q.
Proof.
change (tangent_kernel q) with (vplus (pulled q) (vscale second_energy q)).
rewrite dot_plus_r, dot_scale_r, pulled_dot. reflexivity.
Qed.

Lemma kernel_norm2 q : norm2 d (tangent_kernel q) <= energy d m s * (seen q + second_energy * norm2 d q).
Proof.
change (tangent_kernel q) with (vplus (pulled q) (vscale second_energy q)).
rewrite norm2_plus, dot_scale_r, norm2_scale, (dot_comm d (pulled q)), pulled_dot, energy_split.
pose proof (pulled_norm2 q). pose proof (seen_le q) as h.
apply Rmult_le_compat_l with (1 := second_nonneg) in h. unfold Rsqr. lra.
Qed.

(* One step of gradient descent on the population brings theta closer. *)
Lemma population_contracts theta_star :
  0 <= eta -> eta * energy d m s <= 1 ->
  let e := vminus (theta m s) theta_star in
  eta * (norm d (theta m s) * norm d e) <= second_energy / 4 ->
  norm d (vminus (theta m (right_step d eta e s)) theta_star) <= (1 - eta * second_energy / 4) * norm d e.
Proof.
intros he hN e hsmall. set (A := second_energy) in *. pose proof second_nonneg as hA. fold A in hA.
pose proof (norm_nonneg d e) as hn.
assert (hAN : eta * A <= 1).
{ apply Rle_trans with (2 := hN). apply Rmult_le_compat_l; [exact he|]. rewrite energy_split. fold A.
  assert (0 <= first_energy) by (apply sum_nonneg; intros; apply norm2_nonneg). lra. }
assert (hmain : norm d (vminus e (vscale eta (tangent_kernel e))) <= (1 - eta * A / 2) * norm d e).
{ apply norm_le_of_sqr; [apply Rmult_le_pos; lra|].
  rewrite norm2_minus, dot_scale_r, norm2_scale, kernel_dot. fold A.
  pose proof (kernel_norm2 e) as hk. fold A in hk. set (Y := seen e + A * norm2 d e) in *.
  assert (hY : A * norm2 d e <= Y) by (pose proof (seen_nonneg e); unfold Y; lra).
  assert (hY0 : 0 <= Y) by (apply Rle_trans with (2 := hY); apply Rmult_le_pos; [exact hA | apply norm2_nonneg]).
  assert (h1 : eta² * norm2 d (tangent_kernel e) <= eta * Y).
  { apply Rle_trans with (eta² * (energy d m s * Y)); [apply Rmult_le_compat_l; [apply Rle_0_sqr | exact hk]|].
    replace (eta² * (energy d m s * Y)) with (eta * energy d m s * (eta * Y)) by (unfold Rsqr; ring).
    rewrite <- (Rmult_1_l (eta * Y)) at 2. apply Rmult_le_compat_r; [now apply Rmult_le_pos | exact hN]. }
  assert (h2 : eta * (A * norm2 d e) <= eta * Y) by (apply Rmult_le_compat_l; assumption).
  replace ((1 - eta * A / 2) * norm d e * ((1 - eta * A / 2) * norm d e))
    with ((1 - eta * A / 2) * (1 - eta * A / 2) * (norm d e * norm d e)) by ring.
  rewrite norm_sqr. pose proof (norm2_nonneg d e) as hne.
  assert (0 <= (eta * A / 2) * (eta * A / 2) * norm2 d e) by (apply Rmult_le_pos; [apply Rle_0_sqr | exact hne]). lra. }
rewrite (norm_ext d _ (vplus (vminus e (vscale eta (tangent_kernel e))) (vscale (eta² * dot d (theta m s) e) e))).
2: { intros k _. unfold vminus at 1, vplus, vscale. rewrite theta_step. unfold e, vminus. ring. }
apply Rle_trans with (1 := norm_triangle _ _ _). rewrite norm_scale.
assert (hc : Rabs (eta² * dot d (theta m s) e) <= eta * A / 4).
{ rewrite Rabs_mult, (Rabs_right (eta²)) by (apply Rle_ge, Rle_0_sqr).
  apply Rle_trans with (eta² * (norm d (theta m s) * norm d e)); [apply Rmult_le_compat_l; [apply Rle_0_sqr | apply cauchy_schwarz]|].
  unfold Rsqr. assert (eta * (eta * (norm d (theta m s) * norm d e)) <= eta * (A / 4)) by now apply Rmult_le_compat_l. lra. }
apply Rmult_le_compat_r with (1 := hn) in hc. lra.
Qed.

End OneStep.

Lemma pow_le_one y k : 0 <= y <= 1 -> y ^ k <= 1.
Proof. intros hy. rewrite <- (pow1 k). now apply pow_incr. Qed.

Section WideNetworks.
Variables d m : nat.
Variable eta : R.
Variable theta_star : vec.
Variable s0 : state.
Let s t := population_gd d m eta theta_star s0 t.
Let E t := norm d (vminus (theta m (s t)) theta_star).
Let A0 := second_energy m s0.
Let N0 := energy d m s0.
Let E0 := E 0.
Let Q := 16 * E0 / A0.
Let rho := 1 - eta * A0 / 16.

Hypothesis eta_pos : 0 < eta.
Hypothesis A0_pos : 0 < A0.
Hypothesis little_motion : (exp Q - 1) * (exp Q - 1) * N0 <= A0 / 4.
Hypothesis small_step : eta * (exp (2 * Q) * N0) <= 1.
Hypothesis small_theta : eta * (exp (2 * Q) * N0 / 2 * E0) <= A0 / 16.

Lemma path_short t : eta * sum t E <= Q -> exp (eta * sum t E) <= exp Q.
Proof. intros [hlt | ->]; [left; now apply exp_increasing | lra]. Qed.

Lemma path_nonneg t : 0 <= eta * sum t E.
Proof. apply Rmult_le_pos; [lra|]. apply sum_nonneg. intros. apply norm_nonneg. Qed.

Lemma neurons_stay t i :
  eta * sum t E <= Q ->
  norm (S d) (vminus (joint d (s t) i) (joint d s0 i)) <= (exp Q - 1) * norm (S d) (joint d s0 i).
Proof.
intros h. pose proof (neuron_move d eta (Rlt_le _ _ eta_pos) (population_q m theta_star) s0 t i) as hm. cbv zeta in hm.
apply Rle_trans with (1 := hm). apply Rmult_le_compat_r; [apply norm_nonneg|].
pose proof (path_short t h) as hp. unfold E, s, population_gd, population_q in *. lra.
Qed.

Lemma second_layer_stays t : eta * sum t E <= Q -> A0 / 4 <= second_energy m (s t).
Proof.
intros h. pose proof (path_nonneg t) as hq0. assert (hQ : 0 <= Q) by lra.
assert (hx : 1 <= exp Q) by (pose proof (exp_ineq1_le Q); lra).
assert (hmove : norm2 m (vminus (a (s t)) (a s0)) <= A0 / 4).
{ apply Rle_trans with (2 := little_motion). unfold N0, energy. rewrite <- sum_scale. apply sum_le. intros i _.
  apply Rle_trans with (norm2 (S d) (vminus (joint d (s t) i) (joint d s0 i))).
  - rewrite joint_minus_norm2. pose proof (norm2_nonneg d (vminus (W (s t) i) (W s0 i))). unfold vminus at 1 2, Rsqr. lra.
  - pose proof (neurons_stay t i h) as hn. rewrite <- !norm_sqr.
    replace ((exp Q - 1) * (exp Q - 1) * (norm (S d) (joint d s0 i) * norm (S d) (joint d s0 i)))
      with ((exp Q - 1) * norm (S d) (joint d s0 i) * ((exp Q - 1) * norm (S d) (joint d s0 i))) by ring.
    apply Rmult_le_compat; try apply norm_nonneg; exact hn. }
assert (h0 : norm m (a s0) * norm m (a s0) = A0) by apply norm_sqr.
assert (ht : norm m (a (s t)) * norm m (a (s t)) = second_energy m (s t)) by apply norm_sqr.
pose proof (norm_nonneg m (a s0)) as hn0. pose proof (norm_nonneg m (a (s t))) as hnt.
assert (hd : norm m (vminus (a (s t)) (a s0)) <= norm m (a s0) / 2) by (apply norm_le_of_sqr; lra).
pose proof (norm_reverse m (a s0) (a (s t))) as hr. rewrite norm_minus_sym in hr.
assert (norm m (a s0) / 2 * (norm m (a s0) / 2) <= norm m (a (s t)) * norm m (a (s t))) by (apply Rmult_le_compat; lra). lra.
Qed.

Lemma energy_stays t : eta * sum t E <= Q -> energy d m (s t) <= exp (2 * Q) * N0.
Proof.
intros h.
pose proof (energy_growth d m eta (population_q m theta_star) s0 eta_pos t) as hg.
apply Rle_trans with (1 := hg). apply Rmult_le_compat_r; [apply energy_nonneg|].
change (exp (2 * (eta * sum t E)) <= exp (2 * Q)).
destruct h as [hlt | ->]; [left; apply exp_increasing; lra | lra].
Qed.

Lemma together t : E t <= E0 * rho ^ t /\ eta * sum t E <= Q * (1 - rho ^ t).
Proof.
assert (hE0 : 0 <= E0) by apply norm_nonneg.
assert (hQ : 0 <= Q) by (unfold Q, Rdiv; apply Rmult_le_pos; [lra | left; now apply Rinv_0_lt_compat]).
assert (hAN : A0 <= exp (2 * Q) * N0).
{ assert (1 <= exp (2 * Q)) by (pose proof (exp_ineq1_le (2 * Q)); lra).
  assert (A0 <= N0).
  { unfold N0. rewrite energy_split. assert (0 <= first_energy d m s0) by (apply sum_nonneg; intros; apply norm2_nonneg).
    unfold A0. lra. }
  rewrite <- (Rmult_1_l A0). apply Rmult_le_compat; lra. }
assert (hea : 0 < eta * A0 <= 1).
{ split; [now apply Rmult_lt_0_compat|]. apply Rle_trans with (2 := small_step). apply Rmult_le_compat_l; lra. }
assert (hrho : 0 < rho < 1) by (unfold rho; lra).
induction t as [|t [IH1 IH2]]; [simpl; split; [unfold E0; lra | rewrite Rmult_0_r; lra]|].
assert (hpow : 0 < rho ^ t) by (apply pow_lt; lra).
assert (hpow1 : rho ^ t <= 1) by (apply pow_le_one; lra).
assert (hpath : eta * sum t E <= Q) by (apply Rle_trans with (1 := IH2); nra).
assert (hEt : E t <= E0) by nra. assert (hEt0 : 0 <= E t) by apply norm_nonneg.
pose proof (second_layer_stays t hpath) as hA. pose proof (energy_stays t hpath) as hN.
assert (hstep1 : eta * energy d m (s t) <= 1).
{ apply Rle_trans with (2 := small_step). apply Rmult_le_compat_l; lra. }
assert (hstep2 : eta * (norm d (theta m (s t)) * E t) <= second_energy m (s t) / 4).
{ apply Rle_trans with (A0 / 16); [|lra]. apply Rle_trans with (2 := small_theta).
  apply Rmult_le_compat_l; [lra|]. pose proof (theta_le_energy d m (s t)).
  apply Rmult_le_compat; try apply norm_nonneg; lra. }
pose proof (population_contracts d m eta (s t) theta_star (Rlt_le _ _ eta_pos) hstep1 hstep2) as hc.
change (E (S t) <= (1 - eta * second_energy m (s t) / 4) * E t) in hc.
assert (hrate : (1 - eta * second_energy m (s t) / 4) * E t <= rho * E t).
{ apply Rmult_le_compat_r; [exact hEt0|]. unfold rho.
  assert (eta * (A0 / 4) <= eta * second_energy m (s t)) by (apply Rmult_le_compat_l; lra). lra. }
simpl pow. split.
- apply Rle_trans with (rho * (E0 * rho ^ t)); [|lra].
  apply Rle_trans with (1 := hc), Rle_trans with (1 := hrate). apply Rmult_le_compat_l; lra.
- simpl sum. rewrite Rmult_plus_distr_l.
  assert (hlast : eta * E t <= eta * (E0 * rho ^ t)) by (apply Rmult_le_compat_l; lra).
  assert (hgeo : Q * (rho ^ t - rho * rho ^ t) = eta * (E0 * rho ^ t)) by (unfold Q, rho; field; lra). lra.
Qed.

Theorem wide_networks_stay t i :
  norm (S d) (vminus (joint d (s t) i) (joint d s0 i)) <= (exp Q - 1) * norm (S d) (joint d s0 i) /\ E t <= E0 * rho ^ t.
Proof.
destruct (together t) as [h1 h2]. split; [|exact h1]. apply neurons_stay. apply Rle_trans with (1 := h2).
assert (hQ : 0 <= Q).
{ unfold Q, Rdiv. apply Rmult_le_pos; [pose proof (norm_nonneg d (vminus (theta m (s 0)) theta_star)) as h; change (0 <= E0) in h; lra|].
  left. now apply Rinv_0_lt_compat. }
assert (hrho : 0 <= rho ^ t).
{ apply pow_le. assert (hAN : A0 <= exp (2 * Q) * N0).
  { assert (1 <= exp (2 * Q)) by (pose proof (exp_ineq1_le (2 * Q)); lra).
    assert (A0 <= N0).
    { unfold N0. rewrite energy_split. assert (0 <= first_energy d m s0) by (apply sum_nonneg; intros; apply norm2_nonneg).
      unfold A0. lra. }
    rewrite <- (Rmult_1_l A0). apply Rmult_le_compat; lra. }
  assert (eta * A0 <= 1) by (apply Rle_trans with (2 := small_step); apply Rmult_le_compat_l; lra). unfold rho. lra. }
nra.
Qed.

Theorem wide_networks_do_not_align t i :
  exp Q <= 1 + / 16 -> Rabs (a s0 i) <= norm d (W s0 i) ->
  Rabs (dot d theta_star (W s0 i)) <= / 2 * (norm d theta_star * norm d (W s0 i)) ->
  Rabs (dot d theta_star (W (s t) i)) <= 3 / 4 * (norm d theta_star * norm d (W (s t) i)).
Proof.
intros hexp ha hcos. apply cosine_after_move with s0; [|exact ha | exact hcos].
destruct (wide_networks_stay t i) as [h _]. apply Rle_trans with (1 := h).
apply Rmult_le_compat_r; [apply norm_nonneg | lra].
Qed.

End WideNetworks.
