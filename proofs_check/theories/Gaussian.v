(* The two Gaussian probabilities that Lemma 4.3 rests on, as integrals of the density.

   small_ball    P(|N| <= s) <= s sqrt(2/pi) for every s >= 0: the sign of DeltaW is wrong for a typical neuron with
                 probability at most sqrt(2/pi) |a| |x| / |w| over <x, w>/|w| ~ N(0, 1)
   quarter_ball  P(|N| <= 1/4) <= 1/5: for |w| = 1 and a = 0, <x, w>^2 >= 1/16 with probability at least 4/5, more than the
                 half that delta_w_size (Lemma43.v) asks for *)
From Coq Require Import Reals Lra Psatz.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
Open Scope R_scope.

Definition density (x : R) : R := exp (- (x * x) / 2) / sqrt (2 * PI).
Definition probability_within (s : R) : R := RInt density (- s) s.

Lemma density_continuous x : continuous density x.
Proof.
apply (ex_derive_continuous (V := R_NormedModule)). unfold density. auto_derive. exact I.
Qed.

Lemma density_integrable u v : ex_RInt density u v.
Proof. apply (ex_RInt_continuous (V := R_CompleteNormedModule)). intros z _. apply density_continuous. Qed.

Theorem small_ball s : 0 <= s -> probability_within s <= s * sqrt (2 / PI).
Proof.
intros hs. pose proof PI_RGT_0 as hpi.
assert (hroot : 0 < sqrt (2 * PI)) by (apply sqrt_lt_R0; lra).
apply Rle_trans with (RInt (fun _ => / sqrt (2 * PI)) (- s) s).
- apply RInt_le; [lra | apply density_integrable | apply ex_RInt_const|]. intros x _. unfold density.
  rewrite <- (Rmult_1_l (/ sqrt (2 * PI))) at 1. unfold Rdiv. apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat|].
  rewrite <- exp_0. destruct (Req_dec x 0) as [-> | hx]; [right; f_equal; ring|].
  left. apply exp_increasing. nra.
- rewrite RInt_const. unfold scal. simpl. unfold mult. simpl. right.
  replace (2 / PI) with (2 * 2 / (2 * PI)) by (field; lra).
  rewrite sqrt_div_alt by lra. rewrite sqrt_square by lra. field. lra.
Qed.

Theorem quarter_ball : probability_within (/ 4) <= / 5.
Proof.
unfold probability_within, density.
integral with (i_prec 40).
Qed.
