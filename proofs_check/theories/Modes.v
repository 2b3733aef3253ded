(* The two-number recursion of Aligned.v: F' = F (1 + eta r)^2, H' = H (1 - eta r)^2, r = c - (F - H)/4.

   modes_decay_only    F = 0: r >= c for ever, at any step size. The network never leaves the origin's side.
   modes_converge      F0 > 0, r0 >= 0 and eta (2c + H0) <= 1/4: after T1 + T2 steps
                       0 <= r <= (c/2) (1 - 7/8 eta c)^T2, as soon as F0 (1 + eta c)^T1 >= 2c + H0. *)
From Coq Require Import Reals Lra Psatz Arith.
From Escapement Require Import Vectors Model Aligned.
Open Scope R_scope.

Theorem modes_decay_only eta c H t :
  0 <= H -> let y := modes eta c (0, H) t in fst y = 0 /\ 0 <= snd y /\ c <= gap_of c y.
Proof.
intros hH. simpl. assert (h : fst (modes eta c (0, H) t) = 0 /\ 0 <= snd (modes eta c (0, H) t)).
{ induction t as [|t [IH1 IH2]]; [simpl; lra|]. simpl. rewrite IH1. split; [ring|].
  apply Rmult_le_pos; [exact IH2 | apply Rle_0_sqr]. }
destruct h as [h1 h2]. repeat split; try assumption. unfold gap_of. lra.
Qed.

Section Converge.
Variables eta c F0 H0 : R.
Hypothesis eta_pos : 0 < eta.
Hypothesis c_pos : 0 < c.
Hypothesis F_pos : 0 < F0.
Hypothesis H_nonneg : 0 <= H0.
Hypothesis not_past : 0 <= gap_of c (F0, H0).
Hypothesis small : eta * (2 * c + H0) <= / 4.

Let y t := modes eta c (F0, H0) t.
Let F t := fst (y t).
Let H t := snd (y t).
Let r t := gap_of c (y t).
Let N t := (F t + H t) / 2.

Lemma step_F t : F (S t) = F t * (1 + eta * r t)².
Proof. reflexivity. Qed.
Lemma step_H t : H (S t) = H t * (1 - eta * r t)².
Proof. reflexivity. Qed.
Lemma r_is t : r t = c - (F t - H t) / 4.
Proof. reflexivity. Qed.
Lemma step_r t : r (S t) = r t * (1 - eta * N t - eta * r t * (eta * ((F t - H t) / 4))).
Proof. rewrite !r_is, step_F, step_H. rewrite !r_is. unfold N, Rsqr. field. Qed.

(* Everything stays in bounds, the distance to theta* never grows, and shrinks at the rate eta N. *)
Lemma invariant t :
  0 < F t /\ 0 <= H t <= H0 /\ 0 <= r t /\ eta * r t <= / 8 /\ 0 <= eta * N t <= / 4.
Proof.
induction t as [|t [hF [hH [hr [her hN]]]]].
- unfold F, H, r, N, F, H. simpl. unfold gap_of in *. simpl in *.
  assert (hF0 : F0 <= 4 * c + H0) by lra.
  assert (eta * (c - (F0 - H0) / 4) <= eta * ((2 * c + H0) / 2)) by (apply Rmult_le_compat_l; lra).
  assert (eta * ((F0 + H0) / 2) <= eta * (2 * c + H0)) by (apply Rmult_le_compat_l; lra).
  assert (0 <= eta * ((F0 + H0) / 2)) by (apply Rmult_le_pos; lra).
  repeat split; lra.
- assert (hp : -(/ 2 * (eta * N t)) <= eta * ((F t - H t) / 4) <= / 2 * (eta * N t)) by (unfold N in *; split; nra).
  assert (hcross : -(/ 16 * (eta * N t)) <= eta * r t * (eta * ((F t - H t) / 4)) <= / 16 * (eta * N t)).
  { assert (hx : 0 <= eta * r t) by nra. destruct hN as [hN0 _].
    set (A := eta * r t) in *. set (Z := eta * ((F t - H t) / 4)) in *. set (n := eta * N t) in *.
    pose proof (Rmult_le_pos A (Z + / 2 * n) hx ltac:(lra)). pose proof (Rmult_le_pos A (/ 2 * n - Z) hx ltac:(lra)).
    pose proof (Rmult_le_pos (/ 8 - A) n ltac:(lra) hN0). split; lra. }
  assert (hfactor : 0 <= 1 - eta * N t - eta * r t * (eta * ((F t - H t) / 4)) <= 1) by lra.
  assert (hr' : 0 <= r (S t) <= r t).
  { rewrite step_r. split; [apply Rmult_le_pos; lra|]. rewrite <- (Rmult_1_r (r t)) at 3. apply Rmult_le_compat_l; lra. }
  assert (hx : 0 <= eta * r t) by (apply Rmult_le_pos; lra).
  assert (hF' : 0 < F (S t)) by (rewrite step_F; apply Rmult_lt_0_compat; [|apply Rlt_0_sqr]; lra).
  assert (hH' : 0 <= H (S t) <= H0).
  { rewrite step_H. assert (hs : 0 <= (1 - eta * r t)² <= 1) by (split; [apply Rle_0_sqr | unfold Rsqr; nra]).
    split; [apply Rmult_le_pos; lra|].
    apply Rle_trans with (H t * 1); [apply Rmult_le_compat_l; lra | lra]. }
  assert (her' : eta * r (S t) <= eta * r t) by (apply Rmult_le_compat_l; lra).
  assert (hF4 : F (S t) <= 4 * c + H0) by (pose proof (r_is (S t)); lra).
  assert (eta * N (S t) <= eta * (2 * c + H0)) by (apply Rmult_le_compat_l; [lra | unfold N; lra]).
  assert (0 <= eta * N (S t)) by (apply Rmult_le_pos; [lra | unfold N; lra]).
  repeat split; lra.
Qed.

Lemma r_contracts t : r (S t) <= r t * (1 - 7 / 8 * (eta * N t)).
Proof.
destruct (invariant t) as [hF [hH [hr [her hN]]]]. rewrite step_r. apply Rmult_le_compat_l; [exact hr|].
assert (hp : -(/ 2 * (eta * N t)) <= eta * ((F t - H t) / 4)) by (unfold N in *; nra).
assert (hx : 0 <= eta * r t) by (apply Rmult_le_pos; lra).
set (A := eta * r t) in *. set (Z := eta * ((F t - H t) / 4)) in *. set (n := eta * N t) in *.
pose proof (Rmult_le_pos A (Z + / 2 * n) hx ltac:(lra)). pose proof (Rmult_le_pos (/ 8 - A) n ltac:(lra) ltac:(lra)). lra.
Qed.

Lemma r_monotone t k : r (t + k) <= r t.
Proof.
induction k as [|k IH]; [rewrite Nat.add_0_r; lra|]. rewrite Nat.add_succ_r.
pose proof (r_contracts (t + k)). destruct (invariant (t + k)) as [_ [_ [hr [_ hN]]]]. nra.
Qed.

(* While p < c/2 the growing mode gains a factor 1 + eta c a step. *)
Lemma growth_phase t : c / 2 < r t -> F0 * (1 + eta * c) ^ t <= F t.
Proof.
induction t as [|t IH]; intros hr; [unfold F; simpl; lra|].
assert (hr' : c / 2 < r t).
{ pose proof (r_monotone t 1) as h. rewrite Nat.add_1_r in h. lra. }
rewrite step_F. simpl pow. assert (IH' := IH hr'). destruct (invariant t) as [hF _].
assert (h1 : 1 + eta * c <= (1 + eta * r t)²) by (unfold Rsqr; nra).
assert (h0 : 0 < 1 + eta * c) by nra.
replace (F0 * ((1 + eta * c) * (1 + eta * c) ^ t)) with (F0 * (1 + eta * c) ^ t * (1 + eta * c)) by ring.
apply Rmult_le_compat; try lra. apply Rmult_le_pos; [lra | left; now apply pow_lt].
Qed.

Lemma half_way T1 : 2 * c + H0 <= F0 * (1 + eta * c) ^ T1 -> r T1 <= c / 2.
Proof.
intros h. destruct (Rle_or_lt (r T1) (c / 2)) as [hle|hlt]; [exact hle|].
pose proof (growth_phase T1 hlt). destruct (invariant T1) as [_ [hH _]]. pose proof (r_is T1). lra.
Qed.

Theorem modes_converge T1 T2 :
  2 * c + H0 <= F0 * (1 + eta * c) ^ T1 -> 0 <= r (T1 + T2) <= c / 2 * (1 - 7 / 8 * (eta * c)) ^ T2.
Proof.
intros h. split; [apply invariant|].
induction T2 as [|T2 IH]; [rewrite Nat.add_0_r, Rmult_1_r; now apply half_way|].
rewrite Nat.add_succ_r. pose proof (r_contracts (T1 + T2)) as hc.
destruct (invariant (T1 + T2)) as [hF [hH [hr [_ hN]]]].
assert (hhalf : r (T1 + T2) <= c / 2) by (apply Rle_trans with (1 := r_monotone T1 T2); now apply half_way).
assert (hNc : c <= N (T1 + T2)) by (pose proof (r_is (T1 + T2)); unfold N; lra).
assert (hec : eta * c <= eta * N (T1 + T2)) by (apply Rmult_le_compat_l; lra).
apply Rle_trans with (1 := hc). simpl pow.
apply Rle_trans with (r (T1 + T2) * (1 - 7 / 8 * (eta * c))); [apply Rmult_le_compat_l; lra|].
replace (c / 2 * ((1 - 7 / 8 * (eta * c)) * (1 - 7 / 8 * (eta * c)) ^ T2))
  with (c / 2 * (1 - 7 / 8 * (eta * c)) ^ T2 * (1 - 7 / 8 * (eta * c))) by ring.
apply Rmult_le_compat_r; [lra | exact IH].
Qed.

End Converge.
