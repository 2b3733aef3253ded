(* The checker: a program on integers. Soundness.v says what it means that it answers true. *)
From Coq Require Import ZArith QArith List Bool Arith.
From Escapement Require Import Fixed Roots Enclosed Certificate Steps Run Quantities.
Import ListNotations.

Section Checker.
Variable c : certificate.
Let p := bits c.

Definition every_neuron (f : nat -> bool) : bool := forallb f (seq 0 (m c)).

(* |w_i(T) - w_i(0)| <= 1/sqrt m *)
Definition still_in_ball (s0 s : network) (i : nat) : bool :=
  at_most (iscale (Z.of_nat (m c)) (inorm2 c (map2 isub (fst (nth_neuron i s)) (fst (nth_neuron i s0))))) (iint c 1).

Definition check_lazy (s0 s : network) : bool :=
  on (iT1 c) (fun t => at_most (iint c (Z.of_nat (horizon c))) t) &&
  ((horizon c =? 0)%nat || every_neuron (still_in_ball s0 s)).

Definition check_phase_two (s0 : network) : bool :=
  every_neuron (fun i => at_most (inorm2 c (fst (nth_neuron i s0))) (ieta c) &&
                         at_most (isq c (snd (nth_neuron i s0))) (ieta c)).

Definition open_q (b : Q * Q) : bool := negb (Qle_bool (snd b) (fst b)).
Definition check_open : bool := forallb (fun s => forallb open_q (fst s) && open_q (snd s)) (starts c).

(* Rows that are points, each a multiple of theta*: w_k theta*_l = w_l theta*_k. In one dimension any row is. *)
Definition q_at (l : list Q) (k : nat) : Q := nth k l 0%Q.
Definition collinear (row : list (Q * Q)) (k l : nat) : bool :=
  let w j := nth j row (0, 0)%Q in
  (k =? l)%nat ||
  (Qeq_bool (fst (w k)) (snd (w k)) && Qeq_bool (fst (w l)) (snd (w l)) &&
   Qeq_bool (fst (w k) * q_at (ground_truth c) l) (fst (w l) * q_at (ground_truth c) k)).
Definition check_aligned : bool :=
  positive (inorm c (itarget c)) &&
  every_neuron (fun i => forallb (fun k => forallb (collinear (fst (nth i (starts c) no_start)) k) (seq 0 (d c))) (seq 0 (d c))).

Definition check_no_zero (s0 : network) : bool := every_neuron (fun i => positive (inorm2 c (fst (nth_neuron i s0)))).

Definition misaligned (s : network) (i : nat) (gap : interval) : bool :=
  below (icosine_side c s i) (itimes (bits c) (isub (iint c 1) gap) (inorm_side c s i)).

Definition times_eta (i : interval) : interval := itimes (bits c) i (ieta c).
Definition igap46 (K : Q) (log : interval) : interval :=
  itimes (bits c) (iexact (bits c) K) (itimes (bits c) (ieta c) log).
Definition check_steps46 (log : interval) : bool :=
  on (iquotient c log (times_eta (inorm2 c (itarget c)))) (istep_count c).

Definition check_active (s0 : network) (active : option (Q * nat)) : bool :=
  match active with
  | None => true
  | Some (kappa, i) =>
      (i <? m c)%nat &&
      at_most (times_eta (iexact (bits c) kappa))
        (itimes (bits c) (snd (nth_neuron i s0)) (idot (bits c) (fst (nth_neuron i s0)) (itarget c)))
  end.

(* Checked at every step before the last. *)
Definition along : network -> bool :=
  match statement c with
  | Diminishing => fun s => below (iexact (bits c) (amplitude c * amplitude c)) (imean c (map (fun z => inorm2 c (fst z)) s))
  | SamPhases =>
      let half := ishare 2 (imean c (map (fun z => inorm c (fst z)) (istart c))) in
      fun s => at_most half (imean c (map (fun z => inorm c (fst z)) s))
  | _ => fun _ => true
  end.

(* Checked at the end, on the first and the last enclosure. *)
Definition final (s0 s : network) : bool :=
  let e := nth (horizon c) (driving c) no_event in
  match statement c with
  | OscillationIdentity i =>
      let move := itimes (bits c) (iresidual c e s) (idot (bits c) (iinput c (fst e)) (fst (nth_neuron i s))) in
      let left := isq c move in
      let right := isq c (times_eta move) in
      below left right || below right left
  | Escape norm_floor i =>
      on (iT1 c) (istep_count c) && still_in_ball s0 s i &&
      (negb norm_floor || at_most (iint c 1) (iscale 4 (inorm2 c (fst (nth_neuron i s0)))))
  | Sign i =>
      check_lazy s0 s && (1 <=? n c)%nat &&
      on (isign_bound c) (fun b =>
        below b (ishare (Z.of_nat (2 * n c)) (iint c (Z.of_nat (count_above c izero s i (n c))))))
  | Size i =>
      let bound := iopp (isq c (ishare 4 (isigma c))) in
      check_lazy s0 s && (1 <=? n c)%nat && (3 * (2 * n c) <? 4 * count_above c bound s i (n c))%nat
  | Bound K i => check_lazy s0 s && below (iexact (bits c) K) (idelta_w c e s i)
  | Diminishing =>
      Qeq_bool (inject_Z (Z.of_nat (m c)) * (amplitude c * amplitude c)) 1 &&
      Qeq_bool (amplitude c * amplitude c * (amplitude c * amplitude c)) (step_size c) &&
      negb (Qle_bool (inject_Z (Z.of_nat (S (horizon c))) * (step_size c * step_size c)) 1) && along s
  | Alignment flow_time generic K i =>
      (negb generic || check_open) && check_phase_two s0 &&
      on (ilog c) (fun log =>
        let length := inorm c (itarget c) in
        on (iquotient c log (if flow_time then itimes (bits c) (ieta c) length else length)) (istep_count c) &&
        misaligned s i (itimes (bits c) (iexact (bits c) K) (itimes (bits c) log (isqrt (bits c) (ieta c)))))
  | Convergence K active =>
      check_phase_two s0 && check_no_zero s0 && check_aligned && check_active s0 active &&
      on (ilog c) (fun log => check_steps46 log && below (igap46 K log) (inorm c (ierror c s)))
  | KeptAlignment K active i =>
      check_phase_two s0 && check_no_zero s0 && check_aligned && check_active s0 active &&
      on (ilog c) (fun log => check_steps46 log && at_most (ieta c) (inorm2 c (fst (nth_neuron i s))) &&
                              misaligned s i (igap46 K log))
  | SamPhases =>
      let half := ishare 2 (iint c 1) in
      on (imean_cosine c s0) (fun t => below t half) && on (imean_cosine c s) (below half)
  end.

(* The enclosure after the last step: what two implementations have to agree on. *)
Definition enclosed_end : option network := irun c along (horizon c) (driving c) (tl (layers c)) (istart c).

Definition check : bool :=
  well_formed c && match enclosed_end with Some s => final (istart c) s | None => false end.

End Checker.
