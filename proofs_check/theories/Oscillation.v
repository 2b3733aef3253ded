(* oscillation-identity, readings `literal` and `with-step-size`.

   The paper:   g_j^2 <x_j, w_i(j)>^2 = (a_i(j+1) - a_i(j))^2.
   Here:        literal is false: for every step size other than 1 (every one that A2 allows) there is a step at which it
                fails (oscillation_literal_refuted); it holds at a step exactly when eta = 1 or both sides vanish
                (oscillation_literal_iff). With eta^2 in the place where it is missing it is true at every step
                (oscillation_with_step_size). *)
From Coq Require Import Reals Lra Psatz.
From Escapement Require Import Vectors Model.
Open Scope R_scope.

Section Oscillation.
Variables d m : nat.
Variable eta : R.
Variable theta_star : vec.

Definition left_side (x : vec) (eps : R) (s : state) (i : nat) : R :=
  (residual d m theta_star x eps s)² * (dot d x (W s i))².

Definition right_side (x : vec) (eps : R) (s : state) (i : nat) : R :=
  (a (sgd_step d m eta theta_star x eps s) i - a s i)².

Theorem oscillation_exact x eps s i : right_side x eps s i = eta² * left_side x eps s i.
Proof. unfold right_side, left_side, sgd_step. simpl. rewrite (dot_comm d x). unfold Rsqr. ring. Qed.

Theorem oscillation_with_step_size x eps s i : eta <> 0 -> left_side x eps s i = right_side x eps s i / eta².
Proof. intros h. rewrite oscillation_exact. unfold Rsqr. field. exact h. Qed.

Theorem oscillation_literal_iff x eps s i :
  0 < eta ->
  (left_side x eps s i = right_side x eps s i <->
   eta = 1 \/ residual d m theta_star x eps s * dot d x (W s i) = 0).
Proof.
intros he. rewrite oscillation_exact. unfold left_side.
replace ((residual d m theta_star x eps s)² * (dot d x (W s i))²)
  with ((residual d m theta_star x eps s * dot d x (W s i))²) by (unfold Rsqr; ring).
set (p := residual d m theta_star x eps s * dot d x (W s i)). unfold Rsqr. split.
- intros h. destruct (Req_dec p 0) as [hp|hp]; [now right|left].
  assert (hz : (eta - 1) * ((eta + 1) * (p * p)) = 0) by lra.
  apply Rmult_integral in hz. destruct hz as [hz|hz]; [lra|].
  exfalso. apply Rmult_integral in hz. destruct hz as [hz|hz]; [lra|]. nra.
- intros [-> | ->]; ring.
Qed.

End Oscillation.

(* The literal claim: every step of every run satisfies it. *)
Definition oscillation_literal (eta : R) : Prop :=
  forall (d m : nat) (theta_star x : vec) (eps : R) (s : state) (i : nat),
    (i < m)%nat -> left_side d m theta_star x eps s i = right_side d m eta theta_star x eps s i.

Theorem oscillation_literal_refuted eta : 0 < eta -> eta <> 1 -> ~ oscillation_literal eta.
Proof.
intros he h1 h.
(* d = 1, m = 1, theta* = 1, x = 1, w = 1, a = 0, label noise +1: the residual is -2. *)
specialize (h 1%nat 1%nat (fun _ => 1) (fun _ => 1) 1 (mk_state (fun _ _ => 1) (fun _ => 0)) 0%nat (le_n 1)).
apply oscillation_literal_iff in h; [|exact he]. destruct h as [h|h]; [contradiction|].
revert h. unfold residual, theta, dot. simpl. lra.
Qed.

(* The same away from any special point, in every dimension and width: whenever the noise level is positive, one of the
   two signs of the label noise breaks it at every neuron that sees the sample. *)
Theorem oscillation_literal_fails_generically d m eta theta_star x sigma s i :
  0 < eta -> eta <> 1 -> 0 < sigma -> dot d x (W s i) <> 0 ->
  exists eps, (eps = sigma \/ eps = - sigma) /\ left_side d m theta_star x eps s i <> right_side d m eta theta_star x eps s i.
Proof.
intros he h1 hs hx.
destruct (Req_dec (residual d m theta_star x sigma s) 0) as [hr|hr].
- exists (- sigma). split; [now right|]. rewrite oscillation_literal_iff by exact he.
  intros [h|h]; [contradiction|]. apply Rmult_integral in h. destruct h as [h|h]; [|contradiction].
  unfold residual in *. lra.
- exists sigma. split; [now left|]. rewrite oscillation_literal_iff by exact he.
  intros [h|h]; [contradiction|]. apply Rmult_integral in h. tauto.
Qed.
