(* Condition 1 of the paper, as far as the statements use it. The constants that the paper hides are parameters:
   C itself, K1 in A1 (m = Omega(1/sqrt eta)), d0 in A6 (d >= 9 ln 2 K^4 / 2c with K, c from a lemma not printed). *)
From Coq Require Import Reals Lra Psatz Arith.
From Escapement Require Import Vectors Model.
Open Scope R_scope.

(* The second term of the footnote's maximum, before the eighth power. *)
Definition footnote_base (d : nat) : R :=
  (1 - 3 / (4 * sqrt PI)) * 2 * sqrt (INR d) / ((/ 2 - 3 / (4 * sqrt PI)) * sqrt PI).

(* The first term is damaged in print; we take the larger of its two readings. *)
Definition footnote (C sigma X : R) (d : nat) : Prop :=
  exp ((sigma * X)² / 3) <= C /\ footnote_base d ^ 8 <= C /\ exp (X²) <= C.

Definition A1 (K1 eta : R) (m : nat) : Prop := K1 / sqrt eta <= INR m.
Definition A2 (C eta : R) : Prop := 0 < eta <= / C ^ 96.
Definition A3 (eta : R) (n : nat) : Prop := / eta² <= INR n.
Definition A4 (m : nat) (c : R) : Prop := c <= / sqrt (sqrt (INR m)).
Definition A5 (d n : nat) (X : R) (x : nat -> vec) : Prop := forall l, (l < n)%nat -> norm d (x l) <= X.
Definition A6 (d0 d : nat) : Prop := (d0 <= d)%nat.

(* Whole numbers above a real. *)
Lemma natural_above r : 0 <= r -> exists k : nat, r <= INR k <= r + 1.
Proof.
intros hr. destruct (archimed r) as [h1 h2]. exists (Z.to_nat (up r)).
assert (0 < up r)%Z by (apply lt_0_IZR; lra).
rewrite INR_IZR_INZ, Z2Nat.id by lia. lra.
Qed.

Lemma natural_below r : 0 <= r -> exists k : nat, INR k <= r < INR k + 1.
Proof.
intros hr. destruct (archimed r) as [h1 h2]. exists (Z.to_nat (up r - 1)).
assert (0 < up r)%Z by (apply lt_0_IZR; lra).
rewrite INR_IZR_INZ, Z2Nat.id by lia. rewrite minus_IZR. lra.
Qed.

(* ln(1/delta^4) <= 4/delta. *)
Lemma ln_small delta : 0 < delta <= 1 -> 0 <= ln (/ delta ^ 4) <= 4 / delta.
Proof.
intros [hp h1].
replace (ln (/ delta ^ 4)) with (4 * ln (/ delta)).
2: { rewrite !ln_Rinv by (try apply pow_lt; assumption). rewrite ln_pow by assumption. simpl INR. ring. }
assert (hi : 1 <= / delta) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
split.
- apply Rmult_le_pos; [lra|]. destruct hi as [hi | <-]; [left; rewrite <- ln_1; apply ln_increasing; lra | rewrite ln_1; lra].
- unfold Rdiv. apply Rmult_le_compat_l; [lra|]. pose proof (exp_ineq1_le (ln (/ delta))) as h.
  rewrite exp_ln in h by lra. lra.
Qed.

Lemma sqrt_pow4 delta : 0 < delta -> sqrt (delta ^ 4) = delta ^ 2.
Proof. intros h. replace (delta ^ 4) with (delta ^ 2 * delta ^ 2) by ring. apply sqrt_square. apply pow2_ge_0. Qed.

(* Step sizes delta^4 as small as wanted, with a width between K1/sqrt eta and 1/eta and a sample of 1/eta^2 inputs. *)
Lemma small_step_size (C K1 bound : R) :
  1 <= C -> 0 < K1 -> 0 < bound ->
  exists (delta : R) (m n : nat),
    0 < delta <= / 8 /\ delta <= bound /\ A2 C (delta ^ 4) /\ A1 K1 (delta ^ 4) m /\ INR m * delta ^ 4 <= 1 /\
    INR m * delta ^ 4 <= (K1 + 1) * delta ^ 2 /\ (0 < m)%nat /\ A3 (delta ^ 4) n /\ (0 < n)%nat.
Proof.
intros hC hK hb.
assert (hCp : 1 <= C ^ 96) by now apply pow_R1_Rle.
set (delta := Rmin (Rmin (/ 8) bound) (Rmin (/ C ^ 96) (/ (K1 + 1)))).
assert (hd8 : delta <= / 8) by (apply Rle_trans with (Rmin (/ 8) bound); apply Rmin_l).
assert (hdb : delta <= bound) by (apply Rle_trans with (Rmin (/ 8) bound); [apply Rmin_l | apply Rmin_r]).
assert (hdC : delta <= / C ^ 96) by (apply Rle_trans with (Rmin (/ C ^ 96) (/ (K1 + 1))); [apply Rmin_r | apply Rmin_l]).
assert (hdK : delta <= / (K1 + 1)) by (apply Rle_trans with (Rmin (/ C ^ 96) (/ (K1 + 1))); apply Rmin_r).
assert (hpos : 0 < delta).
{ unfold delta. repeat apply Rmin_glb_lt; try lra; apply Rinv_0_lt_compat; lra. }
assert (h2 : 0 < delta ^ 2) by now apply pow_lt.
assert (h4 : 0 < delta ^ 4) by now apply pow_lt.
destruct (natural_above (K1 / delta ^ 2)) as [m [hm1 hm2]].
{ apply Rlt_le, Rdiv_lt_0_compat; assumption. }
destruct (natural_above (/ (delta ^ 4)²)) as [n [hn1 hn2]].
{ apply Rlt_le, Rinv_0_lt_compat. unfold Rsqr. now apply Rmult_lt_0_compat. }
exists delta, m, n.
assert (hm0 : 0 < INR m) by (apply Rlt_le_trans with (2 := hm1); now apply Rdiv_lt_0_compat).
assert (hn0 : 0 < INR n).
{ apply Rlt_le_trans with (2 := hn1). apply Rinv_0_lt_compat. unfold Rsqr. now apply Rmult_lt_0_compat. }
repeat split; try assumption.
- apply Rle_trans with (2 := hdC). replace (delta ^ 4) with (delta ^ 2 * delta ^ 2) by ring.
  rewrite <- (Rmult_1_l delta) at 3. apply Rmult_le_compat; simpl; nra.
- unfold A1. now rewrite sqrt_pow4.
- (* (K1/delta^2 + 1) delta^4 <= K1 delta + delta <= 1 *)
  apply Rle_trans with ((K1 / delta ^ 2 + 1) * delta ^ 4); [apply Rmult_le_compat_r; lra|].
  replace ((K1 / delta ^ 2 + 1) * delta ^ 4) with ((K1 + delta ^ 2) * delta ^ 2) by (field; lra).
  assert (hk : (K1 + 1) * delta <= 1).
  { apply Rle_trans with ((K1 + 1) * / (K1 + 1)); [apply Rmult_le_compat_l; lra | rewrite Rinv_r; lra]. }
  assert (delta ^ 2 <= delta) by (simpl; nra).
  assert (delta ^ 2 <= 1) by (simpl; nra).
  apply Rle_trans with ((K1 + 1) * delta); [|exact hk]. apply Rmult_le_compat; lra.
- apply Rle_trans with ((K1 / delta ^ 2 + 1) * delta ^ 4); [apply Rmult_le_compat_r; lra|].
  replace ((K1 / delta ^ 2 + 1) * delta ^ 4) with ((K1 + delta ^ 2) * delta ^ 2) by (field; lra).
  apply Rmult_le_compat_r; [lra|]. assert (delta ^ 2 <= 1) by (simpl; nra). lra.
- now apply INR_lt.
- now apply INR_lt.
Qed.

(* A constant C that is large enough for the footnote and for a given bound. *)
Lemma large_constant C0 sigma X d : exists C, C0 <= C /\ 1 <= C /\ footnote C sigma X d.
Proof.
exists (Rmax (Rmax C0 1) (Rmax (exp ((sigma * X)² / 3)) (Rmax (footnote_base d ^ 8) (exp (X²))))).
unfold footnote. repeat split.
- eapply Rle_trans; [apply Rmax_l|]. apply Rmax_l.
- eapply Rle_trans; [apply (Rmax_r C0)|]. apply Rmax_l.
- eapply Rle_trans; [apply Rmax_l|]. apply Rmax_r.
- eapply Rle_trans; [apply Rmax_l|]. eapply Rle_trans; [apply Rmax_r|]. apply Rmax_r.
- eapply Rle_trans; [apply Rmax_r|]. eapply Rle_trans; [apply Rmax_r|]. apply Rmax_r.
Qed.
