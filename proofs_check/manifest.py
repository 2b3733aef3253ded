#!/usr/bin/env python3
"""What compiled, as data.

  manifest.py script HEADLINES             the Coq file that prints statement and assumptions of every headline theorem
  manifest.py write HEADLINES OUTPUT DIR   from what Coq printed: DIR/{manifest.json,statements.txt,assumptions.txt}
"""
import json
import pathlib
import re
import sys
import tomllib

MARK = "=== "


def headlines(path):
    rows = tomllib.loads(pathlib.Path(path).read_text())["theorem"]
    for row in rows:
        if row["tier"] not in ("proved", "disproved") or row["scope"] not in ("statement", "step"):
            sys.exit(f"{path}: {row['theorem']}: unknown tier or scope")
    return rows


def script(rows):
    """Theorems are named with their file, so that a theorem that has moved fails."""
    modules = sorted({row["file"].removesuffix(".v") for row in rows})
    lines = ["From Coq Require Import Reals.", f"From Escapement Require {' '.join(modules)}.",
             "Open Scope R_scope.", "Set Printing Width 116."]
    for name in dict.fromkeys(f"{row['file'].removesuffix('.v')}.{row['theorem']}" for row in rows):
        lines += [f"Goal True. idtac \"{MARK}{name}\". Abort.", f"Check {name}.",
                  f"Goal True. idtac \"---\". Abort.", f"Print Assumptions {name}."]
    return "\n".join(lines) + "\n"


def parse(text):
    """name -> (statement as printed, sorted names of assumptions)"""
    found = {}
    for block in text.split(MARK)[1:]:
        name, _, rest = block.partition("\n")
        statement, _, printed = rest.partition("---\n")
        if "Closed under the global context" in printed:
            axioms = []
        else:
            axioms = sorted(re.findall(r"^([A-Za-z_][\w.']*)(?= :|$)", printed, re.M))
            axioms = [axiom for axiom in axioms if axiom != "Axioms"]
            if not axioms:
                sys.exit(f"{name}: cannot read what Print Assumptions says:\n{printed}")
        found[name] = (statement.rstrip(), axioms)
    return found


def write(rows, printed, folder):
    found = parse(printed)
    manifest = []
    for row in rows:
        name = f"{row['file'].removesuffix('.v')}.{row['theorem']}"
        manifest.append({
            "statement": row["statement"], "clause": row.get("clause", ""), "reading": row["reading"],
            "theorem": row["theorem"], "file": "proofs_check/theories/" + row["file"], "tier": row["tier"],
            "scope": row["scope"], "says": row["says"], "assuming": row.get("assuming", ""),
            "degenerate": row.get("degenerate", False), "assumptions": found[name][1]})
    folder = pathlib.Path(folder)
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    (folder / "statements.txt").write_text("".join(f"{statement}\n\n" for statement, _ in found.values()))
    (folder / "assumptions.txt").write_text(
        "".join(f"{name}: {', '.join(axioms) or 'none'}\n" for name, (_, axioms) in found.items()))
    tiers = [row["tier"] for row in manifest]
    print(f"proofs: {len(found)} headline theorems, {len(manifest)} rows: "
          f"{tiers.count('proved')} proved, {tiers.count('disproved')} disproved")


if __name__ == "__main__":
    if sys.argv[1:2] == ["script"] and len(sys.argv) == 3:
        sys.stdout.write(script(headlines(sys.argv[2])))
    elif sys.argv[1:2] == ["write"] and len(sys.argv) == 5:
        write(headlines(sys.argv[2]), pathlib.Path(sys.argv[3]).read_text(), sys.argv[4])
    else:
        sys.exit(__doc__)
