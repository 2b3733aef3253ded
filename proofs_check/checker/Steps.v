(* The steps of every method on networks of intervals, and that they hold the real ones. *)
From Coq Require Import Reals Lra Psatz ZArith QArith Qreals List Bool Arith.
From Escapement Require Import Vectors Model Sam Fixed Roots Enclosed Certificate.
Import ListNotations.
Open Scope R_scope.

Section Moves.
Variable p : Z.

Definition idot (u v : ivec) : interval := iround p (idot2 u v).
Definition itimes (i j : interval) : interval := iround p (imul i j).
Definition isquares (l : ivec) : interval := iround p (isum (map isquare l)).

(* w_i + k a'_i q and a_i + k <w'_i, q>, where the primed neurons give the direction. *)
Definition imove_neuron (k : interval) (q : ivec) (z' z : neuron) : neuron :=
  let ka := itimes k (snd z') in
  (map2 (fun w qk => iadd w (itimes ka qk)) (fst z) q, iadd (snd z) (itimes k (idot (fst z') q))).
Definition imove (k : interval) (q : ivec) (s' s : network) : network := map2 (imove_neuron k q) s' s.

Definition itheta (d : nat) (s : network) : ivec := map (iround p) (icombine2 d (map snd s) (map fst s)).

Hypothesis hp : (0 <= p)%Z.

Lemma holds_times i j x y : holds p i x -> holds p j y -> holds p (itimes i j) (x * y).
Proof. intros hx hy. apply holds_round; [exact hp|]. now apply holds_mul. Qed.

Lemma holds_dot d u v x y : inside p d u x -> inside p d v y -> holds p (idot u v) (dot d x y).
Proof. intros hx hy. apply holds_round; [exact hp|]. now apply holds_dot2. Qed.

Lemma holds_squares d u x : inside p d u x -> holds p (isquares u) (sum d (fun k => x k * x k)).
Proof.
intros hu. apply holds_round; [exact hp|]. apply holds_total.
apply (inside_map p (p + p) d u x isquare (fun y => y * y)); [|exact hu]. intros. now apply holds_square.
Qed.

Lemma network_inside_ext q d m l s s' :
  (forall i k, (i < m)%nat -> (k < d)%nat -> W s i k = W s' i k) -> (forall i, (i < m)%nat -> a s i = a s' i) ->
  network_inside q d m l s -> network_inside q d m l s'.
Proof.
intros hW ha [hl h]. split; [exact hl|]. intros i hi. destruct (h i hi) as [h1 h2]. split.
- apply inside_ext with (2 := h1). intros k hk. now apply hW.
- rewrite <- ha by exact hi. exact h2.
Qed.

Lemma move_inside d m k q s' s K Q S' S :
  holds p k K -> inside p d q Q -> network_inside p d m s' S' -> network_inside p d m s S ->
  network_inside p d m (imove k q s' s)
    (mk_state (fun i j => W S i j + K * a S' i * Q j) (fun i => a S i + K * dot d (W S' i) Q)).
Proof.
intros hk hq [hl' h'] [hl h]. split; [now apply map2_length|]. intros i hi. unfold imove.
rewrite (map2_nth _ s' s m i no_neuron no_neuron) by assumption.
destruct (h' i hi) as [hw' ha']. destruct (h i hi) as [hw ha]. simpl. split.
- apply (inside_map2 p p p d _ _ (W S i) Q _ (fun w y => w + K * a S' i * y)); [|exact hw | exact hq].
  intros u v y z hy hz. apply holds_add; [exact hy|]. apply holds_times; [now apply holds_times | exact hz].
- apply holds_add; [exact ha|]. apply holds_times; [exact hk | now apply holds_dot].
Qed.

Lemma theta_inside d m l s : network_inside p d m l s -> inside p d (itheta d l) (theta m s).
Proof.
intros h. apply inside_round; [exact hp|]. destruct (first_layer p d m l s h) as [h1 h2].
apply (inside_combine2 p hp d m _ _ (a s) (W s)); [now apply (second_layer p d) | exact h1 | exact h2].
Qed.

End Moves.

Section Steps.
Variable c : certificate.
Let p := bits c.
Hypothesis hp : (0 <= p)%Z.
Hypothesis hinputs : forallb (fun v => (length v =? d c)%nat) (inputs c) = true.

Definition ieta : interval := iexact (bits c) (step_size c).
Definition isigma : interval := iexact (bits c) (noise_level c).
Definition itarget : ivec := map (iexact (bits c)) (ground_truth c).
Definition iinputs : list ivec := map (map (iexact (bits c))) (inputs c).
(* A sample that does not exist is the zero vector, here as in `x`. *)
Definition iinput (l : nat) : ivec :=
  match nth_error (inputs c) l with
  | Some row => map (iexact (bits c)) row
  | None => repeat izero (d c)
  end.

Definition ierror (s : network) : ivec := map2 isub (itheta (bits c) (d c) s) itarget.
Definition iresidual (e : nat * Z) (s : network) : interval :=
  isub (idot (bits c) (ierror s) (iinput (fst e))) (iscale (snd e) isigma).
Definition iforce (e : nat * Z) (s : network) : ivec := map (itimes (bits c) (iresidual e s)) (iinput (fst e)).
Definition imean_gradient (s : network) : ivec :=
  match inputs c with
  | [] => ierror s
  | _ => map (ishare (Z.of_nat (n c)))
           (map (iround (bits c)) (icombine2 (d c) (map (idot (bits c) (ierror s)) iinputs) iinputs))
  end.

Definition igradient_norm (q : ivec) (s : network) : interval :=
  isqrt (bits c) (iadd (itimes (bits c) (isquares (bits c) (map snd s)) (isquares (bits c) q))
                       (isquares (bits c) (map (fun z => idot (bits c) (fst z) q) s))).

Definition set_layer (l : list Z) (s : network) : network :=
  map2 (fun z b => (fst z, iscale b (iexact (bits c) (amplitude c)))) s l.

(* One step: what happens in it, and the second layer after it if that is driven. None: cannot go on. *)
Definition istep (e : nat * Z) (l : list Z) (s : network) : option network :=
  match rule c with
  | LabelNoise => Some (imove (bits c) (iopp ieta) (iforce e s) s s)
  | FullBatch => Some (imove (bits c) (iopp ieta) (imean_gradient s) s s)
  | SharpnessAware =>
      let q := iforce e s in
      let norm := igradient_norm q s in
      if positive norm then
        let raised := imove (bits c) (idiv (bits c) (iexact (bits c) (radius c)) norm) q s s in
        Some (imove (bits c) (iopp ieta) (iforce e raised) raised s)
      else None
  | Driven =>
      if (length l =? m c)%nat then Some (set_layer l (imove (bits c) (iopp ieta) (imean_gradient s) s s)) else None
  end.

Let holds' := network_inside p (d c) (m c).

Lemma exact_vec l : inside p (length l) (map (iexact p) l) (real_vec l).
Proof.
split; [apply map_length|]. intros k hk. rewrite (map_nth_in (iexact p) l k 0%Q) by exact hk. now apply holds_exact.
Qed.

Lemma target_inside : inside p (d c) itarget (theta_star c).
Proof. apply exact_vec. Qed.

Lemma input_inside l : inside p (d c) (iinput l) (x c l).
Proof.
unfold iinput, x. destruct (nth_error (inputs c) l) as [row|] eqn:hrow.
- rewrite (nth_error_nth _ _ _ hrow). apply nth_error_In in hrow. rewrite forallb_forall in hinputs.
  pose proof (hinputs row hrow) as h. apply Nat.eqb_eq in h. rewrite <- h. apply exact_vec.
- apply nth_error_None in hrow. rewrite nth_overflow by exact hrow.
  split; [apply repeat_length|]. intros k _. rewrite nth_repeat. unfold real_vec.
  replace (nth k [] 0%Q) with 0%Q by now destruct k. rewrite RMicromega.Q2R_0. apply holds_zero.
Qed.

Lemma error_inside l s : holds' l s -> inside p (d c) (ierror l) (vminus (theta (m c) s) (theta_star c)).
Proof.
intros h. apply (inside_map2 p p p (d c) _ _ (theta (m c) s) (theta_star c) isub Rminus).
- intros. now apply holds_sub.
- now apply (theta_inside p hp).
- apply target_inside.
Qed.

Lemma residual_holds e l s :
  holds' l s -> holds p (iresidual e l) (residual (d c) (m c) (theta_star c) (x c (fst e)) (IZR (snd e) * sigma c) s).
Proof.
intros h. unfold iresidual, residual. apply holds_sub.
- rewrite <- dot_minus_l. apply holds_dot; [exact hp | now apply error_inside | apply input_inside].
- apply holds_scale; [exact hp | now apply holds_exact].
Qed.

Lemma force_inside e l s :
  holds' l s ->
  inside p (d c) (iforce e l)
    (vscale (residual (d c) (m c) (theta_star c) (x c (fst e)) (IZR (snd e) * sigma c) s) (x c (fst e))).
Proof.
intros h. apply (inside_map p p (d c) _ (x c (fst e)) _ (fun y => _ * y)); [|apply input_inside].
intros i y hy. apply holds_times; [exact hp | now apply residual_holds | exact hy].
Qed.

Lemma mean_gradient_inside j l s : holds' l s -> inside p (d c) (imean_gradient l) (mean_gradient c j s).
Proof.
intros h. pose proof (error_inside l s h) as he.
assert (hn : length iinputs = n c) by apply map_length.
assert (hx : forall l, (l < n c)%nat -> inside p (d c) (nth l iinputs []) (x c l)).
{ intros k hk. pose proof (input_inside k) as hi. unfold iinput in hi.
  rewrite (nth_error_nth' _ [] hk) in hi. unfold iinputs. rewrite (map_nth_in _ (inputs c) k []) by exact hk. exact hi. }
unfold imean_gradient, mean_gradient. destruct (inputs c) as [|x0 rest] eqn:hin; [exact he|].
unfold gd_q, covariance. set (E := vminus (theta (m c) s) (theta_star c)) in *.
apply (inside_map p p (d c) _ (fun k => sum (n c) (fun l => dot (d c) E (x c l) * x c l k)) (ishare (Z.of_nat (n c)))
         (fun y => / INR (n c) * y)).
- intros i y hy. rewrite INR_IZR_INZ. apply holds_share; [|exact hy]. unfold n. rewrite hin. simpl. lia.
- apply inside_round; [exact hp|].
  apply (inside_combine2 p hp (d c) (n c) _ _ (fun l => dot (d c) E (x c l)) (x c)); [|exact hn | exact hx].
  split; [now rewrite map_length|]. intros k hk.
  rewrite (map_nth_in _ iinputs k []) by (rewrite <- hn in hk; exact hk). apply holds_dot; [exact hp | exact he | now apply hx].
Qed.

Lemma gradient_norm_holds q l s Q :
  inside p (d c) q Q -> holds' l s -> holds p (igradient_norm q l) (sqrt (gradient_norm2 (d c) (m c) Q s)).
Proof.
intros hq h. apply holds_sqrt; [exact hp|].
replace (gradient_norm2 (d c) (m c) Q s)
  with (sum (m c) (fun i => a s i * a s i) * sum (d c) (fun k => Q k * Q k)
        + sum (m c) (fun i => dot (d c) (W s i) Q * dot (d c) (W s i) Q)).
- apply holds_add.
  + apply holds_times; [exact hp | |now apply holds_squares].
    apply holds_squares; [exact hp|]. now apply (second_layer p (d c)).
  + apply (holds_squares p hp (m c) _ (fun i => dot (d c) (W s i) Q)). destruct h as [hl h].
    split; [now rewrite map_length|]. intros i hi.
    rewrite (map_nth_in _ l i no_neuron) by (rewrite <- hl in hi; exact hi).
    apply holds_dot; [exact hp | now apply h | exact hq].
- unfold gradient_norm2. simpl. rewrite sum_plus, Rmult_comm, <- sum_scale. f_equal.
  apply sum_ext. intros i _. rewrite norm2_scale. unfold norm2, dot, Rsqr. ring.
Qed.

Lemma set_layer_inside l b s B :
  length b = m c -> holds' l s -> (forall i, (i < m c)%nat -> B i = Q2R (amplitude c) * IZR (nth i b 0%Z)) ->
  holds' (set_layer b l) (mk_state (W s) B).
Proof.
intros hb [hl h] hB. split; [now apply map2_length|]. intros i hi. unfold set_layer.
rewrite (map2_nth _ l b (m c) i no_neuron 0%Z) by assumption. simpl. split; [now apply h|].
rewrite hB, Rmult_comm by exact hi. apply holds_scale; [exact hp | now apply holds_exact].
Qed.

(* The real step, at any state. *)
Definition real_step (e : nat * Z) (b : list Z) (j : nat) (s : state) : state :=
  match rule c with
  | LabelNoise => sgd_step (d c) (m c) (eta c) (theta_star c) (x c (fst e)) (IZR (snd e) * sigma c) s
  | FullBatch => right_step (d c) (eta c) (mean_gradient c j s) s
  | SharpnessAware =>
      sam_step (d c) (m c) (eta c) (Q2R (radius c))
        (fun th => vscale (dot (d c) th (x c (fst e)) - dot (d c) (theta_star c) (x c (fst e)) - IZR (snd e) * sigma c)
                     (x c (fst e))) s
  | Driven => mk_state (W (right_step (d c) (eta c) (mean_gradient c j s) s)) (fun i => Q2R (amplitude c) * IZR (nth i b 0%Z))
  end.

Lemma eta_opp_holds : holds p (iopp ieta) (- eta c).
Proof. apply holds_opp. now apply holds_exact. Qed.

Lemma right_step_inside q l s Q :
  inside p (d c) q Q -> holds' l s -> holds' (imove p (iopp ieta) q l l) (right_step (d c) (eta c) Q s).
Proof.
intros hq h. apply network_inside_ext with (3 := move_inside p hp (d c) (m c) _ _ _ _ _ _ _ _ eta_opp_holds hq h h);
  intros; simpl; ring.
Qed.

Theorem step_inside e b j l l' s : holds' l s -> istep e b l = Some l' -> holds' l' (real_step e b j s).
Proof.
intros h. unfold istep, real_step. destruct (rule c).
- intros he. injection he as <-. rewrite sgd_step_is_right_step. apply right_step_inside; [now apply force_inside | exact h].
- intros he. injection he as <-. apply right_step_inside; [now apply mean_gradient_inside | exact h].
- destruct (positive (igradient_norm (iforce e l) l)) eqn:hpos; [|discriminate].
  intros he. injection he as <-. pose proof (force_inside e l s h) as hq.
  set (F := fun th : vec => vscale _ (x c (fst e))).
  fold p.
  assert (hr : holds' (imove p (idiv p (iexact p (radius c)) (igradient_norm (iforce e l) l)) (iforce e l) l l)
                 (perturbed (d c) (m c) (Q2R (radius c)) F s)).
  { apply network_inside_ext with (3 := move_inside p hp (d c) (m c) _ _ _ _ _ _ _ _
      (holds_div p hp _ _ _ _ hpos (holds_exact p (radius c) hp) (gradient_norm_holds _ _ _ _ hq h)) hq h h);
      intros; unfold perturbed, add, gradient, kappa, F, residual, vplus, vscale; simpl; ring. }
  apply network_inside_ext with (3 := move_inside p hp (d c) (m c) _ _ _ _ _ _ _ _ eta_opp_holds (force_inside e _ _ hr) hr h);
    intros; unfold sam_step, add, gradient, F, residual, vplus, vscale; simpl; ring.
- destruct (Nat.eqb_spec (length b) (m c)) as [hb|hb]; [|discriminate].
  intros he. injection he as <-. apply set_layer_inside; [exact hb | | reflexivity].
  apply right_step_inside; [now apply mean_gradient_inside | exact h].
Qed.

End Steps.
