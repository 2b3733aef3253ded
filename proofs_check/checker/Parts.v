(* What each part of the checker's answer means, one lemma a part. *)
From Coq Require Import Reals Lra Psatz ZArith QArith Qreals List Bool Arith.
From Escapement Require Import Vectors Model NormIdentity Oscillation Constants Theorem42 Lemma43 Lemma45Steps Lemma45Literal
  Lemma46Literal Aligned Fixed Roots Enclosed Certificate Steps Run Quantities Checker.
Import ListNotations.
Open Scope R_scope.

Lemma split_and a b : a && b = true -> a = true /\ b = true.
Proof. apply andb_true_iff. Qed.

Ltac split_checks :=
  repeat match goal with h : _ && _ = true |- _ => apply split_and in h; destruct h end.

Section Parts.
Variable c : certificate.
Let p := bits c.
Hypothesis hp : (0 <= p)%Z.
Hypothesis hd : (1 <= d c)%nat.
Hypothesis hm : (1 <= m c)%nat.
Hypothesis heta : 0 < eta c.
Hypothesis hinputs : forallb (fun v => (length v =? d c)%nat) (inputs c) = true.
Let holds' := network_inside p (d c) (m c).

Lemma every_neuron_true f i : every_neuron c f = true -> (i < m c)%nat -> f i = true.
Proof. unfold every_neuron. rewrite forallb_forall. intros h hi. apply h, in_seq. lia. Qed.

Lemma m_pos : 0 < INR (m c).
Proof. now apply (lt_INR 0). Qed.

Lemma ball_sound l0 l s0 s i : (i < m c)%nat -> holds' l0 s0 -> holds' l s -> still_in_ball c l0 l i = true ->
  norm (d c) (vminus (W s i) (W s0 i)) <= / sqrt (INR (m c)).
Proof.
intros hi h0 h hb. pose proof m_pos as hpos.
assert (hn : INR (m c) * norm2 (d c) (vminus (W s i) (W s0 i)) <= 1).
{ apply (at_most_sound p _ _ _ _ hp hb); [|apply holds_int; exact hp].
  rewrite INR_IZR_INZ. apply holds_scale; [exact hp|]. apply holds_norm2; [exact hp|].
  apply (inside_map2 p p p (d c) _ _ (W s i) (W s0 i) isub Rminus).
  - intros. now apply holds_sub.
  - now apply neuron_inside.
  - now apply neuron_inside. }
pose proof (sqrt_lt_R0 _ hpos) as hs.
apply norm_le_of_sqr; [left; now apply Rinv_0_lt_compat|].
rewrite <- Rinv_mult, sqrt_sqrt by lra.
apply Rmult_le_reg_l with (1 := hpos). rewrite Rinv_r by lra. exact hn.
Qed.

Lemma lazy_sound l0 l s0 s : (horizon c = 0%nat -> s = s0) -> holds' l0 s0 -> holds' l s ->
  check_lazy c l0 l = true -> lazy_before_T1 c s0 s.
Proof.
unfold check_lazy. intros hsame h0 h hc. split_checks. split.
- apply on_true in H. destruct H as [t [ht hle]]. rewrite INR_IZR_INZ.
  apply (at_most_sound p _ _ _ _ hp hle); [now apply holds_int | now apply T1_holds].
- intros i hi. apply orb_true_iff in H0. destruct H0 as [H0|H0].
  + apply Nat.eqb_eq in H0. rewrite (hsame H0). pose proof (sqrt_lt_R0 _ m_pos) as hs.
    apply norm_le_of_sqr; [left; now apply Rinv_0_lt_compat|]. rewrite norm2_minus.
    fold (norm2 (d c) (W s0 i)). pose proof (Rinv_0_lt_compat _ hs). nra.
  + apply (ball_sound l0 l); try assumption. now apply (every_neuron_true _ i H0).
Qed.

Lemma phase_two_sound l0 s0 : holds' l0 s0 -> check_phase_two c l0 = true -> phase_two (d c) (m c) (eta c) s0.
Proof.
intros h hc i hi. pose proof (every_neuron_true _ i hc hi) as hb. cbn beta in hb. split_checks.
destruct (neuron_inside c l0 s0 i hi h) as [hw ha].
pose proof (at_most_sound p _ _ _ _ hp H (holds_norm2 c hp _ _ _ hw) (eta_holds c hp)) as h1.
pose proof (at_most_sound p _ _ _ _ hp H0 (holds_sq c hp _ _ ha) (eta_holds c hp)) as h2.
pose proof (sqrt_pos (eta c)) as hs. split.
- apply norm_le_of_sqr; [exact hs|]. now rewrite sqrt_sqrt by lra.
- rewrite <- sqrt_Rsqr_abs. now apply sqrt_le_1_alt.
Qed.

Lemma no_zero_sound l0 s0 : holds' l0 s0 -> check_no_zero c l0 = true -> no_zero_neuron c s0.
Proof.
intros h hc i hi. destruct (neuron_inside c l0 s0 i hi h) as [hw _].
apply (positive_holds c hp _ _ (every_neuron_true _ i hc hi)). now apply holds_norm2.
Qed.

Lemma norm_positive v : 0 < norm (d c) v -> 0 < norm2 (d c) v.
Proof. intros h. rewrite <- norm_sqr. now apply Rmult_lt_0_compat. Qed.

Lemma collinear_sound s0 i k l : in_box c s0 -> (i < m c)%nat -> (k < d c)%nat -> (l < d c)%nat ->
  collinear c (fst (nth i (starts c) no_start)) k l = true ->
  W s0 i k * theta_star c l = W s0 i l * theta_star c k.
Proof.
intros hbox hi hk hl hc. unfold collinear in hc. apply orb_true_iff in hc. destruct hc as [hc|hc].
{ apply Nat.eqb_eq in hc. now subst l. }
split_checks. destruct (hbox i hi) as [hw _]. pose proof (hw k hk) as wk. pose proof (hw l hl) as wl. unfold within in *.
apply Qeq_bool_iff, Qeq_eqR in H. apply Qeq_bool_iff, Qeq_eqR in H1. apply Qeq_bool_iff, Qeq_eqR in H0.
rewrite !Q2R_mult in H0. unfold theta_star, real_vec. unfold q_at in H0.
replace (W s0 i k) with (Q2R (fst (nth k (fst (nth i (starts c) no_start)) (0, 0)%Q))) by lra.
replace (W s0 i l) with (Q2R (fst (nth l (fst (nth i (starts c) no_start)) (0, 0)%Q))) by lra. exact H0.
Qed.

Lemma aligned_sound s0 : in_box c s0 -> check_aligned c = true -> aligned_start (d c) (m c) (theta_star c) s0.
Proof.
intros hbox hc. unfold check_aligned in hc. split_checks.
pose proof (positive_holds c hp _ _ H (target_norm_holds c hp)) as hnorm.
pose proof (norm_positive _ hnorm) as hn2. set (r := norm (d c) (theta_star c)) in *.
exists r, (vscale (/ r) (theta_star c)), (fun i => dot (d c) (W s0 i) (theta_star c) / r).
split; [exact hnorm|]. split; [|split].
- rewrite norm2_scale. rewrite <- norm_sqr. fold r. unfold Rsqr. field. lra.
- apply FunctionalExtensionality.functional_extensionality. intros k. unfold vscale. field. lra.
- intros i k hi hk. unfold vscale.
  assert (hk' : W s0 i k * norm2 (d c) (theta_star c) = dot (d c) (W s0 i) (theta_star c) * theta_star c k).
  { unfold norm2, dot. rewrite <- sum_scale, (Rmult_comm (sum _ _)), <- sum_scale. apply sum_ext. intros l hl.
    pose proof (every_neuron_true _ i H0 hi) as hr. cbn beta in hr. rewrite forallb_forall in hr.
    assert (hr' := hr k ltac:(apply in_seq; lia)). rewrite forallb_forall in hr'.
    pose proof (collinear_sound s0 i k l hbox hi hk hl (hr' l ltac:(apply in_seq; lia))) as hcol.
    replace (W s0 i k * (theta_star c l * theta_star c l)) with (W s0 i k * theta_star c l * theta_star c l) by ring.
    rewrite hcol. ring. }
  rewrite <- norm_sqr in hk'. fold r in hk'. apply Rmult_eq_reg_r with (r * r); [|nra]. rewrite hk'. field. lra.
Qed.

Lemma misaligned_sound l s i gap g : (i < m c)%nat -> holds' l s -> holds p gap g -> misaligned c l i gap = true ->
  ~ aligned_within (d c) (theta_star c) (W s i) g.
Proof.
intros hi h hg hb. unfold aligned_within. apply Rlt_not_le.
apply (below_sound p _ _ _ _ hp hb); [now apply cosine_side_holds|].
apply holds_times; [exact hp | | now apply norm_side_holds]. apply holds_sub; [now apply holds_int | exact hg].
Qed.

Lemma times_eta_holds i y : holds p i y -> holds p (times_eta c i) (y * eta c).
Proof. intros h. apply holds_times; [exact hp | exact h | now apply eta_holds]. Qed.

Lemma gap46_holds K log y : holds p log y -> holds p (igap46 c K log) (Q2R K * (eta c * y)).
Proof.
intros h. apply holds_times; [exact hp | now apply holds_exact|]. apply holds_times; [exact hp | now apply eta_holds | exact h].
Qed.

Lemma steps46_sound log : holds p log (ln (/ eta c)) -> check_steps46 c log = true ->
  step_count c (steps_46 (eta c) (norm (d c) (theta_star c))).
Proof.
intros hl hc. apply on_true in hc. destruct hc as [q [hq hs]].
apply (step_count_sound c hp q); [exact hs|]. unfold steps_46.
replace (eta c * (norm (d c) (theta_star c))²) with (norm2 (d c) (theta_star c) * eta c).
- apply (holds_quotient c hp _ _ q _ _ hq hl). apply times_eta_holds, holds_norm2; [exact hp|].
  now apply target_inside.
- rewrite <- norm_sqr. unfold Rsqr. ring.
Qed.

Lemma active_sound l0 s0 active : holds' l0 s0 -> check_active c l0 active = true -> active_neuron c active s0.
Proof.
intros h hc. destruct active as [[kappa i]|]; [|exact I]. unfold check_active in hc. split_checks.
apply Nat.ltb_lt in H. split; [exact H|]. destruct (neuron_inside c l0 s0 i H h) as [hw ha].
apply (at_most_sound p _ _ _ _ hp H0); [apply times_eta_holds; now apply holds_exact|].
apply holds_times; [exact hp | exact ha|]. apply holds_dot; [exact hp | exact hw | now apply target_inside].
Qed.

Lemma open_q_sound b : open_q b = true -> Q2R (fst b) < Q2R (snd b).
Proof.
unfold open_q. intros h. apply negb_true_iff in h. apply Qlt_Rlt, Qnot_le_lt. intros hle.
apply Qle_bool_iff in hle. rewrite hle in h. discriminate.
Qed.

Lemma open_sound : forallb (fun s => (length (fst s) =? d c)%nat) (starts c) = true -> check_open c = true -> open_box c.
Proof.
unfold check_open, open_box, open_interval. rewrite !forallb_forall. intros hl hc i hi.
pose proof (nth_In (starts c) no_start hi) as hin. specialize (hc _ hin). specialize (hl _ hin). split_checks.
split; [|now apply open_q_sound]. intros k hk. apply Nat.eqb_eq in hl. rewrite forallb_forall in H.
apply open_q_sound, H, nth_In. now rewrite hl.
Qed.

Lemma q_nat k : Q2R (inject_Z (Z.of_nat k)) = INR k.
Proof. unfold Q2R, inject_Z. simpl. rewrite INR_IZR_INZ. field. Qed.

(* Lemma 4.4's parameters: alpha^2 = sqrt eta, m = 1/sqrt eta. *)
Lemma diminishing_parameters :
  0 < Q2R (amplitude c) ->
  Qeq_bool (inject_Z (Z.of_nat (m c)) * (amplitude c * amplitude c)) 1 = true ->
  Qeq_bool (amplitude c * amplitude c * (amplitude c * amplitude c)) (step_size c) = true ->
  sqrt (eta c) = Q2R (amplitude c * amplitude c) /\ INR (m c) = / sqrt (eta c) /\ Q2R (amplitude c) = sqrt (sqrt (eta c)).
Proof.
intros ha h1 h2. apply Qeq_bool_iff, Qeq_eqR in h1. apply Qeq_bool_iff, Qeq_eqR in h2.
rewrite !Q2R_mult in h1, h2. rewrite q_nat, RMicromega.Q2R_1 in h1. fold (eta c) in h2. rewrite Q2R_mult.
set (al := Q2R (amplitude c)) in *.
assert (hs : sqrt (eta c) = al * al) by (rewrite <- h2; apply sqrt_square; nra).
split; [exact hs|]. split.
- rewrite hs. apply Rmult_eq_reg_r with (al * al); [|nra]. rewrite h1. field. nra.
- rewrite hs. symmetry. apply sqrt_square. lra.
Qed.

Lemma positive_q_real q : positive_q q = true -> 0 < Q2R q.
Proof.
unfold positive_q, Q2R. intros h. apply Z.ltb_lt, IZR_lt in h.
apply Rmult_lt_0_compat; [exact h | apply Rinv_0_lt_compat; now apply IZR_lt].
Qed.

Lemma square_of_list (l : list Q) :
  Q2R (fold_right (fun t sum => (t * t + sum)%Q) 0%Q l) = norm2 (length l) (real_vec l).
Proof.
unfold norm2, dot. induction l as [|q l IH]; [unfold Q2R; simpl; ring|].
cbn [fold_right length]. rewrite Q2R_plus, Q2R_mult, IH, sum_shift. reflexivity.
Qed.

Lemma target_square_real : Q2R (target_square c) = norm2 (d c) (theta_star c).
Proof. apply square_of_list. Qed.

Lemma target_positive : positive_q (target_square c) = true -> 0 < norm2 (d c) (theta_star c).
Proof. intros h. rewrite <- target_square_real. now apply positive_q_real. Qed.

Lemma a4_sound : a4_ok c = true -> norm2 (d c) (theta_star c) * norm2 (d c) (theta_star c) * INR (m c) <= 1.
Proof.
unfold a4_ok. intros h. apply Qle_bool_iff, Qle_Rle in h. rewrite !Q2R_mult, q_nat, RMicromega.Q2R_1, target_square_real in h.
exact h.
Qed.

Lemma constants_sound : constants_ok c = true -> right_constants c.
Proof.
unfold constants_ok, right_constants. intros h. apply split_and in h. destruct h as [h1 h]. split.
- split; [exact heta|]. apply Rnot_le_lt. intros hle. rewrite <- RMicromega.Q2R_1 in hle. unfold eta in hle.
  apply Rle_Qle, Qle_bool_iff in hle. rewrite hle in h1. discriminate.
- destruct (statement c) as [i|fl i|i|i|K i| |ft gen K i|K [[kappa j]|]|K [[kappa j]|] i|]; simpl positive_kappa in h;
    split_checks; repeat split;
    first [now apply positive_q_real | now apply target_positive | now apply Nat.leb_le | now apply a4_sound | exact I].
Qed.

Lemma time_limit t :
  negb (Qle_bool (inject_Z (Z.of_nat (S (horizon c))) * (step_size c * step_size c)) 1) = true ->
  INR t <= / (eta c)² -> (t <= horizon c)%nat.
Proof.
intros hq ht. apply negb_true_iff in hq.
assert (hlt : 1 < INR (S (horizon c)) * (eta c * eta c)).
{ apply Rnot_le_lt. intros hle. rewrite <- q_nat in hle. unfold eta in hle. rewrite <- !Q2R_mult, <- RMicromega.Q2R_1 in hle.
  apply Rle_Qle, Qle_bool_iff in hle. rewrite hle in hq. discriminate. }
assert (INR t < INR (S (horizon c))).
{ apply Rle_lt_trans with (1 := ht). apply Rmult_lt_reg_r with ((eta c)²); [apply Rlt_0_sqr; lra|].
  rewrite Rinv_l; [exact hlt | apply Rgt_not_eq, Rlt_0_sqr; lra]. }
apply INR_lt in H. lia.
Qed.

End Parts.
