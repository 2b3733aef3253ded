(* What the claims compare, on intervals: norms, times, cosines, DeltaW and its probability; each holds the real quantity. *)
From Coq Require Import Reals Lra Psatz ZArith QArith Qreals List Bool Arith.
From Interval Require Import Tactic.
From Escapement Require Import Vectors Model NormIdentity Constants Lemma43 Fixed Roots Enclosed Certificate Steps.
Import ListNotations.
Open Scope R_scope.

Definition then_ (o : option interval) (f : interval -> option interval) : option interval :=
  match o with Some i => f i | None => None end.
Definition on (o : option interval) (f : interval -> bool) : bool := match o with Some i => f i | None => false end.

Section Quantities.
Variable c : certificate.
Let p := bits c.

Definition iint (z : Z) : interval := (Z.shiftl z (bits c), Z.shiftl z (bits c)).
Definition iquotient (i j : interval) : option interval := if positive j then Some (idiv (bits c) i j) else None.
Definition inorm2 (u : ivec) : interval := isquares (bits c) u.
Definition inorm (u : ivec) : interval := isqrt (bits c) (inorm2 u).
Definition isq (i : interval) : interval := iround (bits c) (isquare i).
Definition nth_neuron (i : nat) (s : network) : neuron := nth i s no_neuron.

Definition ilog : option interval := then_ (iquotient (iint 1) (ieta c)) (iln (bits c)).  (* ln (1/eta) *)
Definition iT1 : option interval :=
  then_ (iln (bits c) (iint (Z.of_nat (m c)))) (fun l =>
    iquotient (iscale 384 (isqrt (bits c) l))
      (itimes (bits c) (itimes (bits c) (isq (isigma c)) (isq (ieta c))) (isqrt (bits c) (iint (Z.of_nat (m c)))))).
Definition istep_count (time : interval) : bool :=
  below (iint (Z.of_nat (horizon c) - 1)) time && at_most time (iint (Z.of_nat (horizon c))).

Definition icosine_side (s : network) (i : nat) : interval :=
  iabs (idot (bits c) (itarget c) (fst (nth_neuron i s))).
Definition inorm_side (s : network) (i : nat) : interval :=
  itimes (bits c) (inorm (itarget c)) (inorm (fst (nth_neuron i s))).

(* DeltaW of a neuron at an event. *)
Definition idelta_w (e : nat * Z) (s : network) (i : nat) : interval :=
  let z := nth_neuron i s in
  let x := iinput c (fst e) in
  iopp (itimes (bits c) (isq (iresidual c e s))
    (isub (isq (idot (bits c) x (fst z))) (itimes (bits c) (isq (snd z)) (inorm2 x)))).

(* How many of the 2k events on the first k samples have DeltaW above the bound for certain. *)
Fixpoint count_above (bound : interval) (s : network) (i k : nat) : nat :=
  match k with
  | O => O
  | S l => count_above bound s i l + (if below bound (idelta_w (l, 1%Z) s i) then 1 else 0)
           + (if below bound (idelta_w (l, (-1)%Z) s i) then 1 else 0)
  end.

(* 2 sqrt d / sqrt pi / m^(1/8) *)
Definition isign_bound : option interval :=
  then_ (iquotient (iscale 2 (isqrt (bits c) (iint (Z.of_nat (d c)))))
           (isqrt (bits c) (ibetween (bits c) (333 # 106) (355 # 113))))
        (fun r => iquotient r (isqrt (bits c) (isqrt (bits c) (isqrt (bits c) (iint (Z.of_nat (m c))))))).

Definition imean (l : ivec) : interval := ishare (Z.of_nat (m c)) (isum l).

Fixpoint isum_options (l : list (option interval)) : option interval :=
  match l with
  | [] => Some izero
  | o :: l => then_ o (fun i => then_ (isum_options l) (fun j => Some (iadd i j)))
  end.
Definition imean_cosine (s : network) : option interval :=
  then_ (isum_options (map (fun i => iquotient (icosine_side s i) (inorm_side s i)) (seq 0 (m c))))
        (fun t => Some (ishare (Z.of_nat (m c)) t)).

Hypothesis hp : (0 <= p)%Z.
Hypothesis hinputs : forallb (fun v => (length v =? d c)%nat) (inputs c) = true.
Let holds' := network_inside p (d c) (m c).

Lemma on_true o f : on o f = true -> exists i, o = Some i /\ f i = true.
Proof. destruct o as [i|]; [|discriminate]. intros h. now exists i. Qed.

Lemma then_some o f j : then_ o f = Some j -> exists i, o = Some i /\ f i = Some j.
Proof. destruct o as [i|]; [|discriminate]. intros h. now exists i. Qed.

Lemma holds_int z : holds p (iint z) (IZR z).
Proof. unfold holds, iint. simpl. rewrite (shiftl_IZR p hp). fold p. lra. Qed.

Lemma holds_nat k : holds p (iint (Z.of_nat k)) (INR k).
Proof. rewrite INR_IZR_INZ. apply holds_int. Qed.

Lemma positive_holds i y : positive i = true -> holds p i y -> 0 < y.
Proof.
unfold positive, holds. intros h [h1 _]. apply Z.ltb_lt, IZR_lt in h. pose proof (unit_pos p hp). nra.
Qed.

Lemma holds_quotient i j q y z : iquotient i j = Some q -> holds p i y -> holds p j z -> 0 < z /\ holds p q (y / z).
Proof.
unfold iquotient. destruct (positive j) eqn:hj; [|discriminate]. intros h hy hz. injection h as <-.
split; [now apply (positive_holds j) | now apply holds_div].
Qed.

Lemma holds_norm2 u k v : inside p k u v -> holds p (inorm2 u) (norm2 k v).
Proof. now apply holds_squares. Qed.

Lemma holds_norm u k v : inside p k u v -> holds p (inorm u) (norm k v).
Proof. intros h. apply holds_sqrt; [exact hp | now apply holds_norm2]. Qed.

Lemma holds_sq i y : holds p i y -> holds p (isq i) (y²).
Proof. intros h. apply holds_round; [exact hp | now apply holds_square]. Qed.

Lemma eta_holds : holds p (ieta c) (eta c).
Proof. now apply holds_exact. Qed.

Lemma sigma_holds : holds p (isigma c) (sigma c).
Proof. now apply holds_exact. Qed.

Lemma log_holds l : ilog = Some l -> 0 < eta c /\ holds p l (ln (/ eta c)).
Proof.
intros h. apply then_some in h. destruct h as [i [hi hl]].
destruct (holds_quotient _ _ _ _ _ hi (holds_int 1) eta_holds) as [he hq]. split; [exact he|].
apply (holds_ln p hp i); [now apply Rinv_0_lt_compat | | exact hl].
unfold Rdiv in hq. now rewrite Rmult_1_l in hq.
Qed.

Lemma T1_holds t : (1 <= m c)%nat -> iT1 = Some t -> holds p t (T1 (sigma c) (eta c) (INR (m c))).
Proof.
intros hm h. apply then_some in h. destruct h as [l [hl hq]].
assert (h0 : 0 < INR (m c)) by now apply (lt_INR 0).
pose proof (holds_ln p hp _ _ _ h0 (holds_nat (m c)) hl) as hln.
apply (holds_quotient _ _ _ (384 * sqrt (ln (INR (m c)))) ((sigma c)² * (eta c)² * sqrt (INR (m c)))) in hq; [apply hq | |].
- apply (holds_scale p 384); [exact hp | now apply holds_sqrt].
- apply holds_times; [exact hp | apply holds_times; [exact hp | |] | apply holds_sqrt; [exact hp | apply holds_nat]].
  + apply holds_sq, sigma_holds.
  + apply holds_sq, eta_holds.
Qed.

Lemma step_count_sound i time : istep_count i = true -> holds p i time -> step_count c time.
Proof.
unfold istep_count, step_count. intros h ht. apply andb_true_iff in h. destruct h as [h1 h2].
pose proof (below_sound p _ _ _ _ hp h1 (holds_int _) ht) as a1.
pose proof (at_most_sound p _ _ _ _ hp h2 ht (holds_int _)) as a2.
rewrite minus_IZR, <- INR_IZR_INZ in a1. rewrite <- INR_IZR_INZ in a2. lra.
Qed.

Lemma neuron_inside l s i : (i < m c)%nat -> holds' l s ->
  inside p (d c) (fst (nth_neuron i l)) (W s i) /\ holds p (snd (nth_neuron i l)) (a s i).
Proof. intros hi [_ h]. now apply h. Qed.

Lemma cosine_side_holds l s i : (i < m c)%nat -> holds' l s ->
  holds p (icosine_side l i) (Rabs (dot (d c) (theta_star c) (W s i))).
Proof.
intros hi h. apply holds_abs; [exact hp|]. apply holds_dot; [exact hp | now apply target_inside | now apply neuron_inside].
Qed.

Lemma target_norm_holds : holds p (inorm (itarget c)) (norm (d c) (theta_star c)).
Proof. apply holds_norm. now apply target_inside. Qed.

Lemma norm_side_holds l s i : (i < m c)%nat -> holds' l s ->
  holds p (inorm_side l i) (norm (d c) (theta_star c) * norm (d c) (W s i)).
Proof.
intros hi h. apply holds_times; [exact hp | apply target_norm_holds | apply holds_norm; now apply neuron_inside].
Qed.

Definition real_delta_w (e : nat * Z) (s : state) (i : nat) : R :=
  delta_w (d c) (residual (d c) (m c) (theta_star c) (x c (fst e)) (IZR (snd e) * sigma c) s) (x c (fst e)) s i.

Lemma delta_w_holds e l s i : (i < m c)%nat -> holds' l s -> holds p (idelta_w e l i) (real_delta_w e s i).
Proof.
intros hi h. destruct (neuron_inside l s i hi h) as [hw ha]. unfold real_delta_w, delta_w.
rewrite Ropp_mult_distr_l_reverse.
pose proof (input_inside c hp hinputs (fst e)) as hx.
apply holds_opp, holds_times; [exact hp | apply holds_sq; now apply residual_holds|].
apply holds_sub.
- apply holds_sq. now apply holds_dot.
- apply holds_times; [exact hp | now apply holds_sq | now apply holds_norm2].
Qed.

Lemma indicator_after_check bound B e l s i : (i < m c)%nat -> holds' l s -> holds p bound B ->
  indicator_le (real_delta_w e s i) B <= 1 - INR (if below bound (idelta_w e l i) then 1 else 0).
Proof.
intros hi h hb. destruct (below bound (idelta_w e l i)) eqn:hc; unfold indicator_le; simpl.
- pose proof (below_sound p _ _ _ _ hp hc hb (delta_w_holds e l s i hi h)). destruct (Rle_dec _ _); lra.
- destruct (Rle_dec _ _); lra.
Qed.

Lemma count_sound bound B l s i k : (i < m c)%nat -> holds' l s -> holds p bound B ->
  sum k (fun l => indicator_le (real_delta_w (l, 1%Z) s i) B + indicator_le (real_delta_w (l, (-1)%Z) s i) B)
  <= 2 * INR k - INR (count_above bound l i k).
Proof.
intros hi h hb. induction k as [|k IH]; [simpl; lra|].
cbn [sum count_above]. rewrite !plus_INR, S_INR.
pose proof (indicator_after_check bound B (k, 1%Z) l s i hi h hb).
pose proof (indicator_after_check bound B (k, (-1)%Z) l s i hi h hb). lra.
Qed.

Lemma probability_bound bound B l s i : (i < m c)%nat -> (1 <= n c)%nat -> holds' l s -> holds p bound B ->
  probability_delta_w (d c) (m c) (n c) (sigma c) (theta_star c) (x c) s i B
  <= 1 - INR (count_above bound l i (n c)) / INR (2 * n c).
Proof.
intros hi hn h hb. unfold probability_delta_w. pose proof (count_sound bound B l s i (n c) hi h hb) as hs.
assert (h0 : 0 < INR (n c)) by now apply (lt_INR 0). rewrite mult_INR. change (INR 2) with 2.
apply Rmult_le_reg_r with (2 * INR (n c)); [lra|].
replace ((1 - INR (count_above bound l i (n c)) / (2 * INR (n c))) * (2 * INR (n c)))
  with (2 * INR (n c) - INR (count_above bound l i (n c))) by (field; lra).
unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
apply Rle_trans with (2 := hs). right. apply sum_ext. intros k _. unfold real_delta_w. cbn [fst snd].
now replace (-1 * sigma c) with (- sigma c) by ring; rewrite Rmult_1_l.
Qed.

Lemma sign_bound_holds b : isign_bound = Some b ->
  holds p b (2 * sqrt (INR (d c)) / sqrt PI / sqrt (sqrt (sqrt (INR (m c))))).
Proof.
intros h. apply then_some in h. destruct h as [r [hr hb]].
apply (holds_quotient _ _ _ (2 * sqrt (INR (d c))) (sqrt PI)) in hr.
- apply (holds_quotient _ _ _ (2 * sqrt (INR (d c)) / sqrt PI) (sqrt (sqrt (sqrt (INR (m c)))))) in hb; [apply hb | apply hr |].
  repeat (apply holds_sqrt; [exact hp|]). apply holds_nat.
- apply (holds_scale p 2); [exact hp|]. apply holds_sqrt; [exact hp | apply holds_nat].
- apply holds_sqrt; [exact hp|]. apply holds_between; [exact hp|]. unfold Q2R. simpl. split; interval with (i_prec 60).
Qed.

Lemma mean_holds l f : inside p (m c) l f -> (1 <= m c)%nat -> holds p (imean l) (/ INR (m c) * sum (m c) f).
Proof.
intros h hm. rewrite INR_IZR_INZ. apply holds_share; [lia | now apply holds_total].
Qed.

Lemma neurons_map l s (f : neuron -> interval) (g : nat -> R) : holds' l s ->
  (forall i, (i < m c)%nat -> holds p (f (nth_neuron i l)) (g i)) -> inside p (m c) (map f l) g.
Proof.
intros [hl _] hf. split; [now rewrite map_length|]. intros i hi.
rewrite (map_nth_in f l i no_neuron) by (rewrite <- hl in hi; exact hi). now apply hf.
Qed.

Lemma mean_square_holds l s : (1 <= m c)%nat -> holds' l s ->
  holds p (imean (map (fun z => inorm2 (fst z)) l)) (mean_square c s).
Proof.
intros hm h. apply mean_holds; [|exact hm]. apply (neurons_map l s _ _ h).
intros i hi. apply holds_norm2. now apply neuron_inside.
Qed.

Lemma mean_norm_holds l s : (1 <= m c)%nat -> holds' l s ->
  holds p (imean (map (fun z => inorm (fst z)) l)) (mean_norm c s).
Proof.
intros hm h. apply mean_holds; [|exact hm]. apply (neurons_map l s _ _ h).
intros i hi. apply holds_norm. now apply neuron_inside.
Qed.

Lemma options_sum (f : nat -> option interval) (g : nat -> R) first k t :
  isum_options (map f (seq first k)) = Some t ->
  (forall i j, (first <= i < first + k)%nat -> f i = Some j -> holds p j (g i)) ->
  holds p t (sum k (fun i => g (first + i)%nat)).
Proof.
revert first t. induction k as [|k IH]; intros first t h hf.
- simpl in h. injection h as <-. apply holds_zero.
- simpl in h. apply then_some in h. destruct h as [i [hi h]]. apply then_some in h. destruct h as [j [hj h]].
  injection h as <-. rewrite sum_shift, Nat.add_0_r. apply holds_add; [apply hf; [lia | exact hi]|].
  rewrite (sum_ext k _ (fun i => g (S first + i)%nat)) by (intros; f_equal; lia).
  apply (IH (S first) j hj). intros i' j' hi'. apply hf. lia.
Qed.

Lemma mean_cosine_holds l s t : (1 <= m c)%nat -> holds' l s -> imean_cosine l = Some t -> holds p t (mean_cosine c s).
Proof.
intros hm h ht. apply then_some in ht. destruct ht as [u [hu ht]]. injection ht as <-.
unfold mean_cosine. rewrite INR_IZR_INZ at 1. apply holds_share; [lia|].
apply (options_sum _ (fun i => Rabs (dot (d c) (theta_star c) (W s i)) / (norm (d c) (theta_star c) * norm (d c) (W s i)))
         0 (m c) u hu).
intros i j hi hq. apply (holds_quotient _ _ _ _ _ hq); [apply cosine_side_holds | apply norm_side_holds]; try assumption; lia.
Qed.

End Quantities.
