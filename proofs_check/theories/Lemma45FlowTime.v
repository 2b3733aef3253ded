(* lemma-4.5, reading `flow-time`: T2 = ln(1/eta) / (eta |theta*|) steps. The claim is that of Lemma45Literal.v with this
   number of steps.

   Here: false for every neuron, and false on any time scale (lemma45_any_time_refuted): there are starts at which no
   weight is zero, every neuron grows, the predictor converges to theta*, and no neuron ever aligns, on a sample whose
   covariance is the identity. The reason: A1 bounds the width from below only. At m ~ 1/eta neurons of size sqrt eta
   already carry a predictor of order 1, and interpolate before they have turned. A second family (s = -1 in Mirrored.v,
   decaying_never_aligns) fails at every width, with all neurons on the decaying mode a_i = -<w_i, theta*>/|theta*|. *)
From Coq Require Import Reals Lra Psatz Arith.
From Escapement Require Import Vectors Model Condition1 Isotropic Lemma45Steps Lemma45Literal Mirrored.
Open Scope R_scope.

Definition off_axis (d : nat) (v : vec) : R := sum d (fun k => if Nat.eqb k 0 then 0 else (v k)²).

Lemma side_sqr i : side i * side i = 1.
Proof. unfold side. destruct (Nat.even i); ring. Qed.

Lemma mirrored_norm2 d m sign u v s i :
  (0 < d)%nat -> mirrored d m sign u v s -> (i < m)%nat -> norm2 d (W s i) = u² + off_axis d v.
Proof.
intros hd h hi. destruct (h i hi) as [_ hw]. unfold norm2, dot, off_axis.
assert (hu : sum d (fun k => u² * unit 0 k) = u²).
{ rewrite sum_scale. rewrite (sum_single d (unit 0) 0 hd).
  - unfold unit. simpl. ring.
  - intros k _ hk. unfold unit. apply Nat.eqb_neq in hk. now rewrite hk. }
rewrite <- hu at 1. rewrite <- sum_plus. apply sum_ext. intros k hk. rewrite (hw k hk). unfold unit.
destruct (Nat.eqb k 0); unfold Rsqr; [ring|].
transitivity (side i * side i * (v k * v k)); [ring | rewrite side_sqr; ring].
Qed.

(* A mirrored neuron with 3 u^2 <= (what is off the axis) is not aligned, whatever the sign. *)
Lemma mirrored_not_aligned d m c sign u v s i g :
  (0 < d)%nat -> 0 < c -> mirrored d m sign u v s -> (i < m)%nat -> 0 <= u -> 0 < off_axis d v -> 3 * u² <= off_axis d v ->
  g < / 4 -> ~ aligned_within d (vscale c (unit 0)) (W s i) g.
Proof.
intros hd hc h hi hu hoff h3 hg hal. unfold aligned_within in hal.
rewrite norm_scale, norm_unit, (Rabs_right c) in hal by (try lia; lra).
rewrite dot_comm, dot_scale_r, dot_unit in hal by exact hd.
destruct (h i hi) as [_ hw]. rewrite (hw 0%nat hd) in hal. simpl in hal.
rewrite Rabs_right in hal by (apply Rle_ge, Rmult_le_pos; lra).
pose proof (norm_nonneg d (W s i)) as hn0. pose proof (norm_sqr d (W s i)) as hn.
rewrite (mirrored_norm2 d m sign u v s i hd h hi) in hn. set (r := norm d (W s i)) in *.
assert (hr : 3 / 4 * r <= u).
{ apply Rmult_le_reg_l with c; [exact hc|]. apply Rle_trans with (2 := hal).
  assert (0 <= c * r) by (apply Rmult_le_pos; lra). nra. }
unfold Rsqr in *. nra.
Qed.

Theorem decaying_never_aligns d p N eta c u v s0 T i g :
  (0 < d)%nat -> (0 < N)%nat -> 0 < eta -> 0 < c -> 0 < u -> eta * (c + INR (2 * p) * u²) <= / 2 ->
  mirrored d (2 * p) (-1) u v s0 -> 3 * u² <= off_axis d v -> (i < 2 * p)%nat -> g < / 4 ->
  ~ aligned_within d (vscale c (unit 0)) (W (gd d (2 * p) eta (vscale c (unit 0)) (N * d) (isotropic d) s0 T) i) g.
Proof.
intros hd hN he hc hu hstep h0 h3 hi hg.
destruct (decaying_run (2 * p) eta c u T he hc hu hstep) as [hpos hle].
assert (hu2 : 0 < u²) by (unfold Rsqr; nra).
apply mirrored_not_aligned with (2 * p)%nat (-1) (scalar_run (2 * p) eta c (-1) u T) v; try assumption; try lra.
- apply mirrored_gd; try assumption. ring.
- apply Rle_trans with (2 := h3). unfold Rsqr. nra.
Qed.

Theorem growing_never_aligns d p N eta c u v s0 T i g :
  (0 < d)%nat -> (0 < N)%nat -> 0 < eta -> 0 < c -> 0 < u -> eta * c <= / 4 -> INR (2 * p) * u² <= c ->
  mirrored d (2 * p) 1 u v s0 -> 3 * c <= INR (2 * p) * off_axis d v -> (i < 2 * p)%nat -> g < / 4 ->
  ~ aligned_within d (vscale c (unit 0)) (W (gd d (2 * p) eta (vscale c (unit 0)) (N * d) (isotropic d) s0 T) i) g.
Proof.
intros hd hN he hc hu hstep hstart h0 h3 hi hg.
destruct (growing_run (2 * p) eta c u T he hc hu hstep hstart) as [hpos hle].
assert (hm : 0 < INR (2 * p)) by (apply lt_0_INR; lia).
assert (hoff : 0 < off_axis d v) by (apply Rmult_lt_reg_l with (INR (2 * p)); lra).
apply mirrored_not_aligned with (2 * p)%nat 1 (scalar_run (2 * p) eta c 1 u T) v; try assumption; try lra.
- apply mirrored_gd; try assumption. ring.
- apply Rmult_le_reg_l with (INR (2 * p)); [exact hm | lra].
Qed.

(* The witness: u = sqrt eta / 8, all other coordinates +-sqrt eta / (2 sqrt d); no weight is zero. *)
Definition growing_witness (d : nat) (eta : R) : state :=
  mk_state (fun i k => if Nat.eqb k 0 then sqrt eta / 8 else side i * (sqrt eta / (2 * sqrt (INR d)))) (fun _ => sqrt eta / 8).

Lemma witness_off_axis d eta :
  (2 <= d)%nat -> 0 < eta -> eta / 8 <= off_axis d (fun _ => sqrt eta / (2 * sqrt (INR d))) <= eta / 4.
Proof.
intros hd he. unfold off_axis. set (V := (sqrt eta / (2 * sqrt (INR d)))²).
rewrite (sum_ext d _ (fun k => V - V * unit 0 k)) by (intros k _; unfold unit; destruct (Nat.eqb k 0); unfold V; ring).
rewrite sum_minus, sum_const, sum_scale, (sum_single d (unit 0) 0) by
  (try lia; intros k _ hk; unfold unit; apply Nat.eqb_neq in hk; now rewrite hk).
unfold unit. simpl Nat.eqb. cbv iota.
assert (hdR : 2 <= INR d) by (apply (le_INR 2); exact hd).
assert (hV : INR d * V = eta / 4).
{ unfold V, Rsqr. assert (hs : 0 < sqrt (INR d)) by (apply sqrt_lt_R0; lra).
  replace (INR d * (sqrt eta / (2 * sqrt (INR d)) * (sqrt eta / (2 * sqrt (INR d)))))
    with (sqrt eta * sqrt eta / 4 * (INR d / (sqrt (INR d) * sqrt (INR d)))) by (field; lra).
  rewrite !sqrt_sqrt by lra. field. lra. }
assert (hV0 : 0 <= V) by apply Rle_0_sqr. nra.
Qed.

Theorem lemma45_any_time_refuted (steps : R -> R -> R) :
  (forall eta c, 0 < eta < 1 -> 0 < c -> 0 <= steps eta c) -> ~ lemma45_claim steps.
Proof.
intros hsteps [K1 [K [C0 [d0 [hK1 h]]]]].
set (d := max d0 2). assert (hd : (2 <= d)%nat) by apply Nat.le_max_r.
destruct (large_constant C0 1 (sqrt (INR d)) d) as [C [hC0 [hC1 hfoot]]].
destruct (small_step_size C K1 (Rmin (/ (32 * (Rabs K + 1))) (/ (2 * (K1 + 1)))) hC1 hK1)
  as [delta [m' [N [[hp h8] [hb [h2 [_ [_ [_ [_ [h3 hN]]]]]]]]]]].
{ pose proof (Rabs_pos K). apply Rmin_glb_lt; apply Rinv_0_lt_compat; lra. }
assert (hbK : delta <= / (32 * (Rabs K + 1))) by (apply Rle_trans with (1 := hb), Rmin_l).
assert (hbK1 : delta <= / (2 * (K1 + 1))) by (apply Rle_trans with (1 := hb), Rmin_r).
set (eta := delta ^ 4) in *.
assert (he : 0 < eta) by now apply pow_lt.
assert (hd2 : delta * delta <= / 64) by nra.
assert (he1 : eta <= / 4096) by (unfold eta; replace (delta ^ 4) with (delta * delta * (delta * delta)) by ring; nra).
destruct (natural_below (/ (2 * eta))) as [p [hp1 hp2]]; [left; apply Rinv_0_lt_compat; lra|].
assert (hm : INR (2 * p) = 2 * INR p) by (rewrite mult_INR; simpl; ring).
assert (hhalf : / (2 * eta) * (2 * eta) = 1) by (apply Rinv_l; lra).
assert (hmhi : INR (2 * p) * eta <= 1) by (rewrite hm; nra).
assert (hmlo : / 2 <= INR (2 * p) * eta) by (rewrite hm; nra).
assert (hp0 : (0 < p)%nat) by (apply INR_lt; simpl; nra).
set (c := / 64).
set (theta_star := vscale c (unit 0)).
assert (hc : norm d theta_star = c) by (unfold theta_star; rewrite norm_scale, norm_unit, Rabs_right by (try lia; unfold c; lra); ring).
destruct (rounded_up_exists (steps eta c)) as [T hT]; [apply hsteps; unfold c; lra|].
set (v := fun _ : nat => sqrt eta / (2 * sqrt (INR d))).
assert (hoff : eta / 8 <= off_axis d v <= eta / 4) by now apply witness_off_axis.
assert (hs0 : 0 < sqrt eta) by now apply sqrt_lt_R0.
assert (hss : sqrt eta * sqrt eta = eta) by (apply sqrt_sqrt; lra).
assert (hmir : mirrored d (2 * p) 1 (sqrt eta / 8) v (growing_witness d eta)).
{ intros i _. unfold growing_witness. simpl. split; [ring|]. intros k _. reflexivity. }
assert (hphase : phase_two d (2 * p) eta (growing_witness d eta)).
{ intros i hi. split.
  - apply norm_le_of_sqr; [lra|]. rewrite (mirrored_norm2 d (2 * p) 1 (sqrt eta / 8) v) by (try lia; assumption).
    unfold Rsqr. lra.
  - simpl. rewrite Rabs_right by lra. lra. }
assert (hal : aligned_within d theta_star
  (W (gd d (2 * p) eta theta_star (N * d) (isotropic d) (growing_witness d eta) T) 0) (gap K eta)).
{ apply (h C d (2 * p)%nat (N * d)%nat eta 1 (sqrt (INR d))); try assumption; [| |lia].
  - repeat split; try (apply hfoot); try (apply h2); try assumption.
    + apply Nat.le_max_l.
    + unfold A1. fold eta. replace (sqrt eta) with (delta ^ 2) by (symmetry; now apply sqrt_pow4).
      apply Rle_trans with (/ (2 * eta)).
      * apply Rmult_le_reg_r with (2 * eta); [lra|]. rewrite hhalf. unfold eta, Rdiv.
        replace (K1 * / delta ^ 2 * (2 * delta ^ 4)) with (2 * K1 * (delta * delta)) by (field; lra).
        assert (hk : 2 * (K1 + 1) * delta <= 1).
        { apply Rle_trans with (2 * (K1 + 1) * / (2 * (K1 + 1))); [apply Rmult_le_compat_l; lra | rewrite Rinv_r; lra]. }
        nra.
      * apply Rmult_le_reg_r with (2 * eta); [lra|]. rewrite hhalf. lra.
    + unfold A3 in *. apply Rle_trans with (1 := h3). apply le_INR. nia.
    + apply isotropic_A5. lia.
    + rewrite hc. unfold c. lra.
    + apply hphase. assumption.
    + apply hphase. assumption.
  - rewrite hc. exact hT. }
revert hal. apply (growing_never_aligns d p N eta c (sqrt eta / 8) v); try assumption; try lia; try (unfold c; lra).
- unfold c, Rsqr. replace (sqrt eta / 8 * (sqrt eta / 8)) with (eta / 64) by (rewrite <- hss at 1; field). lra.
- unfold c. nra.
- now apply (gap_below_quarter K delta).
Qed.

Theorem lemma45_flow_time_refuted : ~ lemma45_claim steps_flow_time.
Proof.
apply lemma45_any_time_refuted. intros eta c [he he1] hc. unfold steps_flow_time.
apply Rmult_le_pos; [|left; apply Rinv_0_lt_compat; nra].
rewrite ln_Rinv by exact he. assert (ln eta < 0) by (rewrite <- ln_1; apply ln_increasing; lra). lra.
Qed.
