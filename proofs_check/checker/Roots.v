(* Square roots, quotients and logarithms of intervals in units of 2^-p.

   ln x = 2^j ln (x^(2^-j)), and 1 - 1/z <= ln z <= z - 1: j square roots bring x so near to 1 that both sides agree to
   2^-j (ln x)^2. Nothing else about the logarithm is used. *)
From Coq Require Import Reals Lra Psatz ZArith.
From Escapement Require Import Fixed.
Open Scope R_scope.

Definition isqrt (p : Z) (i : interval) : interval := (Z.sqrt (Z.shiftl (fst i) p), Z.sqrt_up (Z.shiftl (snd i) p)).

(* For divisors above zero. *)
Definition idiv (p : Z) (i j : interval) : interval :=
  let lo := if (0 <=? fst i)%Z then snd j else fst j in
  let hi := if (0 <=? snd i)%Z then fst j else snd j in
  (floor_div (Z.shiftl (fst i) p) lo, ceil_div (Z.shiftl (snd i) p) hi).

Definition ione (p : Z) : interval := (Z.shiftl 1 p, Z.shiftl 1 p).

Definition positive (i : interval) : bool := (0 <? fst i)%Z.

(* The roots that ln takes: a third of the bits balances what rounding and what 1 - 1/z lose. *)
Fixpoint iroots (p : Z) (k : nat) (i : interval) : interval :=
  match k with
  | O => i
  | S k => isqrt p (iroots p k i)
  end.
Definition depth (p : Z) : Z := (p / 3)%Z.
Definition iln (p : Z) (i : interval) : option interval :=
  let z := iroots p (Z.to_nat (depth p)) i in
  if positive z then
    let inverse := idiv p (ione p) z in
    Some (Z.shiftl (fst (isub (ione p) inverse)) (depth p), Z.shiftl (snd (isub z (ione p))) (depth p))
  else None.

Section Bits.
Variable p : Z.
Hypothesis hp : (0 <= p)%Z.
Let u := IZR (2 ^ p).
Let hu : 0 < u := unit_pos p hp.

Lemma shiftl_IZR z : IZR (Z.shiftl z p) = IZR z * u.
Proof. rewrite Z.shiftl_mul_pow2 by exact hp. now rewrite mult_IZR. Qed.

Lemma holds_one : holds p (ione p) 1.
Proof. unfold holds, ione. simpl. rewrite shiftl_IZR. unfold u. lra. Qed.

Lemma sqrt_floor z y : IZR z <= y -> IZR (Z.sqrt z) <= sqrt y.
Proof.
intros h. destruct (Z.lt_ge_cases z 0) as [hz|hz].
- rewrite Z.sqrt_neg by exact hz. apply sqrt_pos.
- pose proof (Z.sqrt_spec z hz) as [h1 _]. pose proof (Z.sqrt_nonneg z) as h0. apply IZR_le in h0, h1.
  rewrite mult_IZR in h1. rewrite <- (sqrt_square (IZR (Z.sqrt z))) by exact h0. apply sqrt_le_1_alt. lra.
Qed.

Lemma sqrt_ceil z y : y <= IZR z -> sqrt y <= IZR (Z.sqrt_up z).
Proof.
intros h. pose proof (Z.sqrt_up_nonneg z) as h0. apply IZR_le in h0.
destruct (Z.le_gt_cases z 0) as [hz|hz].
- apply IZR_le in hz. rewrite sqrt_neg_0 by lra. exact h0.
- pose proof (Z.sqrt_up_spec z hz) as [_ h1]. apply IZR_le in h1. rewrite mult_IZR in h1.
  rewrite <- (sqrt_square (IZR (Z.sqrt_up z))) by exact h0. apply sqrt_le_1_alt. lra.
Qed.

Lemma holds_sqrt i x : holds p i x -> holds p (isqrt p i) (sqrt x).
Proof.
unfold holds, isqrt. simpl. fold u. intros [h1 h2].
assert (he : sqrt (x * u * u) = sqrt x * u).
{ destruct (Rle_or_lt 0 x) as [hx|hx].
  - rewrite Rmult_assoc, sqrt_mult_alt, sqrt_square by lra. reflexivity.
  - rewrite (sqrt_neg_0 x), sqrt_neg_0 by nra. ring. }
rewrite <- he. split.
- apply sqrt_floor. rewrite shiftl_IZR. nra.
- apply sqrt_ceil. rewrite shiftl_IZR. nra.
Qed.

Lemma quotient a x y l : 0 < y -> 0 < l -> a <= x -> (if Rle_dec 0 a then y <= l else l <= y) -> a / l <= x / y.
Proof.
intros hy hl h h2. assert (hiy : 0 < / y) by now apply Rinv_0_lt_compat.
apply Rle_trans with (a / y); [|apply Rmult_le_compat_r; lra].
unfold Rdiv. destruct (Rle_dec 0 a) as [h0|h0].
- apply Rmult_le_compat_l; [exact h0 | now apply Rinv_le_contravar].
- assert (/ y <= / l) by now apply Rinv_le_contravar. nra.
Qed.

Lemma holds_div i j x y : positive j = true -> holds p i x -> holds p j y -> holds p (idiv p i j) (x / y).
Proof.
unfold holds, idiv, positive. simpl. fold u. intros hj [h1 h2] [h3 h4]. apply Z.ltb_lt in hj.
assert (h0 := IZR_lt _ _ hj). assert (hyu : 0 < y * u) by lra. assert (hy : 0 < y) by nra.
assert (hs : (0 < snd j)%Z) by (apply lt_IZR; lra). assert (hs0 := IZR_lt _ _ hs).
assert (he : x / y * u = x * u / (y * u) * u) by (field; lra). rewrite he. split.
- assert (hl : (0 < if (0 <=? fst i)%Z then snd j else fst j)%Z) by now destruct (0 <=? fst i)%Z.
  apply Rle_trans with (1 := floor_div_le _ _ hl). rewrite shiftl_IZR.
  set (l := if (0 <=? fst i)%Z then snd j else fst j) in *.
  replace (IZR (fst i) * u / IZR l) with (IZR (fst i) / IZR l * u) by (field; apply IZR_lt in hl; lra).
  apply Rmult_le_compat_r; [lra|]. apply quotient; [lra | now apply IZR_lt | lra|].
  unfold l. destruct (Z.leb_spec 0 (fst i)) as [hb|hb]; [apply IZR_le in hb | apply IZR_lt in hb];
    destruct (Rle_dec 0 (IZR (fst i))); lra.
- assert (hl : (0 < if (0 <=? snd i)%Z then fst j else snd j)%Z) by now destruct (0 <=? snd i)%Z.
  apply Rle_trans with (2 := ceil_div_ge _ _ hl). rewrite shiftl_IZR.
  set (l := if (0 <=? snd i)%Z then fst j else snd j) in *.
  replace (IZR (snd i) * u / IZR l) with (IZR (snd i) / IZR l * u) by (field; apply IZR_lt in hl; lra).
  apply Rmult_le_compat_r; [lra|].
  enough (- IZR (snd i) / IZR l <= - (x * u) / (y * u)) by (unfold Rdiv in *; lra).
  destruct (Z.leb_spec 0 (snd i)) as [hb|hb]; [apply IZR_le in hb | apply IZR_lt in hb]; unfold l in *.
  + destruct (Req_dec (IZR (snd i)) 0) as [hz|hz].
    * rewrite hz. unfold Rdiv. rewrite Ropp_0, Rmult_0_l.
      apply Rmult_le_pos; [lra | left; now apply Rinv_0_lt_compat].
    * apply quotient; [lra | now apply IZR_lt | lra |]. destruct (Rle_dec 0 (- IZR (snd i))); lra.
  + apply quotient; [lra | now apply IZR_lt | lra |]. destruct (Rle_dec 0 (- IZR (snd i))); lra.
Qed.

Lemma ln_above z : 0 < z -> 1 - / z <= ln z.
Proof.
intros hz. pose proof (exp_ineq1_le (- ln z)) as h. rewrite exp_Ropp, exp_ln in h by exact hz. lra.
Qed.

Lemma ln_under z : 0 < z -> ln z <= z - 1.
Proof. intros hz. pose proof (exp_ineq1_le (ln z)) as h. rewrite exp_ln in h by exact hz. lra. Qed.

Lemma ln_sqrt z : 0 < z -> ln z = 2 * ln (sqrt z).
Proof.
intros hz. pose proof (sqrt_lt_R0 z hz) as hs. rewrite <- (sqrt_sqrt z) at 1 by lra. rewrite ln_mult by exact hs. ring.
Qed.

Lemma holds_roots k i x :
  0 < x -> holds p i x -> exists z, 0 < z /\ ln x = IZR (2 ^ Z.of_nat k) * ln z /\ holds p (iroots p k i) z.
Proof.
intros hx h. induction k as [|k [z [hz [hl hi]]]].
- exists x. split; [exact hx|]. split; [simpl; ring | exact h].
- exists (sqrt z). split; [now apply sqrt_lt_R0|]. split; [|now apply holds_sqrt].
  rewrite hl, (ln_sqrt z hz), Nat2Z.inj_succ, Z.pow_succ_r, mult_IZR by lia. ring.
Qed.

Lemma holds_ln i x j : 0 < x -> holds p i x -> iln p i = Some j -> holds p j (ln x).
Proof.
unfold iln. intros hx h. destruct (holds_roots (Z.to_nat (depth p)) i x hx h) as [z [hz [hl hi]]].
assert (hd : (0 <= depth p)%Z) by (apply Z.div_pos; lia). rewrite Z2Nat.id in hl by exact hd.
set (zi := iroots p (Z.to_nat (depth p)) i) in *. destruct (positive zi) eqn:hpos; [|discriminate].
intros hj. injection hj as <-. rewrite hl.
pose proof (holds_sub p _ _ _ _ holds_one (holds_div _ _ _ _ hpos holds_one hi)) as [hlow _].
pose proof (holds_sub p _ _ _ _ hi holds_one) as [_ hup].
pose proof (ln_above z hz) as ha. pose proof (ln_under z hz) as hb.
unfold holds. cbn [fst snd] in *. rewrite !(Z.shiftl_mul_pow2 _ (depth p)), !mult_IZR by exact hd.
pose proof (unit_pos (depth p) hd) as hw. set (w := IZR (2 ^ depth p)) in *. fold u in hlow, hup |- *.
unfold Rdiv in hlow. rewrite Rmult_1_l in hlow.
replace (w * ln z * u) with (ln z * u * w) by ring. split; apply Rmult_le_compat_r; try lra.
- apply Rle_trans with (1 := hlow). now apply Rmult_le_compat_r; [left|].
- apply Rle_trans with (2 := hup). now apply Rmult_le_compat_r; [left|].
Qed.

End Bits.
