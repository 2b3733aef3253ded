#!/usr/bin/env python3
"""What compiled, as data.

  manifest.py scripts HEADLINES DIR PARTS     the Coq files DIR/headlines_K.v, K < PARTS, that print the statement and the
                                              assumptions of every headline theorem, and the definitions to be compared
  manifest.py write HEADLINES DIR             from what Coq printed (DIR/headlines_*.out), in DIR:
                                              manifest.json, statements.txt, assumptions.txt; and of the certificates,
                                              from what the replay printed (DIR/certificates.txt, DIR/kernel.txt)
"""
import json
import pathlib
import re
import sys
import tomllib

MARK = "=== "
# Statements about probabilities over whole runs: a certificate of them shows one path on which the event fails.
EVENTS = ("theorem-4.2", "lemma-4.4", "sam-phases")
# What `hypotheses` may hold (src/judge/theorem_scope.h reads it).
HYPOTHESIS = re.compile(r"(d|m|n|eta|sigma|theta_norm|rho) (<=|<|>=|>|=) -?\d+(/[1-9]\d*)?")
FLAGS = ("n = population", "m = 1/sqrt(eta)")
# Coq's own machine integers, which `interval` computes with: one line for the lot.
KERNEL_INTEGERS = ("PrimInt63.", "Uint63.")


def headlines(path):
    data = tomllib.loads(pathlib.Path(path).read_text())
    for row in data["theorem"]:
        if row["tier"] not in ("proved", "disproved") or row["scope"] not in ("statement", "step"):
            sys.exit(f"{path}: {row['theorem']}: unknown tier or scope")
        if row["scope"] == "statement":
            if row.get("decides") not in ("row", "claim") or not row.get("holds_for") or not row.get("review"):
                sys.exit(f"{path}: {row['theorem']}: needs decides (row or claim), holds_for and review")
            for hypothesis in row.get("hypotheses", []):
                if hypothesis not in FLAGS and not HYPOTHESIS.fullmatch(hypothesis):
                    sys.exit(f"{path}: {row['theorem']}: '{hypothesis}' is no hypothesis on a row's parameters")
    return data


def qualified(row):
    """Theorems are named with their file, so that a theorem that has moved fails."""
    return f"{row['file'].removesuffix('.v')}.{row['theorem']}"


def scripts(data, folder, parts):
    names = list(dict.fromkeys(qualified(row) for row in data["theorem"]))
    modules = sorted({name.split(".")[0] for name in names + data["definitions"]})
    for part in range(parts):
        lines = ["From Coq Require Import Reals.", f"From Escapement Require Import {' '.join(modules)}.",
                 "Open Scope R_scope.", "Set Printing Width 116."]
        for name in names[part::parts]:
            lines += [f'Goal True. idtac "{MARK}{name}". Abort.', f"Check {name}.",
                      'Goal True. idtac "---". Abort.', f"Print Assumptions {name}."]
        if part == 0:
            for name in data["definitions"]:
                lines += [f'Goal True. idtac "{MARK}{name}". Abort.', f"Print {name}."]
        (folder / f"headlines_{part}.v").write_text("\n".join(lines) + "\n")


def axioms_of(name, printed):
    if "Closed under the global context" in printed:
        return []
    axioms = set(re.findall(r"^([A-Za-z_][\w.']*)(?= :|$)", printed, re.M)) - {"Axioms"}
    if not axioms:
        sys.exit(f"{name}: cannot read what Print Assumptions says:\n{printed}")
    kernel = {axiom for axiom in axioms if axiom.startswith(KERNEL_INTEGERS)}
    return sorted(axioms - kernel) + (["PrimInt63 and its specification (machine integers of the kernel)"] if kernel else [])


def parse(folder):
    """name -> (statement as printed, names of assumptions)"""
    found = {}
    for path in sorted(folder.glob("headlines_*.out")):
        for block in path.read_text().split(MARK)[1:]:
            name, _, rest = block.partition("\n")
            statement, separator, printed = rest.partition("---\n")
            statement = re.sub(r"\n\nArguments .*", "", statement, flags=re.S)
            found[name] = (statement.rstrip(), axioms_of(name, printed) if separator else None)
    return found


def folder_of(file):
    """theories/ or checker/, whichever of them holds the file."""
    home = pathlib.Path(__file__).parent
    return next(f"proofs_check/{name}/" for name in ("theories", "checker") if (home / name / file).exists())


def certificates(folder):
    """One row a certificate that was accepted; the comment at its top says what it shows."""
    kernel = set((folder / "kernel.txt").read_text().split())
    home = pathlib.Path(__file__).parent / "certificates"
    rows = []
    for line in (folder / "certificates.txt").read_text().splitlines():
        _, path, statement, clause, reading, start = line.split()
        comment = [text[2:] for text in (home / path).read_text().splitlines() if text.startswith("# ")]
        rows.append({
            "statement": statement, "clause": clause.replace("-", ""), "reading": reading,
            "file": "proofs_check/certificates/" + path.removeprefix("./"),
            "tier": "kernel-checked certificate" if path in kernel else "checked certificate",
            "scope": "event" if statement in EVENTS else "instance", "start": start, "says": " ".join(comment)})
    return rows


def write(data, folder):
    found = parse(folder)
    manifest = []
    for row in data["theorem"]:
        manifest.append({
            "statement": row["statement"], "clause": row.get("clause", ""), "reading": row["reading"],
            "theorem": row["theorem"], "file": folder_of(row["file"]) + row["file"], "tier": row["tier"],
            "scope": row["scope"], "says": row["says"], "assuming": row.get("assuming", ""),
            "decides": row.get("decides", ""), "holds_for": row.get("holds_for", ""),
            "hypotheses": row.get("hypotheses", []), "review": row.get("review", ""),
            "degenerate": row.get("degenerate", False), "assumptions": found[qualified(row)][1]})
    names = list(dict.fromkeys(qualified(row) for row in data["theorem"]))
    checked = certificates(folder)
    (folder / "manifest.json").write_text(json.dumps({"theorems": manifest, "certificates": checked}, indent=1) + "\n")
    (folder / "statements.txt").write_text("".join(f"{found[name][0]}\n\n" for name in data["definitions"] + names))
    (folder / "assumptions.txt").write_text(
        "".join(f"{name}: {', '.join(found[name][1]) or 'none'}\n" for name in names))
    tiers = [row["tier"] for row in manifest]
    print(f"proofs: {len(names)} headline theorems, {len(manifest)} rows: "
          f"{tiers.count('proved')} proved, {tiers.count('disproved')} disproved; "
          f"{len(checked)} certificates accepted, {sum(row['tier'].startswith('kernel') for row in checked)} in the kernel")


if __name__ == "__main__":
    if sys.argv[1:2] == ["scripts"] and len(sys.argv) == 5:
        scripts(headlines(sys.argv[2]), pathlib.Path(sys.argv[3]), int(sys.argv[4]))
    elif sys.argv[1:2] == ["write"] and len(sys.argv) == 4:
        write(headlines(sys.argv[2]), pathlib.Path(sys.argv[3]))
    else:
        sys.exit(__doc__)
