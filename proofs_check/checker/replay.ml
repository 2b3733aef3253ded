(* replay accepted|rejected FILE...   runs the extracted checker on certificates; all must be accepted, or all rejected
   replay enclosures FILE...          the integers of the enclosure after the last step, for comparing implementations
   replay kernel FILE...              Coq source in which the kernel checks the small ones; their names on standard error
   A line `accepted FILE STATEMENT CLAUSE READING START` (clause - where there is none, start point or box) for each. *)
module Integer = Z (* Zarith's, which the checker's own Z hides *)
open Checker
open Certificate_file

let name path = Filename.remove_extension (Filename.basename path)

(* The kernel's integers are lists of bits: some seconds at this size. *)
let small header (c : certificate) =
  let work = (c.horizon + 1) * header.width * (header.dimension + header.samples) in
  work <= 1100 && Integer.to_int c.bits <= 192

let answer expected path =
  match read path with
  | exception Malformed message -> print_endline ("malformed " ^ message); expected = `Rejected
  | header, certificate ->
      let accepted = check certificate in
      Printf.printf "%s %s %s %s %s %s\n" (if accepted then "accepted" else "rejected") path header.id
        (if header.clause = "" then "-" else header.clause) header.reading (if header.box then "box" else "point");
      accepted = (expected = `Accepted)

let print_enclosure path =
  let _, certificate = read path in
  print_endline (name path);
  let entry (lo, hi) = Integer.to_string lo ^ " " ^ Integer.to_string hi in
  match enclosed_end certificate with
  | None -> print_endline "none"
  | Some network -> List.iter (fun (w, a) -> print_endline (String.concat " " (List.map entry (w @ [ a ])))) network

let identifier path = String.map (fun c -> if c = '-' || c = '.' || c = '+' then '_' else c) (name path)

let kernel paths =
  print_string Coq_source.prelude;
  List.iter
    (fun path ->
      let header, certificate = read path in
      if small header certificate then begin
        prerr_endline path;
        print_string (Coq_source.theorem (identifier path) certificate)
      end)
    paths

let () =
  match Array.to_list Sys.argv with
  | _ :: mode :: (_ :: _ as paths) -> (
      try
        match mode with
        | "accepted" -> if List.mem false (List.map (answer `Accepted) paths) then exit 1
        | "rejected" -> if List.mem false (List.map (answer `Rejected) paths) then exit 1
        | "enclosures" -> List.iter print_enclosure paths
        | "kernel" -> kernel paths
        | _ -> prerr_endline ("replay: no mode '" ^ mode ^ "'"); exit 2
      with Malformed message -> prerr_endline ("replay: " ^ message); exit 2)
  | _ -> prerr_endline "usage: replay accepted|rejected|enclosures|kernel FILE..."; exit 2
