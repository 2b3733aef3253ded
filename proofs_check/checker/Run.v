(* The enclosed run: from the box of starts, step by step, with something checked on the way. *)
From Coq Require Import Reals Lra Psatz ZArith QArith Qreals List Bool Arith.
From Escapement Require Import Vectors Model Sam Fixed Enclosed Certificate Steps.
Import ListNotations.
Open Scope R_scope.

Section Run.
Variable c : certificate.
Let p := bits c.

Definition ibox (b : Q * Q) : interval := ibetween (bits c) (fst b) (snd b).
Definition istart : network :=
  let free := map (fun s => (map ibox (fst s), ibox (snd s))) (starts c) in
  match rule c with
  | Driven => set_layer c (nth 0 (layers c) []) free
  | _ => free
  end.

(* An enclosure that is wider than 2^8 or beyond 2^32 is given up before it fills the memory. *)
Definition calm_interval (i : interval) : bool :=
  ((snd i - fst i <=? Z.shiftl 1 (bits c + 8)) && (Z.abs (fst i) <=? Z.shiftl 1 (bits c + 32)))%Z.
Definition calm (s : network) : bool := forallb (fun z => forallb calm_interval (fst z) && calm_interval (snd z)) s.

(* k steps, or None; `along` must hold at the start of each. *)
Fixpoint irun (along : network -> bool) (k : nat) (events : list (nat * Z)) (later : list (list Z)) (s : network) :
    option network :=
  match k with
  | O => if calm s then Some s else None
  | S k =>
      if calm s && along s then
        match istep c (hd no_event events) (hd [] later) s with
        | Some s' => irun along k (tl events) (tl later) s'
        | None => None
        end
      else None
  end.

Hypothesis hp : (0 <= p)%Z.
Hypothesis hinputs : forallb (fun v => (length v =? d c)%nat) (inputs c) = true.
Hypothesis hstarts : forallb (fun s => (length (fst s) =? d c)%nat) (starts c) = true.
Hypothesis hlayers : match rule c with Driven => length (nth 0 (layers c) []) = m c | _ => True end.

Let holds' := network_inside p (d c) (m c).

Lemma box_holds b r : within b r -> holds p (ibox b) r.
Proof. intros h. now apply holds_between. Qed.

Lemma start_inside s0 : in_box c s0 -> holds' istart (trajectory c s0 0).
Proof.
intros hbox.
assert (h : holds' (map (fun s => (map ibox (fst s), ibox (snd s))) (starts c)) s0).
{ split; [apply map_length|]. intros i hi. destruct (hbox i hi) as [hw ha].
  rewrite (map_nth_in _ (starts c) i no_start) by exact hi. simpl. split; [|now apply box_holds].
  rewrite forallb_forall in hstarts. pose proof (hstarts (nth i (starts c) no_start) (nth_In _ _ hi)) as hd.
  apply Nat.eqb_eq in hd. split; [now rewrite map_length|]. intros k hk.
  rewrite (map_nth_in ibox _ k (0, 0)%Q) by now rewrite hd. apply box_holds. now apply hw. }
unfold istart, trajectory. destruct (rule c); try exact h.
simpl. apply set_layer_inside; [exact hp | exact hlayers | exact h|]. reflexivity.
Qed.

Lemma trajectory_step s0 j :
  trajectory c s0 (S j) = real_step c (nth j (driving c) no_event) (nth (S j) (layers c) []) j (trajectory c s0 j).
Proof. unfold trajectory, real_step. destruct (rule c); reflexivity. Qed.

Lemma hd_skipn {A} (l : list A) j z : hd z (skipn j l) = nth j l z.
Proof. revert j. induction l as [|y l IH]; intros [|j]; simpl; auto. Qed.

Lemma tl_skipn {A} (l : list A) j : tl (skipn j l) = skipn (S j) l.
Proof.
revert j. induction l as [|y l IH]; intros j; [now destruct j|].
destruct j as [|j]; [reflexivity|]. simpl skipn at 1. rewrite IH. reflexivity.
Qed.

Lemma run_from s0 along k j s s' :
  holds' s (trajectory c s0 j) -> irun along k (skipn j (driving c)) (skipn (S j) (layers c)) s = Some s' ->
  holds' s' (trajectory c s0 (j + k)) /\
  forall t, (j <= t < j + k)%nat -> exists st, along st = true /\ holds' st (trajectory c s0 t).
Proof.
revert j s. induction k as [|k IH]; intros j s h hrun.
- simpl in hrun. destruct (calm s); [|discriminate]. injection hrun as <-. rewrite Nat.add_0_r.
  split; [exact h|]. intros t ht. lia.
- cbn [irun] in hrun. destruct (calm s && along s) eqn:hcheck; [|discriminate].
  apply andb_true_iff in hcheck. destruct hcheck as [_ halong].
  rewrite (hd_skipn (driving c)), (hd_skipn (layers c)) in hrun.
  destruct (istep c _ _ s) as [s1|] eqn:hstep; [|discriminate].
  rewrite !tl_skipn in hrun.
  assert (h1 : holds' s1 (trajectory c s0 (S j))).
  { rewrite trajectory_step. now apply (step_inside c hp hinputs _ _ j s s1). }
  destruct (IH (S j) s1 h1 hrun) as [hend hpath]. rewrite Nat.add_succ_r. simpl in hend. split; [exact hend|].
  intros t ht. destruct (Nat.eq_dec t j) as [->|hne]; [now exists s|]. apply hpath. lia.
Qed.

(* From the whole box. *)
Theorem run_sound along s0 k s' :
  in_box c s0 -> irun along k (driving c) (tl (layers c)) istart = Some s' ->
  holds' s' (trajectory c s0 k) /\
  forall t, (t < k)%nat -> exists st, along st = true /\ holds' st (trajectory c s0 t).
Proof.
intros hbox hrun.
assert (hl : tl (layers c) = skipn 1 (layers c)) by now destruct (layers c). rewrite hl in hrun.
destruct (run_from s0 along k 0 istart s' (start_inside s0 hbox) hrun) as [h1 h2].
split; [exact h1|]. intros t ht. apply h2. lia.
Qed.

End Run.
