(* What a certificate says. This file is what a reader has to compare with the paper: nothing in it computes.

   A certificate holds exact rationals: a problem, what drives the run, a box of starts, a claim, and the bits to compute
   with. `trajectory c s0 t` is the state after t steps from the start s0, made of the steps of Model.v and Sam.v;
   `violated c s0` says that the run from s0 breaks the claim's inequality, with the constants that the claim names.
   Soundness (Checker.v): if the checker says true, then `violated c s0` for every s0 in the box. *)
From Coq Require Import Reals QArith Qreals ZArith List Bool Arith.
From Escapement Require Import Vectors Model NormIdentity Oscillation Sam Constants Theorem42 Lemma43 Lemma45Steps
  Lemma45Literal Lemma46Literal.
Import ListNotations.
Open Scope R_scope.

Inductive method :=
| LabelNoise     (* label-noise SGD, one sample a step *)
| FullBatch      (* gradient descent on the sample; on the population where there are no inputs *)
| SharpnessAware (* SAM on the steps of label-noise SGD *)
| Driven.        (* gradient descent on the first layer, the second driven by the three-state chain *)

(* i is a neuron; a statement with a hidden constant K is violated for the K that is named. *)
Inductive claim :=
| OscillationIdentity (i : nat)
| Escape (norm_floor : bool) (i : nat)               (* theorem-4.2: neuron i is still in its ball at T1 *)
| Sign (i : nat)                                     (* lemma-4.3, 1a; 2a is its complement *)
| Size (i : nat)                                     (* lemma-4.3, 1b *)
| Bound (K : Q) (i : nat)                            (* lemma-4.3, 2b *)
| Diminishing                                        (* lemma-4.4, on this path of the chain *)
| Alignment (flow_time generic : bool) (K : Q) (i : nat) (* lemma-4.5; generic: on a box of positive volume *)
| Convergence (K : Q) (active : option (Q * nat))    (* lemma-4.6, 1: literal, or non-degenerate with kappa and its neuron *)
| KeptAlignment (K : Q) (active : option (Q * nat)) (i : nat) (* lemma-4.6, 2 *)
| SamPhases.

Record certificate := mk_certificate {
  bits : Z;
  rule : method;
  horizon : nat;                          (* T *)
  step_size : Q;                          (* eta *)
  noise_level : Q;                        (* sigma *)
  radius : Q;                             (* rho of SAM *)
  amplitude : Q;                          (* alpha of the chain *)
  ground_truth : list Q;                  (* theta*, length d *)
  inputs : list (list Q);                 (* x_0, ..., x_(n-1) *)
  driving : list (nat * Z);               (* step by step: which sample, which sign of the noise *)
  layers : list (list Z);                 (* of the chain, at steps 0, 1, ..., T: a_i is amplitude times -1, 0 or 1 *)
  starts : list (list (Q * Q) * (Q * Q)); (* w_i and a_i between two rationals each, length m *)
  statement : claim }.

Definition real_vec (l : list Q) : vec := fun k => Q2R (nth k l 0%Q).

Section Meaning.
Variable c : certificate.

Definition d : nat := length (ground_truth c).
Definition m : nat := length (starts c).
Definition n : nat := length (inputs c).
Definition eta : R := Q2R (step_size c).
Definition sigma : R := Q2R (noise_level c).
Definition theta_star : vec := real_vec (ground_truth c).
Definition x (l : nat) : vec := real_vec (nth l (inputs c) []).
Definition no_event : nat * Z := (0%nat, 0%Z).
Definition x_at (j : nat) : vec := x (fst (nth j (driving c) no_event)).
Definition eps_at (j : nat) : R := IZR (snd (nth j (driving c) no_event)) * sigma.

Definition mean_gradient : nat -> state -> vec :=
  match inputs c with
  | [] => population_q m theta_star
  | _ => gd_q d m theta_star n x
  end.

(* The gradient of the loss of step j's sample, as a function of theta. *)
Definition force (j : nat) (th : vec) : vec :=
  vscale (dot d th (x_at j) - dot d theta_star (x_at j) - eps_at j) (x_at j).

Fixpoint sam_run (s0 : state) (t : nat) : state :=
  match t with
  | O => s0
  | S j => sam_step d m eta (Q2R (radius c)) (force j) (sam_run s0 j)
  end.

Definition layer (t i : nat) : R := Q2R (amplitude c) * IZR (nth i (nth t (layers c) []) 0%Z).

Fixpoint driven_run (s0 : state) (t : nat) : state :=
  match t with
  | O => mk_state (W s0) (layer 0)
  | S j => mk_state (W (right_step d eta (mean_gradient j (driven_run s0 j)) (driven_run s0 j))) (layer (S j))
  end.

Definition trajectory (s0 : state) (t : nat) : state :=
  match rule c with
  | LabelNoise => sgd d m eta theta_star x_at eps_at s0 t
  | FullBatch => run d eta mean_gradient s0 t
  | SharpnessAware => sam_run s0 t
  | Driven => driven_run s0 t
  end.

Definition no_start : list (Q * Q) * (Q * Q) := ([], (0, 0)%Q).
Definition within (b : Q * Q) (r : R) : Prop := Q2R (fst b) <= r <= Q2R (snd b).
Definition in_box (s0 : state) : Prop :=
  forall i, (i < m)%nat ->
    (forall k, (k < d)%nat -> within (nth k (fst (nth i (starts c) no_start)) (0, 0)%Q) (W s0 i k)) /\
    within (snd (nth i (starts c) no_start)) (a s0 i).

(* The box has a positive volume, and so a positive probability under any law with a positive density. *)
Definition open_interval (b : Q * Q) : Prop := Q2R (fst b) < Q2R (snd b).
Definition open_box : Prop :=
  forall i, (i < m)%nat ->
    (forall k, (k < d)%nat -> open_interval (nth k (fst (nth i (starts c) no_start)) (0, 0)%Q)) /\
    open_interval (snd (nth i (starts c) no_start)).

(* T is the first step at or after the time: the time rounded up. *)
Definition step_count (time : R) : Prop := INR (horizon c) - 1 < time <= INR (horizon c).

Definition mean_square (s : state) : R := / INR m * sum m (fun i => norm2 d (W s i)).
Definition mean_norm (s : state) : R := / INR m * sum m (fun i => norm d (W s i)).
Definition mean_cosine (s : state) : R :=
  / INR m * sum m (fun i => Rabs (dot d theta_star (W s i)) / (norm d theta_star * norm d (W s i))).

(* Lemma 4.3 speaks of states that are still lazy, at times up to T1. *)
Definition lazy_before_T1 (s0 s : state) : Prop := INR (horizon c) <= T1 sigma eta (INR m) /\ lazy d m s0 s.

(* The reading non-degenerate of Lemma 4.6: some neuron grows. *)
Definition active_neuron (active : option (Q * nat)) (s0 : state) : Prop :=
  match active with
  | None => True
  | Some (kappa, i) => (i < m)%nat /\ Q2R kappa * eta <= a s0 i * dot d (W s0 i) theta_star
  end.

(* Perfectly aligned neurons have a direction. *)
Definition no_zero_neuron (s0 : state) : Prop := forall i, (i < m)%nat -> 0 < norm2 d (W s0 i).

Definition violation (s0 : state) : Prop :=
  let s := trajectory s0 (horizon c) in
  match statement c with
  | OscillationIdentity i =>
      left_side d m theta_star (x_at (horizon c)) (eps_at (horizon c)) s i <>
      right_side d m eta theta_star (x_at (horizon c)) (eps_at (horizon c)) s i
  | Escape norm_floor i =>
      step_count (T1 sigma eta (INR m)) /\ (norm_floor = true -> / 2 <= norm d (W s0 i)) /\ ~ escaped d m s0 s i
  | Sign i =>
      lazy_before_T1 s0 s /\
      probability_delta_w d m n sigma theta_star x s i 0 < 1 - 2 * sqrt (INR d) / sqrt PI / sqrt (sqrt (sqrt (INR m)))
  | Size i => lazy_before_T1 s0 s /\ probability_delta_w d m n sigma theta_star x s i (- (sigma / 4)²) < / 4
  | Bound K i =>
      lazy_before_T1 s0 s /\
      Q2R K < delta_w d (residual d m theta_star (x_at (horizon c)) (eps_at (horizon c)) s) (x_at (horizon c)) s i
  | Diminishing =>
      INR m = / sqrt eta /\ Q2R (amplitude c) = sqrt (sqrt eta) /\
      forall t, INR t <= / eta² -> sqrt eta < mean_square (trajectory s0 t)
  | Alignment flow_time generic K i =>
      (generic = true -> open_box) /\
      phase_two d m eta s0 /\
      step_count ((if flow_time then steps_flow_time else steps_literal) eta (norm d theta_star)) /\
      ~ aligned_within d theta_star (W s i) (gap (Q2R K) eta)
  | Convergence K active =>
      phase_two d m eta s0 /\ no_zero_neuron s0 /\ aligned_start d m theta_star s0 /\ active_neuron active s0 /\
      step_count (steps_46 eta (norm d theta_star)) /\
      Q2R K * (eta * ln (/ eta)) < norm d (vminus (theta m s) theta_star)
  | KeptAlignment K active i =>
      phase_two d m eta s0 /\ no_zero_neuron s0 /\ aligned_start d m theta_star s0 /\ active_neuron active s0 /\
      step_count (steps_46 eta (norm d theta_star)) /\ sqrt eta <= norm d (W s i) /\ ~ aligned_within d theta_star (W s i) (Q2R K * (eta * ln (/ eta)))
  | SamPhases =>
      mean_cosine s0 < / 2 /\ / 2 < mean_cosine s /\
      forall t, (t < horizon c)%nat -> mean_norm s0 / 2 <= mean_norm (trajectory s0 t)
  end.

(* The signs and ranges that the paper gives its symbols, and those without which a statement says nothing: a step size
   below 1 (A2), noise where there is label noise, a width with ln m > 0 where T1 is a time, A4 where it is assumed, a
   ground truth and a second dimension where directions are compared, positive constants, a horizon where T is a time. *)
Definition right_constants : Prop :=
  0 < eta < 1 /\
  match statement c with
  | OscillationIdentity _ => 0 < sigma
  | Escape _ _ => 0 < sigma /\ (2 <= m)%nat /\ norm2 d theta_star * norm2 d theta_star * INR m <= 1 /\ (1 <= horizon c)%nat
  | Sign _ | Size _ => 0 < sigma /\ (2 <= m)%nat /\ norm2 d theta_star * norm2 d theta_star * INR m <= 1
  | Bound K _ => 0 < sigma /\ (2 <= m)%nat /\ norm2 d theta_star * norm2 d theta_star * INR m <= 1 /\ 0 < Q2R K
  | Diminishing => 0 < norm2 d theta_star
  | Alignment _ _ K _ => 0 < norm2 d theta_star /\ (2 <= d)%nat /\ 0 < Q2R K /\ (1 <= horizon c)%nat
  | Convergence K active =>
      0 < norm2 d theta_star /\ 0 < Q2R K /\ (1 <= horizon c)%nat /\
      match active with Some (kappa, _) => 0 < Q2R kappa | None => True end
  | KeptAlignment K active _ =>
      0 < norm2 d theta_star /\ (2 <= d)%nat /\ 0 < Q2R K /\ (1 <= horizon c)%nat /\
      match active with Some (kappa, _) => 0 < Q2R kappa | None => True end
  | SamPhases => 0 < Q2R (radius c) /\ 0 < norm2 d theta_star /\ (2 <= d)%nat /\ (1 <= horizon c)%nat
  end.

Definition violated (s0 : state) : Prop := right_constants /\ violation s0.

(* Shapes and signs: what has to be true for the numbers to be a problem of the paper at all. *)

Definition neuron_of_claim : option nat :=
  match statement c with
  | OscillationIdentity i | Escape _ i | Sign i | Size i | Bound _ i | Alignment _ _ _ i | KeptAlignment _ _ i => Some i
  | Convergence _ _ | Diminishing | SamPhases => None
  end.

(* The statement is about this method. *)
Definition right_method : bool :=
  match statement c, rule c with
  | (OscillationIdentity _ | Escape _ _ | Sign _ | Size _ | Bound _ _), LabelNoise => true
  | Diminishing, Driven => true
  | (Alignment _ _ _ _ | Convergence _ _ | KeptAlignment _ _ _), FullBatch => true
  | SamPhases, SharpnessAware => true
  | _, _ => false
  end.

(* Events that the run uses: the claims about the next step use one more. *)
Definition events : nat :=
  match rule c, statement c with
  | LabelNoise, (OscillationIdentity _ | Bound _ _) => S (horizon c)
  | (LabelNoise | SharpnessAware), _ => horizon c
  | _, _ => 0%nat
  end.
Definition event_ok (e : nat * Z) : bool := (fst e <? n)%nat && ((snd e =? 1)%Z || (snd e =? -1)%Z).

Fixpoint chain_ok (l : list (list Z)) : bool :=
  match l with
  | [] => true
  | now :: rest =>
      (length now =? m)%nat && forallb (fun z => (Z.abs z <=? 1)%Z) now &&
      match rest with
      | [] => true
      | next :: _ => forallb (fun zz => Bool.eqb (negb (fst zz =? 0)%Z) (snd zz =? 0)%Z) (combine now next)
      end && chain_ok rest
  end.
Definition starts_on_chain : bool :=
  match layers c with
  | [] => false
  | first :: _ => forallb (fun zb => Qeq_bool (amplitude c * inject_Z (fst zb)) (fst (snd (snd zb))) &&
                                     Qeq_bool (amplitude c * inject_Z (fst zb)) (snd (snd (snd zb))))
                          (combine first (starts c))
  end.
Definition positive_q (q : Q) : bool := (0 <? Qnum q)%Z.
Definition box_ok (b : Q * Q) : bool := Qle_bool (fst b) (snd b).

Definition target_square : Q := fold_right (fun t sum => (t * t + sum)%Q) 0%Q (ground_truth c).
Definition positive_kappa (active : option (Q * nat)) : bool :=
  match active with Some (kappa, _) => positive_q kappa | None => true end.
Definition a4_ok : bool := Qle_bool (target_square * target_square * inject_Z (Z.of_nat m)) 1.
Definition constants_ok : bool :=
  negb (Qle_bool 1 (step_size c)) &&
  match statement c with
  | OscillationIdentity _ => positive_q (noise_level c)
  | Escape _ _ => positive_q (noise_level c) && (2 <=? m)%nat && a4_ok && (1 <=? horizon c)%nat
  | Sign _ | Size _ => positive_q (noise_level c) && (2 <=? m)%nat && a4_ok
  | Bound K _ => positive_q (noise_level c) && (2 <=? m)%nat && a4_ok && positive_q K
  | Diminishing => positive_q target_square
  | Alignment _ _ K _ => positive_q target_square && (2 <=? d)%nat && positive_q K && (1 <=? horizon c)%nat
  | Convergence K active => positive_q target_square && positive_q K && (1 <=? horizon c)%nat && positive_kappa active
  | KeptAlignment K active _ =>
      positive_q target_square && (2 <=? d)%nat && positive_q K && (1 <=? horizon c)%nat && positive_kappa active
  | SamPhases => positive_q (radius c) && positive_q target_square && (2 <=? d)%nat && (1 <=? horizon c)%nat
  end.

Definition well_formed : bool :=
  constants_ok &&
  (1 <=? bits c)%Z && (1 <=? d)%nat && (1 <=? m)%nat && positive_q (step_size c) && right_method &&
  match neuron_of_claim with Some i => (i <? m)%nat | None => true end &&
  forallb (fun v => (length v =? d)%nat) (inputs c) &&
  forallb (fun s => (length (fst s) =? d)%nat && forallb box_ok (fst s) && box_ok (snd s)) (starts c) &&
  match rule c with
  | LabelNoise => Qle_bool 0 (noise_level c)
  | SharpnessAware => positive_q (radius c) && Qle_bool 0 (noise_level c)
  | FullBatch => true
  | Driven => positive_q (amplitude c) && (length (layers c) =? S (horizon c))%nat && chain_ok (layers c) && starts_on_chain
  end &&
  (events <=? length (driving c))%nat && forallb event_ok (driving c).

End Meaning.
