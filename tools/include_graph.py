#!/usr/bin/env python3
"""Checks that every include in src/ obeys the include rule, cmake/rooms.txt, and that no headers include in a circle.

    include_graph.py [ROOT]      check ROOT/src against ROOT/cmake/rooms.txt (default: this repository)
    include_graph.py --self-test check the checker on small trees that break the rule in every way

Complaints read file:line: text; the exit status is 1 if there are any.
"""
import pathlib
import re
import sys
import tempfile

RULE = "cmake/rooms.txt"
SUFFIXES = {".h", ".hpp", ".hh", ".inl", ".ipp", ".c", ".cc", ".cpp", ".cxx"}
INCLUDE = re.compile(r'\s*#\s*include\s*(?:"([^"]+)"|<(escapement/[^>]+)>)')
STRING = re.compile(r'"(\\.|[^"\\])*"')


def read_rule(path):
    """{room: what it may include, as rooms and room/header entries, with all that those may include}."""
    allowed = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        room, _, entries = line.partition(":")
        reach = {room.strip()}
        for entry in entries.split():
            if entry == "*":
                reach.update(*allowed.values())
            elif "/" in entry and entry.split("/")[0] in allowed:
                reach.add(entry)
            elif entry in allowed:
                reach |= allowed[entry]
            else:
                sys.exit(f"{path}:{number}: '{entry}' is not listed above '{room}'")
        allowed[room.strip()] = reach
    return allowed


def includes_of(path):
    """(line number, included name) of each include of ours, comments left out."""
    in_comment = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = None if in_comment else INCLUDE.match(line)
        if match:
            yield number, match.group(1) or match.group(2)
        if not in_comment:
            line = STRING.sub('""', line).split("//")[0]
        opened, closed = line.rfind("/*"), line.rfind("*/")
        if opened != closed:
            in_comment = opened > closed


def check_files(src, allowed):
    """Complaints about single includes, and the graph {file: [(line, included file)]} for the search for circles."""
    complaints, graph = [], {}
    for path in sorted(p for p in src.rglob("*") if p.suffix in SUFFIXES):
        name = path.relative_to(src).as_posix()
        room = name.split("/")[0]
        shown = f"src/{name}"
        edges = graph.setdefault(name, [])
        if room not in allowed:
            complaints.append(f"{shown}:1: not in a room of {RULE}")
            continue
        for line, text in includes_of(path):
            place = f"{shown}:{line}"
            if not text.startswith("escapement/"):
                complaints.append(f'{place}: "{text}": write "escapement/<room>/<file>.h"')
                continue
            target = text.removeprefix("escapement/")
            target_room = target.split("/")[0]
            if ".." in target.split("/"):
                complaints.append(f'{place}: "{text}": no ".." in an include')
            elif target_room not in allowed:
                complaints.append(f"{place}: {text}: there is no room '{target_room}'")
            elif target_room not in allowed[room] and target not in allowed[room]:
                complaints.append(f"{place}: {room} may not include {target}")
            elif not (src / target).is_file():
                complaints.append(f"{place}: {text} does not exist")
            else:
                edges.append((line, target))
    return complaints, graph


def find_circles(graph):
    """One complaint for each include that closes a circle (depth-first search, without recursion)."""
    complaints, done = [], set()
    for start in graph:
        stack, trail = [(start, iter(graph[start]))], [start]
        while stack:
            name, edges = stack[-1]
            for line, target in edges:
                if target in trail:
                    circle = trail[trail.index(target):] + [target]
                    complaints.append(f"src/{name}:{line}: circle of includes: {' -> '.join(circle)}")
                elif target not in done:
                    stack.append((target, iter(graph.get(target, []))))
                    trail.append(target)
                    break
            else:
                done.add(name)
                stack.pop()
                trail.pop()
    return complaints


def check(root):
    allowed = read_rule(root / RULE)
    complaints, graph = check_files(root / "src", allowed)
    return complaints + find_circles(graph), graph


SELF_TEST_RULE = "base:\nlow: base/a.h  # one header\nmid: low\nlone:\ntop: *\n"
SELF_TESTS = [  # (files, what each complaint must hold)
    ({"mid/m.h": '#include "escapement/low/l.h"\n', "low/l.h": '#include "escapement/base/a.h"\n', "base/a.h": ""}, []),
    ({"mid/m.h": '#include "escapement/base/a.h"\n', "base/a.h": ""}, []),  # what low may, mid may
    ({"top/t.cpp": '#include "escapement/lone/x.h"\n', "lone/x.h": '#include "escapement/lone/y.h"\n', "lone/y.h": ""}, []),
    ({"low/l.h": '\n#include "escapement/mid/m.h"\n', "mid/m.h": ""}, ["src/low/l.h:2: low may not include mid/m.h"]),
    ({"low/l.cpp": '#include "escapement/base/b.h"\n', "base/b.h": ""}, ["src/low/l.cpp:1: low may not include base/b.h"]),
    ({"mid/m.h": '#include <escapement/lone/x.h>\n', "lone/x.h": ""}, ["src/mid/m.h:1: mid may not include lone/x.h"]),
    ({"mid/deep/m.cpp": '#  include "escapement/top/t.h"\n', "top/t.h": ""}, ["src/mid/deep/m.cpp:1: mid may not"]),
    ({"base/a.h": '/* x\n#include "escapement/top/t.h"\n*/ // y\n#include "escapement/top/t.h"\n', "top/t.h": ""},
     ["src/base/a.h:4: base may not include top/t.h"]),
    ({"base/a.h": 'auto s = "/*";  // /*\n#include "escapement/top/t.h"\n', "top/t.h": ""}, ["src/base/a.h:2: base may"]),
    ({"base/a.h": '/* one */ /* two */\n#include "escapement/top/t.h"\n', "top/t.h": ""}, ["src/base/a.h:2: base may"]),
    ({"low/l.h": '#include "../base/a.h"\n', "base/a.h": ""}, ['src/low/l.h:1: "../base/a.h": write']),
    ({"low/l.h": '#include "escapement/low/../base/a.h"\n', "base/a.h": ""}, ['no ".."']),
    ({"low/l.h": '#include "escapement/low/gone.h"\n'}, ["gone.h does not exist"]),
    ({"low/l.h": '#include "escapement/cellar/c.h"\n'}, ["there is no room 'cellar'"]),
    ({"cellar/c.h": ""}, ["src/cellar/c.h:1: not in a room"]),
    ({"base/a.h": '#include "escapement/base/b.h"\n', "base/b.h": '\n#include "escapement/base/a.h"\n'},
     ["src/base/b.h:2: circle of includes: base/a.h -> base/b.h -> base/a.h"]),
    ({"base/a.h": '#include "escapement/base/a.h"\n'}, ["circle of includes: base/a.h -> base/a.h"]),
]


def self_test():
    for files, expected in SELF_TESTS:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in {RULE: SELF_TEST_RULE, **{f"src/{n}": t for n, t in files.items()}}.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            found, _ = check(root)
            if len(found) != len(expected) or any(e not in f for e, f in zip(expected, found)):
                sys.exit(f"self-test failed on {files}\n  expected {expected}\n  found    {found}")
    print(f"include graph: self-test passed on {len(SELF_TESTS)} trees")


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    root = pathlib.Path(arguments[0]) if arguments else pathlib.Path(__file__).resolve().parent.parent
    complaints, graph = check(root)
    if complaints:
        sys.exit("\n".join(complaints))
    print(f"include graph: {len(graph)} files, {sum(map(len, graph.values()))} includes of ours, none forbidden")


if __name__ == "__main__":
    main(sys.argv[1:])
