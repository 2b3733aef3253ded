(* The checker as an OCaml program on Zarith's integers. What has to be believed for a `checked certificate` beyond the
   kernel: Coq's extraction, the replacements of ExtrOcamlZBigInt and ExtrOcamlNatInt and the three below, Zarith, and
   certificate_file.ml, which reads the text. *)
From Coq Require Import ZArith Extraction ExtrOcamlBasic ExtrOcamlZBigInt ExtrOcamlNatInt.
From Escapement Require Import Certificate Run Checker.

Extract Constant Z.sqrt =>
  "(fun z -> if Big_int_Z.sign_big_int z <= 0 then Big_int_Z.zero_big_int else Big_int_Z.sqrt_big_int z)".
Extract Constant Z.of_nat => "Big_int_Z.big_int_of_int".
Extract Constant Z.to_nat => "(fun z -> if Big_int_Z.sign_big_int z <= 0 then 0 else Big_int_Z.int_of_big_int z)".

Extraction "checker.ml" certificate check enclosed_end.
