(* The checker can be believed: if it answers true, every start in the certificate's box violates the certificate's claim
   (checker_sound), and there is such a start (box_inhabited). *)
From Coq Require Import Reals Lra Psatz ZArith QArith Qreals List Bool Arith.
From Escapement Require Import Vectors Model NormIdentity Oscillation Constants Theorem42 Lemma43 Lemma45Steps Lemma45Literal
  Lemma46Literal Aligned Fixed Roots Enclosed Certificate Steps Run Quantities Checker Parts.
Import ListNotations.
Open Scope R_scope.

Section Soundness.
Variable c : certificate.
Let p := bits c.
Hypothesis hp : (0 <= p)%Z.
Hypothesis hd : (1 <= d c)%nat.
Hypothesis hm : (1 <= m c)%nat.
Hypothesis heta : 0 < eta c.
Hypothesis hinputs : forallb (fun v => (length v =? d c)%nat) (inputs c) = true.
Let holds' := network_inside p (d c) (m c).

Lemma same_at_zero s0 : trajectory c s0 0 = s0 -> horizon c = 0%nat -> trajectory c s0 (horizon c) = s0.
Proof. intros h hz. now rewrite hz. Qed.

Theorem final_sound s0 l :
  forallb (fun s => (length (fst s) =? d c)%nat) (starts c) = true ->
  in_box c s0 ->
  match neuron_of_claim c with Some i => (i < m c)%nat | None => True end ->
  match statement c with Diminishing => 0 < Q2R (amplitude c) | _ => True end ->
  match statement c with Diminishing => True | _ => trajectory c s0 0 = s0 end ->
  holds' (istart c) (trajectory c s0 0) ->
  holds' l (trajectory c s0 (horizon c)) ->
  (forall t, (t < horizon c)%nat -> exists st, along c st = true /\ holds' st (trajectory c s0 t)) ->
  final c (istart c) l = true -> violation c s0.
Proof.
unfold final, violation, neuron_of_claim, along.
intros hstarts hbox hi halpha hstart h0 h hpath hf. set (s := trajectory c s0 (horizon c)) in *.
set (e := nth (horizon c) (driving c) no_event) in *. destruct (statement c) as [i|fl i|i|i|K i| |ft gen K i|K act|K act i|].
- (* OscillationIdentity *)
  destruct (neuron_inside c l s i hi h) as [hw _]. rewrite oscillation_exact. unfold left_side, x_at, eps_at. fold e.
  pose proof (holds_times p hp _ _ _ _ (residual_holds c hp hinputs e l s h)
                (holds_dot p hp _ _ _ _ _ (input_inside c hp hinputs (fst e)) hw)) as hmove.
  pose proof (holds_sq c hp _ _ hmove) as hleft. pose proof (holds_sq c hp _ _ (times_eta_holds c hp _ _ hmove)) as hright.
  rewrite <- Rsqr_mult. rewrite Rsqr_mult, Rmult_comm in hright.
  apply orb_true_iff in hf. destruct hf as [hf|hf].
  + apply Rlt_not_eq. exact (below_sound p _ _ _ _ hp hf hleft hright).
  + apply Rgt_not_eq. exact (below_sound p _ _ _ _ hp hf hright hleft).
- (* Escape *)
  rewrite hstart in h0. split_checks. split; [|split].
  + apply on_true in H. destruct H as [t [ht hc]]. apply (step_count_sound c hp t); [exact hc | now apply T1_holds].
  + intros hfl. apply orb_true_iff in H0. destruct H0 as [H0|H0]; [subst fl; discriminate|].
    destruct (neuron_inside c _ s0 i hi h0) as [hw _].
    assert (hn : 1 <= 4 * norm2 (d c) (W s0 i)).
    { apply (at_most_sound p _ _ _ _ hp H0); [now apply holds_int|]. apply (holds_scale p 4); [exact hp|]. now apply holds_norm2. }
    rewrite <- norm_sqr in hn. pose proof (norm_nonneg (d c) (W s0 i)). nra.
  + unfold escaped. apply Rle_not_lt. now apply (ball_sound c hp hm (istart c) l).
- (* Sign *)
  rewrite hstart in h0. split_checks. split; [apply (lazy_sound c hp hd hm (istart c) l); try assumption; now apply same_at_zero|].
  apply Nat.leb_le in H1. apply on_true in H0. destruct H0 as [b [hb hlt]].
  pose proof (probability_bound c hp hinputs izero 0 l s i hi H1 h (holds_zero p)) as hprob.
  assert (hn : (0 < 2 * n c)%nat) by lia.
  pose proof (below_sound p _ _ _ _ hp hlt (sign_bound_holds c hp b hb)
    (holds_share p (Z.of_nat (2 * n c)) _ _ ltac:(lia) (holds_nat c hp (count_above c izero l i (n c))))) as hbound.
  rewrite <- INR_IZR_INZ in hbound. unfold Rdiv in hprob |- *. lra.
- (* Size *)
  rewrite hstart in h0. split_checks. split; [apply (lazy_sound c hp hd hm (istart c) l); try assumption; now apply same_at_zero|].
  apply Nat.leb_le in H1. apply Nat.ltb_lt, lt_INR in H0. rewrite !mult_INR in H0. change (INR 2) with 2 in H0.
  assert (hb : holds p (iopp (isq c (ishare 4 (isigma c)))) (- (sigma c / 4)²)).
  { apply holds_opp, holds_sq; [exact hp|]. unfold Rdiv. rewrite Rmult_comm.
    apply (holds_share p 4); [lia | now apply sigma_holds]. }
  pose proof (probability_bound c hp hinputs _ _ l s i hi H1 h hb) as hprob. apply Rle_lt_trans with (1 := hprob).
  assert (hn : 0 < INR (n c)) by now apply (lt_INR 0). rewrite mult_INR. change (INR 2) with 2.
  replace (INR 3) with 3 in H0 by (simpl; ring). replace (INR 4) with 4 in H0 by (simpl; ring).
  apply Rmult_lt_reg_r with (2 * INR (n c)); [lra|].
  set (N := INR (count_above _ _ _ _ _)) in *.
  replace ((1 - N / (2 * INR (n c))) * (2 * INR (n c))) with (2 * INR (n c) - N) by (field; lra). lra.
- (* Bound *)
  rewrite hstart in h0. split_checks. split; [apply (lazy_sound c hp hd hm (istart c) l); try assumption; now apply same_at_zero|].
  exact (below_sound p _ _ _ _ hp H0 (holds_exact p K hp) (delta_w_holds c hp hinputs e l s i hi h)).
- (* Diminishing *)
  split_checks. destruct (diminishing_parameters c halpha H H2) as [hs [hwidth ham]].
  split; [exact hwidth|]. split; [exact ham|]. intros t ht. apply (time_limit c hd hm heta t H1) in ht. rewrite hs.
  assert (hst : exists st, below (iexact (bits c) (amplitude c * amplitude c)) (imean c (map (fun z => inorm2 c (fst z)) st)) = true
                           /\ holds' st (trajectory c s0 t)).
  { destruct (Nat.eq_dec t (horizon c)) as [->|hne]; [now exists l | apply hpath; lia]. }
  destruct hst as [st [hb hin]].
  exact (below_sound p _ _ _ _ hp hb (holds_exact p _ hp) (mean_square_holds c hp st _ hm hin)).
- (* Alignment *)
  rewrite hstart in h0. split_checks. split.
  { intros hgen. subst gen. exact (open_sound c hstarts H). }
  split; [now apply (phase_two_sound c hp hd hm heta (istart c))|].
  apply on_true in H0. destruct H0 as [log [hlog hc]]. destruct (log_holds c hp log hlog) as [_ hl]. split_checks. split.
  + apply on_true in H0. destruct H0 as [q [hq hs]]. apply (step_count_sound c hp q); [exact hs|].
    pose proof (target_norm_holds c hp) as ht.
    destruct ft; [unfold steps_flow_time | unfold steps_literal]; apply (holds_quotient c hp log _ q _ _ hq hl); [|exact ht].
    apply holds_times; [exact hp | now apply eta_holds | exact ht].
  + apply (misaligned_sound c hp l s i _ _ hi h) with (2 := H2). unfold gap.
    apply holds_times; [exact hp | now apply holds_exact|]. apply holds_times; [exact hp | exact hl|].
    apply holds_sqrt; [exact hp | now apply eta_holds].
- (* Convergence *)
  rewrite hstart in h0. apply split_and in hf. destruct hf as [hf hlast]. split_checks.
  apply on_true in hlast. destruct hlast as [log [hlog hc]]. destruct (log_holds c hp log hlog) as [_ hl].
  apply split_and in hc. destruct hc as [hsteps hfar].
  split; [now apply (phase_two_sound c hp hd hm heta (istart c))|]. split; [now apply (no_zero_sound c hp hd hm (istart c))|].
  split; [now apply (aligned_sound c hp hd hm)|]. split; [now apply (active_sound c hp (istart c))|].
  split; [now apply (steps46_sound c hp log)|].
  apply (below_sound p _ _ _ _ hp hfar); [now apply (gap46_holds c hp)|]. apply holds_norm; [exact hp | now apply error_inside].
- (* KeptAlignment *)
  rewrite hstart in h0. apply split_and in hf. destruct hf as [hf hlast]. split_checks.
  apply on_true in hlast. destruct hlast as [log [hlog hc]]. destruct (log_holds c hp log hlog) as [_ hl].
  apply split_and in hc. destruct hc as [hc hmis]. apply split_and in hc. destruct hc as [hsteps hlong].
  destruct (neuron_inside c l s i hi h) as [hw _].
  split; [now apply (phase_two_sound c hp hd hm heta (istart c))|]. split; [now apply (no_zero_sound c hp hd hm (istart c))|].
  split; [now apply (aligned_sound c hp hd hm)|]. split; [now apply (active_sound c hp (istart c))|].
  split; [now apply (steps46_sound c hp log)|]. split.
  + unfold norm. apply sqrt_le_1_alt. exact (at_most_sound p _ _ _ _ hp hlong (eta_holds c hp) (holds_norm2 c hp _ _ _ hw)).
  + exact (misaligned_sound c hp l s i _ _ hi h (gap46_holds c hp K log _ hl) hmis).
- (* SamPhases *)
  rewrite hstart in h0. apply split_and in hf. destruct hf as [hfirst hf].
  assert (hh : holds p (ishare 2 (iint c 1)) (/ 2)).
  { rewrite <- (Rmult_1_r (/ 2)). apply (holds_share p 2); [lia | now apply holds_int]. }
  apply on_true in hfirst. destruct hfirst as [u [hu hb0]]. apply on_true in hf. destruct hf as [t [ht hb]]. split; [|split].
  + exact (below_sound p _ _ _ _ hp hb0 (mean_cosine_holds c hp (istart c) s0 u hm h0 hu) hh).
  + exact (below_sound p _ _ _ _ hp hb hh (mean_cosine_holds c hp l s t hm h ht)).
  + intros k hk. destruct (hpath k hk) as [st [hle hin]].
    apply (at_most_sound p _ _ _ _ hp hle); [|now apply mean_norm_holds].
    unfold Rdiv. rewrite Rmult_comm. apply (holds_share p 2); [lia | now apply mean_norm_holds].
Qed.

End Soundness.

Theorem checker_sound (c : certificate) : check c = true -> forall s0, in_box c s0 -> violated c s0.
Proof.
unfold check, well_formed. intros hc s0 hbox. split_checks.
destruct (enclosed_end c) as [l|] eqn:hrun; [|discriminate].
assert (hp : (0 <= bits c)%Z) by (apply Z.le_trans with 1%Z; [lia | apply Z.leb_le; assumption]).
assert (hd : (1 <= d c)%nat) by (apply Nat.leb_le; assumption).
assert (hm : (1 <= m c)%nat) by (apply Nat.leb_le; assumption).
assert (heta : 0 < eta c) by (apply positive_q_real; assumption).
assert (hinputs : forallb (fun v => (length v =? d c)%nat) (inputs c) = true) by assumption.
assert (hstarts : forallb (fun s => (length (fst s) =? d c)%nat) (starts c) = true).
{ match goal with h : forallb _ (starts c) = true |- _ => rename h into hall end.
  apply forallb_forall. intros s hs. rewrite forallb_forall in hall. pose proof (hall s hs) as h. now split_checks. }
assert (hlayers : match rule c with Driven => length (nth 0 (layers c) []) = m c | _ => True end).
{ destruct (rule c); try exact I. split_checks. unfold starts_on_chain in *.
  destruct (layers c) as [|first rest]; [discriminate|].
  match goal with h : chain_ok _ _ = true |- _ => simpl in h end. split_checks. simpl. apply Nat.eqb_eq. assumption. }
pose proof (start_inside c hp hstarts hlayers s0 hbox) as h0.
destruct (run_sound c hp hinputs hstarts hlayers (along c) s0 (horizon c) l hbox hrun) as [hend hpath].
split; [now apply (constants_sound c heta)|].
apply (final_sound c hp hd hm heta hinputs s0 l); try assumption.
- destruct (neuron_of_claim c) as [i|]; [apply Nat.ltb_lt; assumption | exact I].
- unfold right_method in *. destruct (statement c); try exact I. destruct (rule c); try discriminate. split_checks.
  apply positive_q_real. assumption.
- unfold right_method, trajectory in *. destruct (statement c), (rule c); try discriminate; reflexivity || exact I.
Qed.

Theorem box_inhabited (c : certificate) : check c = true -> exists s0, in_box c s0.
Proof.
unfold check, well_formed. intros hc. split_checks.
match goal with h : forallb _ (starts c) = true |- _ => rename h into hall end. rewrite forallb_forall in hall.
exists (mk_state (fun i k => Q2R (fst (nth k (fst (nth i (starts c) no_start)) (0, 0)%Q)))
          (fun i => Q2R (fst (snd (nth i (starts c) no_start))))).
assert (hbox : forall b, box_ok b = true -> within b (Q2R (fst b))).
{ intros b hb. split; [lra|]. apply Qle_Rle. now apply Qle_bool_iff. }
intros i hi. pose proof (hall _ (nth_In (starts c) no_start hi)) as h.
apply split_and in h. destruct h as [h hlast]. apply split_and in h. destruct h as [hlen hrow].
split; [|now apply hbox]. intros k hk. simpl. apply hbox. rewrite forallb_forall in hrow.
apply hrow, nth_In. apply Nat.eqb_eq in hlen. now rewrite hlen.
Qed.
