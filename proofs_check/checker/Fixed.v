(* Intervals whose ends are integers, in units of 2^-q: [lo, hi] holds the real x when lo <= x 2^q <= hi. Sums and products
   are exact, a product is in units of 2^-2p and is rounded outwards once; that is all there is to rounding. *)
From Coq Require Import Reals Lra Psatz ZArith QArith Qreals.
Open Scope R_scope.

Definition interval := (Z * Z)%type.

Definition holds (q : Z) (i : interval) (x : R) : Prop := IZR (fst i) <= x * IZR (2 ^ q) <= IZR (snd i).

Definition izero : interval := (0, 0)%Z.
Definition iadd (i j : interval) : interval := (fst i + fst j, snd i + snd j)%Z.
Definition isub (i j : interval) : interval := (fst i - snd j, snd i - fst j)%Z.
Definition iopp (i : interval) : interval := (- snd i, - fst i)%Z.
Definition imul (i j : interval) : interval :=
  let a := (fst i * fst j)%Z in let b := (fst i * snd j)%Z in
  let c := (snd i * fst j)%Z in let e := (snd i * snd j)%Z in
  (Z.min (Z.min a b) (Z.min c e), Z.max (Z.max a b) (Z.max c e)).
Definition floor_shift (z p : Z) : Z := Z.shiftr z p.
Definition ceil_shift (z p : Z) : Z := (- Z.shiftr (- z) p)%Z.
Definition floor_div (z n : Z) : Z := (z / n)%Z.
Definition ceil_div (z n : Z) : Z := (- ((- z) / n))%Z.
(* From units of 2^-2p to units of 2^-p. *)
Definition iround (p : Z) (i : interval) : interval := (floor_shift (fst i) p, ceil_shift (snd i) p).
Definition iscale (z : Z) (i : interval) : interval := imul (z, z) i.
(* By a positive integer. *)
Definition ishare (n : Z) (i : interval) : interval := (floor_div (fst i) n, ceil_div (snd i) n).
(* The rationals between x and y. *)
Definition ibetween (p : Z) (x y : Q) : interval :=
  (floor_div (Z.shiftl (Qnum x) p) (Zpos (Qden x)), ceil_div (Z.shiftl (Qnum y) p) (Zpos (Qden y))).
Definition iexact (p : Z) (x : Q) : interval := ibetween p x x.
Definition iabs (i : interval) : interval :=
  if (0 <=? fst i)%Z then i else if (snd i <=? 0)%Z then iopp i else (0, Z.max (- fst i) (snd i))%Z.

(* Squares, in units of 2^-2p, without the loss of imul i i. *)
Definition isquare (i : interval) : interval := (fst (iabs i) * fst (iabs i), snd (iabs i) * snd (iabs i))%Z.

Definition below (i j : interval) : bool := (snd i <? fst j)%Z.
Definition at_most (i j : interval) : bool := (snd i <=? fst j)%Z.

Lemma unit_pos q : (0 <= q)%Z -> 0 < IZR (2 ^ q).
Proof. intros hq. apply IZR_lt. now apply Z.pow_pos_nonneg. Qed.

Lemma holds_zero q : holds q izero 0.
Proof. unfold holds, izero. simpl. lra. Qed.

Lemma holds_add q i j x y : holds q i x -> holds q j y -> holds q (iadd i j) (x + y).
Proof. unfold holds, iadd. simpl. rewrite !plus_IZR. lra. Qed.

Lemma holds_sub q i j x y : holds q i x -> holds q j y -> holds q (isub i j) (x - y).
Proof. unfold holds, isub. simpl. rewrite !minus_IZR. lra. Qed.

Lemma holds_opp q i x : holds q i x -> holds q (iopp i) (- x).
Proof. unfold holds, iopp. simpl. rewrite !opp_IZR. lra. Qed.

(* A bilinear form on a rectangle lies between its values at the corners. *)
Lemma corners a b c e x y : a <= x <= b -> c <= y <= e ->
  Rmin (Rmin (a * c) (a * e)) (Rmin (b * c) (b * e)) <= x * y <= Rmax (Rmax (a * c) (a * e)) (Rmax (b * c) (b * e)).
Proof.
intros hx hy. split.
- assert (h : forall z, c <= z <= e -> Rmin (z * a) (z * b) <= z * x).
  { intros z _. destruct (Rle_or_lt 0 z); [apply Rle_trans with (1 := Rmin_l _ _) | apply Rle_trans with (1 := Rmin_r _ _)]; nra. }
  apply Rle_trans with (Rmin (y * a) (y * b)); [|rewrite (Rmult_comm x); now apply h].
  apply Rmin_glb; rewrite Rmult_comm.
  + apply Rle_trans with (1 := Rmin_l _ _).
    destruct (Rle_or_lt 0 a); [apply Rle_trans with (1 := Rmin_l _ _) | apply Rle_trans with (1 := Rmin_r _ _)]; nra.
  + apply Rle_trans with (1 := Rmin_r _ _).
    destruct (Rle_or_lt 0 b); [apply Rle_trans with (1 := Rmin_l _ _) | apply Rle_trans with (1 := Rmin_r _ _)]; nra.
- assert (h : y * x <= Rmax (y * a) (y * b)).
  { destruct (Rle_or_lt 0 y); [apply Rle_trans with (2 := Rmax_r _ _) | apply Rle_trans with (2 := Rmax_l _ _)]; nra. }
  rewrite (Rmult_comm x). apply Rle_trans with (1 := h).
  apply Rmax_lub; rewrite Rmult_comm.
  + apply Rle_trans with (2 := Rmax_l _ _).
    destruct (Rle_or_lt 0 a); [apply Rle_trans with (2 := Rmax_r _ _) | apply Rle_trans with (2 := Rmax_l _ _)]; nra.
  + apply Rle_trans with (2 := Rmax_r _ _).
    destruct (Rle_or_lt 0 b); [apply Rle_trans with (2 := Rmax_r _ _) | apply Rle_trans with (2 := Rmax_l _ _)]; nra.
Qed.

Lemma min_IZR a b : IZR (Z.min a b) = Rmin (IZR a) (IZR b).
Proof.
destruct (Z.min_spec a b) as [[h ->] | [h ->]].
- rewrite Rmin_left; [reflexivity | apply IZR_le; lia].
- rewrite Rmin_right; [reflexivity | now apply IZR_le].
Qed.

Lemma max_IZR a b : IZR (Z.max a b) = Rmax (IZR a) (IZR b).
Proof.
destruct (Z.max_spec a b) as [[h ->] | [h ->]].
- rewrite Rmax_right; [reflexivity | apply IZR_le; lia].
- rewrite Rmax_left; [reflexivity | now apply IZR_le].
Qed.

Lemma holds_mul q r i j x y :
  (0 <= q)%Z -> (0 <= r)%Z -> holds q i x -> holds r j y -> holds (q + r) (imul i j) (x * y).
Proof.
unfold holds, imul. simpl. intros hq hr hx hy.
rewrite !min_IZR, !max_IZR, !mult_IZR, Z.pow_add_r, mult_IZR by assumption.
replace (x * y * (IZR (2 ^ q) * IZR (2 ^ r))) with (x * IZR (2 ^ q) * (y * IZR (2 ^ r))) by ring.
now apply corners.
Qed.

Lemma holds_scale q z i x : (0 <= q)%Z -> holds q i x -> holds q (iscale z i) (IZR z * x).
Proof.
intros hq h. apply (holds_mul 0 q); [lia | exact hq | | exact h]. unfold holds. simpl. lra.
Qed.

Lemma floor_div_le z n : (0 < n)%Z -> IZR (floor_div z n) <= IZR z / IZR n.
Proof.
intros hn. assert (0 < IZR n) by now apply IZR_lt. apply Rmult_le_reg_r with (IZR n); [assumption|].
unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra. rewrite <- mult_IZR. apply IZR_le.
unfold floor_div. rewrite Z.mul_comm. now apply Z.mul_div_le.
Qed.

Lemma ceil_div_ge z n : (0 < n)%Z -> IZR z / IZR n <= IZR (ceil_div z n).
Proof.
intros hn. unfold ceil_div. rewrite opp_IZR. pose proof (floor_div_le (- z) n hn) as h. unfold floor_div in h.
rewrite opp_IZR in h. unfold Rdiv in *. lra.
Qed.

Lemma floor_shift_le z p : (0 <= p)%Z -> IZR (floor_shift z p) <= IZR z / IZR (2 ^ p).
Proof.
intros hp. unfold floor_shift. rewrite Z.shiftr_div_pow2 by exact hp.
apply (floor_div_le z (2 ^ p)). now apply Z.pow_pos_nonneg.
Qed.

Lemma ceil_shift_ge z p : (0 <= p)%Z -> IZR z / IZR (2 ^ p) <= IZR (ceil_shift z p).
Proof.
intros hp. unfold ceil_shift. rewrite Z.shiftr_div_pow2 by exact hp.
apply (ceil_div_ge z (2 ^ p)). now apply Z.pow_pos_nonneg.
Qed.

Lemma holds_round p i x : (0 <= p)%Z -> holds (p + p) i x -> holds p (iround p i) x.
Proof.
intros hp. unfold holds, iround. simpl. rewrite Z.pow_add_r, mult_IZR by assumption.
pose proof (unit_pos p hp) as hu. set (u := IZR (2 ^ p)) in *. intros [h1 h2].
pose proof (floor_shift_le (fst i) p hp) as f. pose proof (ceil_shift_ge (snd i) p hp) as c. fold u in f, c.
replace (x * u) with (x * (u * u) / u) by (field; lra). split.
- apply Rle_trans with (1 := f). apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat | exact h1].
- apply Rle_trans with (2 := c). apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat | exact h2].
Qed.

Lemma holds_share q n i x : (0 < n)%Z -> holds q i x -> holds q (ishare n i) (/ IZR n * x).
Proof.
unfold holds, ishare. simpl. intros hn [h1 h2].
pose proof (floor_div_le (fst i) n hn) as f. pose proof (ceil_div_ge (snd i) n hn) as c.
assert (hi : 0 < / IZR n) by (apply Rinv_0_lt_compat; now apply IZR_lt). unfold Rdiv in *. split; nra.
Qed.

Lemma holds_between p x y r : (0 <= p)%Z -> Q2R x <= r <= Q2R y -> holds p (ibetween p x y) r.
Proof.
intros hp [h1 h2]. unfold holds, ibetween. simpl. rewrite !Z.shiftl_mul_pow2 by exact hp.
pose proof (unit_pos p hp) as hu.
pose proof (floor_div_le (Qnum x * 2 ^ p) (Zpos (Qden x)) (Pos2Z.is_pos _)) as f.
pose proof (ceil_div_ge (Qnum y * 2 ^ p) (Zpos (Qden y)) (Pos2Z.is_pos _)) as c.
rewrite mult_IZR in f, c. unfold Q2R in *. set (u := IZR (2 ^ p)) in *. unfold Rdiv in *. split.
- apply Rle_trans with (1 := f).
  replace (IZR (Qnum x) * u * / IZR (Zpos (Qden x))) with (IZR (Qnum x) * / IZR (Zpos (Qden x)) * u) by ring.
  apply Rmult_le_compat_r; lra.
- apply Rle_trans with (2 := c).
  replace (IZR (Qnum y) * u * / IZR (Zpos (Qden y))) with (IZR (Qnum y) * / IZR (Zpos (Qden y)) * u) by ring.
  apply Rmult_le_compat_r; lra.
Qed.

Lemma holds_exact p x : (0 <= p)%Z -> holds p (iexact p x) (Q2R x).
Proof. intros hp. apply holds_between; [exact hp | lra]. Qed.

Lemma holds_abs q i x : (0 <= q)%Z -> holds q i x -> holds q (iabs i) (Rabs x).
Proof.
unfold holds, iabs. intros hq h. pose proof (unit_pos q hq) as hu.
destruct (Z.leb_spec 0 (fst i)) as [h0|h0].
- apply IZR_le in h0. rewrite Rabs_right by nra. exact h.
- destruct (Z.leb_spec (snd i) 0) as [h3|h3].
  + apply IZR_le in h3. rewrite Rabs_left1 by nra. unfold iopp. simpl. rewrite !opp_IZR. lra.
  + simpl. rewrite max_IZR, opp_IZR. split.
    * pose proof (Rabs_pos x). nra.
    * unfold Rabs. destruct (Rcase_abs x); [apply Rle_trans with (2 := Rmax_l _ _) | apply Rle_trans with (2 := Rmax_r _ _)]; lra.
Qed.

Lemma holds_square q i x : (0 <= q)%Z -> holds q i x -> holds (q + q) (isquare i) (x * x).
Proof.
intros hq h. pose proof (holds_abs q i x hq h) as [h1 h2]. unfold holds, isquare. simpl.
assert (h0 : (0 <= fst (iabs i))%Z).
{ unfold iabs. destruct (Z.leb_spec 0 (fst i)); [assumption|]. destruct (Z.leb_spec (snd i) 0); simpl; lia. }
apply IZR_le in h0. rewrite !mult_IZR, Z.pow_add_r, mult_IZR by assumption.
replace (x * x * (IZR (2 ^ q) * IZR (2 ^ q))) with (Rabs x * IZR (2 ^ q) * (Rabs x * IZR (2 ^ q))).
2: { replace (x * x) with (Rabs x * Rabs x); [ring|]. rewrite <- Rabs_mult. apply Rabs_right.
     pose proof (Rle_0_sqr x) as hs. unfold Rsqr in hs. lra. }
split; apply Rmult_le_compat; lra.
Qed.

Lemma below_sound q i j x y : (0 <= q)%Z -> below i j = true -> holds q i x -> holds q j y -> x < y.
Proof.
unfold holds, below. intros hq h [_ hx] [hy _]. apply Z.ltb_lt, IZR_lt in h. pose proof (unit_pos q hq) as hu.
apply Rmult_lt_reg_r with (1 := hu). lra.
Qed.

Lemma at_most_sound q i j x y : (0 <= q)%Z -> at_most i j = true -> holds q i x -> holds q j y -> x <= y.
Proof.
unfold holds, at_most. intros hq h [_ hx] [hy _]. apply Z.leb_le, IZR_le in h. pose proof (unit_pos q hq) as hu.
apply Rmult_le_reg_r with (1 := hu). lra.
Qed.
