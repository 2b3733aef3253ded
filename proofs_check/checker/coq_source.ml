(* A certificate as Coq source, so that the kernel itself runs the checker on it. *)
module Integer = Z (* Zarith's, which the checker's own Z hides *)
open Checker

let z n = if Integer.sign n < 0 then Printf.sprintf "(%s)%%Z" (Integer.to_string n) else Integer.to_string n ^ "%Z"
let q r = Printf.sprintf "(%s # %s)%%Q" (Integer.to_string r.qnum) (Integer.to_string r.qden)
let nat i = string_of_int i ^ "%nat"
let pair f g (x, y) = Printf.sprintf "(%s, %s)" (f x) (g y)
let list f l = "[" ^ String.concat "; " (List.map f l) ^ "]"
let bool b = if b then "true" else "false"
let option f = function None -> "None" | Some x -> Printf.sprintf "(Some %s)" (f x)
let active = option (pair q nat)

let claim = function
  | OscillationIdentity i -> Printf.sprintf "(OscillationIdentity %s)" (nat i)
  | Escape (floor, i) -> Printf.sprintf "(Escape %s %s)" (bool floor) (nat i)
  | Sign i -> Printf.sprintf "(Sign %s)" (nat i)
  | Size i -> Printf.sprintf "(Size %s)" (nat i)
  | Bound (k, i) -> Printf.sprintf "(Bound %s %s)" (q k) (nat i)
  | Diminishing -> "Diminishing"
  | Alignment (flow, generic, k, i) -> Printf.sprintf "(Alignment %s %s %s %s)" (bool flow) (bool generic) (q k) (nat i)
  | Convergence (k, growing) -> Printf.sprintf "(Convergence %s %s)" (q k) (active growing)
  | KeptAlignment (k, growing, i) -> Printf.sprintf "(KeptAlignment %s %s %s)" (q k) (active growing) (nat i)
  | SamPhases -> "SamPhases"

let rule = function
  | LabelNoise -> "LabelNoise"
  | FullBatch -> "FullBatch"
  | SharpnessAware -> "SharpnessAware"
  | Driven -> "Driven"

let prelude =
  "From Coq Require Import ZArith QArith List.\nFrom Escapement Require Import Certificate Checker Soundness.\nImport ListNotations.\n"

let theorem name (c : certificate) =
  String.concat "\n"
    [ "";
      Printf.sprintf "Definition %s : certificate := mk_certificate %s %s %s" name (z c.bits) (rule c.rule) (nat c.horizon);
      Printf.sprintf "  %s %s %s %s" (q c.step_size) (q c.noise_level) (q c.radius) (q c.amplitude);
      "  " ^ list q c.ground_truth;
      "  " ^ list (list q) c.inputs;
      "  " ^ list (pair nat z) c.driving;
      "  " ^ list (list z) c.layers;
      "  " ^ list (pair (list (pair q q)) (pair q q)) c.starts;
      Printf.sprintf "  %s." (claim c.statement);
      Printf.sprintf "Theorem %s_violates : forall s0, in_box %s s0 -> violated %s s0." name name name;
      "Proof. apply checker_sound. vm_compute. reflexivity. Qed.";
      "" ]
