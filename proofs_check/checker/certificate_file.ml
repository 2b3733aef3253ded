(* Certificates as text (proofs_check/README.md, docs/formats.md): words in a fixed order, integers and ratios of integers
   only, `lo..hi` for a number that may lie anywhere between two, `#` to the end of the line a comment. *)
module Integer = Z (* Zarith's, which the checker's own Z hides *)
open Checker

exception Malformed of string

type header = {
  id : string;
  clause : string; (* "" where the statement has none *)
  reading : string;
  dimension : int;
  width : int;
  samples : int;
  box : bool; (* some entry of the start is an interval *)
}

type words = { path : string; mutable left : (int * string) list }

let fail words line what = raise (Malformed (Printf.sprintf "%s:%d: expected %s" words.path line what))

let read_words path =
  let channel = open_in path in
  let rec lines number found =
    match input_line channel with
    | exception End_of_file -> close_in channel; List.rev found
    | line ->
        let text = match String.index_opt line '#' with Some k -> String.sub line 0 k | None -> line in
        let words = List.filter (( <> ) "") (String.split_on_char ' ' text) in
        lines (number + 1) (List.rev_append (List.map (fun word -> (number, word)) words) found)
  in
  { path; left = lines 1 [] }

let next words what =
  match words.left with
  | [] -> fail words 0 (what ^ ", not the end of the file")
  | (line, word) :: rest -> words.left <- rest; (line, word)

let keyword words key =
  let line, word = next words key in
  if word <> key then fail words line (Printf.sprintf "'%s', not '%s'" key word)

let peek words = match words.left with (_, word) :: _ -> word | [] -> ""

let is_integer text =
  let digits = if String.length text > 1 && text.[0] = '-' then String.sub text 1 (String.length text - 1) else text in
  digits <> "" && String.for_all (fun c -> '0' <= c && c <= '9') digits

let count words what =
  let line, word = next words what in
  match int_of_string_opt word with
  | Some value when is_integer word && value >= 0 -> value
  | _ -> fail words line (what ^ ", a natural number")

let ratio words line text =
  let integer part = if is_integer part then Integer.of_string part else fail words line ("an integer or a ratio, not '" ^ text ^ "'") in
  match String.split_on_char '/' text with
  | [ p ] -> { qnum = integer p; qden = Integer.one }
  | [ p; q ] when Integer.sign (integer q) > 0 -> { qnum = integer p; qden = integer q }
  | _ -> fail words line ("an integer or a ratio, not '" ^ text ^ "'")

let number words what = let line, word = next words what in ratio words line word

let range words =
  let line, word = next words "a number or lo..hi" in
  let rec dots k =
    if k + 1 >= String.length word then None else if word.[k] = '.' && word.[k + 1] = '.' then Some k else dots (k + 1)
  in
  match dots 0 with
  | None -> let value = ratio words line word in (value, value)
  | Some k -> (ratio words line (String.sub word 0 k), ratio words line (String.sub word (k + 2) (String.length word - k - 2)))

let list n read = List.init n (fun _ -> read ())

let event words =
  let line, word = next words "an event" in
  let last = String.length word - 1 in
  let sign = match word.[last] with '+' -> Integer.one | '-' -> Integer.minus_one | _ -> fail words line "a sample and a sign, such as 3+" in
  match int_of_string_opt (String.sub word 0 last) with
  | Some sample when is_integer (String.sub word 0 last) && sample >= 0 -> (sample, sign)
  | _ -> fail words line "a sample and a sign, such as 3+"

let chain_state words =
  match next words "+, - or 0" with
  | _, "+" -> Integer.one
  | _, "-" -> Integer.minus_one
  | _, "0" -> Integer.zero
  | line, _ -> fail words line "+, - or 0"

let keyed_count words key = keyword words key; count words key
let keyed_number words key = keyword words key; number words key
let zero = { qnum = Integer.zero; qden = Integer.one }

let claim words statement clause reading =
  let neuron () = keyed_count words "neuron" and constant () = keyed_number words "constant" in
  let active () =
    if not (String.starts_with ~prefix:"non-degenerate" reading) then None
    else let kappa = keyed_number words "kappa" in Some (kappa, keyed_count words "active")
  in
  let with_constant make = let k = constant () in make (k, neuron ()) in
  match (statement, clause, reading) with
  | "oscillation-identity", "", "literal" -> OscillationIdentity (neuron ())
  | "theorem-4.2", "", ("literal" | "norm-floor") -> Escape (reading = "norm-floor", neuron ())
  | "lemma-4.3", "1a", "literal" -> Sign (neuron ())
  | "lemma-4.3", "1b", "literal" -> Size (neuron ())
  | "lemma-4.3", "2b", "literal" -> with_constant (fun (k, i) -> Bound (k, i))
  | "lemma-4.4", "", "literal" -> Diminishing
  | "lemma-4.5", "", ("literal" | "flow-time" | "generic" | "flow-time+generic") ->
      let flow_time = String.starts_with ~prefix:"flow-time" reading and generic = String.ends_with ~suffix:"generic" reading in
      with_constant (fun (k, i) -> Alignment (flow_time, generic, k, i))
  | "lemma-4.6", "1", ("literal" | "population" | "non-degenerate" | "non-degenerate+population") ->
      let k = constant () in
      Convergence (k, active ())
  | "lemma-4.6", "2", ("literal" | "population" | "non-degenerate" | "non-degenerate+population") ->
      let k = constant () in
      let growing = active () in
      KeptAlignment (k, growing, neuron ())
  | "sam-phases", "", "literal" -> SamPhases
  | _ -> raise (Malformed (Printf.sprintf "%s: no claim '%s %s %s' that a certificate can violate" words.path statement clause reading))

let rule words =
  keyword words "method";
  match next words "a method" with
  | _, "label-noise-sgd" -> LabelNoise
  | _, "gradient-descent" -> FullBatch
  | _, "sam" -> SharpnessAware
  | _, "oscillation" -> Driven
  | line, _ -> fail words line "label-noise-sgd, gradient-descent, sam or oscillation"

let read path =
  let words = read_words path in
  keyword words "escapement-certificate";
  keyword words "1";
  let word key = keyword words key; snd (next words key) in
  let id = word "statement" in
  let clause = if peek words = "clause" then word "clause" else "" in
  let reading = word "reading" in
  let claim = claim words id clause reading in
  let bits = keyed_count words "bits" in
  let rule = rule words in
  let d = keyed_count words "d" in
  let m = keyed_count words "m" in
  let n = keyed_count words "n" in
  let horizon = keyed_count words "T" in
  let population = List.mem "population" (String.split_on_char '+' reading) in
  if id = "lemma-4.6" && population <> (n = 0) then
    raise (Malformed (path ^ ": n is 0 in the population's readings of lemma-4.6, and only there"));
  let eta = keyed_number words "eta" in
  let noisy = rule = LabelNoise || rule = SharpnessAware in
  let sigma = if noisy then keyed_number words "sigma" else zero in
  let rho = if rule = SharpnessAware then keyed_number words "rho" else zero in
  let alpha = if rule = Driven then keyed_number words "amplitude" else zero in
  keyword words "theta_star";
  let target = list d (fun () -> number words "an entry of theta*") in
  let inputs = list n (fun () -> keyword words "x"; list d (fun () -> number words "an entry of x")) in
  let starts = list m (fun () ->
    keyword words "start";
    let w = list d (fun () -> range words) in
    (w, range words)) in
  let rec events found = if peek words = "end" then List.rev found else events (event words :: found) in
  let driving = if noisy then (keyword words "driving"; events []) else [] in
  let layers = if rule = Driven then list (horizon + 1) (fun () -> keyword words "layer"; list m (fun () -> chain_state words)) else [] in
  keyword words "end";
  (match words.left with [] -> () | (line, _) :: _ -> fail words line "nothing after 'end'");
  let box = List.exists (fun (w, a) -> List.exists (fun (lo, hi) -> lo <> hi) (a :: w)) starts in
  ( { id; clause; reading; dimension = d; width = m; samples = n; box },
    { bits = Integer.of_int bits; rule; horizon; step_size = eta; noise_level = sigma; radius = rho; amplitude = alpha;
      ground_truth = target; inputs; driving; layers; starts; statement = claim } )
