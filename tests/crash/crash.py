#!/usr/bin/env python3
"""Ends commands of the tool at random moments in random ways, lets them go on, and compares with undisturbed ones.

    crash.py TOOL TRIALS [SEED] [WORKERS]

A trial takes a command (run, replicas, sweep, SAM, check, hunt, study; alone or over ranks), starts it in a folder that holds a
file of another program, and ends it by one of: SIGTERM, SIGINT, SIGHUP, SIGKILL, a file-size limit, a full standard output, a
full disk. Then the same command with --resume (study: without) has to end as the undisturbed one did, with the same bytes in the
same files, and the other program's files as they were. What depends on the clock is left out of the comparison. Prints one
line for each kind of end and each fault found; exit code 1 if there is one.
"""
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SMALL = ["--set", "d=3", "--set", "n=12", "--set", "m=40", "--set", "eta=1/200", "--set", "watch=3"]
RECORDS = ["--set", "record=every:500", "--set", "snapshots=none", "--no-figures"]
PARAMETERS = ["--set", "d=2", "--set", "m=16", "--set", "sigma=6", "--set", "eta=1/256", "--constant", "4"]
# name -> (arguments, goes on by --resume, may run over ranks)
COMMANDS = {
    "run": (["run", *SMALL, "--set", "steps=300000", *RECORDS, "--quiet"], True, False),
    "replicas": (["run", *SMALL, "--set", "steps=100000", "--replicas", "4", *RECORDS, "--quiet"], True, True),
    "sweep": (["run", *SMALL, "--set", "steps=60000", "--sweep", "sigma=1,2,3", *RECORDS, "--quiet"], True, True),
    "sam": (["run", "--preset", "sam", *SMALL, "--set", "steps=60000", *RECORDS, "--quiet"], True, False),
    "certified": (["run", *SMALL, "--set", "steps=400", *RECORDS, "--precision", "certified:200", "--quiet"],
                  True, False),
    "check": (["check", "theorem-4.2", "lemma-4.4", *PARAMETERS, "--budget", "3", "--json"], True, True),
    "hunt": (["hunt", "oscillation-identity", "--rounds", "1", "--budget", "1000", "--json"], True, True),
    "study": (["study", "oscillation", "--quick"], False, False),
}
ENDS = ["TERM", "INT", "HUP", "KILL", "file size", "full stdout", "full disk"]
CLOCK = re.compile(rb'("(?:seconds|seconds_to_first|wall_seconds|steps_per_second)": )[0-9.eE+-]+')
IGNORED = {".escapement-files"}  # checksums of files with times
FOREIGN = {"notes.txt": b"not yours\n", "checkpoint/best.pt": b"\x80weights", "journal/monday.txt": b"dear diary\n"}


class Trial:
    def __init__(self, tool, name, ranks, end, generator, place):
        self.tool, self.name, self.ranks, self.end = tool, name, ranks, end
        self.arguments, self.resumes, _ = COMMANDS[name]
        self.generator, self.place = generator, Path(place)
        self.out = self.place / "o"

    def command(self, *more):
        launch = ["mpirun", "--allow-run-as-root", "--oversubscribe", "--quiet", "-n", str(self.ranks)] if self.ranks else []
        return [*launch, self.tool, *self.arguments, "--out", "o", *more]

    def start(self, *more, stdout=None, limit=None):
        def prepare():
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        return subprocess.Popen(self.command(*more), cwd=self.place, stdin=subprocess.DEVNULL, preexec_fn=prepare,
                                stdout=stdout or subprocess.PIPE, stderr=subprocess.PIPE,
                                env={**os.environ, "ESCAPEMENT_CHECKPOINT_SECONDS": "0.02"})

    def disturb(self, seconds):
        """Runs the command until its end; returns its exit status and standard error."""
        if self.end == "full stdout":
            with open("/dev/full", "wb") as full:
                process = self.start(stdout=full)
                return process.wait(120), process.stderr.read()
        if self.end == "file size":
            process = self.start(limit=int(10 ** self.generator.uniform(0, 5)))
        elif self.end == "full disk":
            process = self.start()
        else:
            process = self.start()
            time.sleep(self.generator.uniform(0, 1.1 * seconds))
            process.send_signal(getattr(signal, "SIG" + self.end))
        _, said = process.communicate(timeout=120)
        return process.returncode, said


def contents(folder):
    files = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in IGNORED:
            text = CLOCK.sub(rb"\1_", path.read_bytes())
            if path.name == "run.json":  # whose checksum is over its times as well
                text = re.sub(rb'"checksum": "[0-9a-f]{16}"', b"", text)
            files[str(path.relative_to(folder))] = text
    return files


def undisturbed(tool, name, scratch):
    place = Path(tempfile.mkdtemp(dir=scratch))
    trial = Trial(tool, name, 0, None, None, place)
    began = time.monotonic()
    process = trial.start()
    printed, said = process.communicate()
    seconds = time.monotonic() - began
    if process.returncode not in (0, 1, 3):
        sys.exit(f"{name} ends with {process.returncode} undisturbed: {said.decode()}")
    return process.returncode, CLOCK.sub(rb"\1_", printed), contents(trial.out), seconds


def small_disk(place):
    """A file system of 2 MiB at place/o, or False where none can be mounted."""
    (place / "o").mkdir()
    return subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place / "o")],
                          stderr=subprocess.DEVNULL).returncode == 0


def allowed(trial, status, code):
    ends = {"TERM": {130}, "INT": {130}, "HUP": {130}, "KILL": {-9}, "file size": {2}, "full stdout": {2}, "full disk": {2}}
    if trial.ranks:  # mpirun has exit codes of its own for ranks that were killed
        return status != 0 or status == code or trial.end not in ("file size", "full stdout", "full disk")
    early = trial.end in ("TERM", "INT", "HUP") and status == -getattr(signal, "SIG" + trial.end)  # before main
    return status == code or status in ends[trial.end] or early


def differences(trial, files, told):
    """What is wrong with the folder, in one line; none if it is as the undisturbed command left it."""
    found = contents(trial.out)
    for path, text in FOREIGN.items():
        if found.pop(path, None) != text:
            return f"{told}: {path} of another program is not as it was"
    if trial.name == "hunt":
        return unsound_finds(trial, told, found, files)
    wrong = sorted(key for key in found.keys() | files.keys() if found.get(key) != files.get(key))
    return f"{told}: differ: {', '.join(wrong)[:300]}" if wrong else None


def unsound_finds(trial, told, found, files):
    """A hunt starts with what its folder holds, so one that went on may end with other counterexamples. It has some for each claim
    that the undisturbed one refuted, each is reproduced, and no other file is left."""
    claim = re.compile(r"-[0-9a-f]{16}\.case\.json$|\.state\.json$")
    names = [{claim.sub("", key) for key in keys} for keys in (found, files)]
    if names[0] != names[1]:
        return f"{told}: claims and files {sorted(names[0] ^ names[1])[:5]}"
    cases = [str(trial.out / key) for key in found if key.endswith(".case.json")]
    replayed = subprocess.run([trial.tool, "replay", "--json", *cases], capture_output=True, text=True)
    outcomes = [case["outcome"] for case in json.loads(replayed.stdout or "[]")]
    if len(outcomes) == len(cases) and set(outcomes) == {"reproduced"}:
        return None
    return f"{told}: replay: {outcomes[:5]} {replayed.stderr[-200:]}"


def one_trial(tool, seed, references, ranks_possible, scratch):
    generator = random.Random(seed)
    name = generator.choice(list(COMMANDS))
    ranks = generator.choice([0, 0, 2, 3]) if COMMANDS[name][2] and ranks_possible else 0
    # MPI itself does not work, or hangs, under a limit on file sizes: its ranks talk through shared files.
    end = generator.choice([end for end in ENDS if not (ranks and end == "file size")])
    code, printed, files, seconds = references[name]
    place = Path(tempfile.mkdtemp(dir=scratch))
    trial = Trial(tool, name, ranks, end, generator, place)
    mounted = False
    told = f"seed {seed}: {name}, {ranks} ranks, {end}"
    try:
        if end == "full disk":
            mounted = small_disk(place)
            if not mounted:
                return end, "skipped", None
        for path, text in FOREIGN.items():
            (trial.out / path).parent.mkdir(parents=True, exist_ok=True)
            (trial.out / path).write_bytes(text)
        if mounted:
            free = shutil.disk_usage(trial.out).free
            left = int(free * generator.random() ** 3)
            with open(trial.out / "filler", "wb") as filler:
                filler.write(b"\0" * (free - left))
        status, said = trial.disturb(seconds)
        if not allowed(trial, status, code):
            return end, "fault", f"{told}: exit code {status}: {said.decode(errors='replace')[-300:]}"
        if mounted:
            (trial.out / "filler").unlink()
        # mpirun's exit code 1 for ranks that were ended is that of a violated claim: then there is work left. A hunt that was
        # stopped after a find has it too, and one that has ended goes further with --resume.
        left = any(path.name in ("escapement-checkpoint", "escapement-journal") for path in trial.out.rglob("*"))
        begun = len(contents(trial.out)) > len(FOREIGN)
        if status == code and begun and not left and name != "hunt":
            fault = differences(trial, files, told)
            return end, "fault" if fault else "had ended", fault
        again = trial.start(*(["--resume"] if trial.resumes else []))
        shown, said = again.communicate(timeout=300)
        if again.returncode != code:
            return end, "fault", f"{told}: ended {status}, going on ends {again.returncode}: {said.decode(errors='replace')[-300:]}"
        fault = differences(trial, files, f"{told}: ended {status}")
        if fault:
            return end, "fault", fault
        if name != "hunt" and CLOCK.sub(rb"\1_", shown) != printed:
            return end, "fault", f"{told}: ended {status}, another text on standard output"
        return end, "went on", None
    except subprocess.TimeoutExpired:
        return end, "fault", f"{told}: not ended after its limit"
    finally:
        if mounted:
            subprocess.run(["umount", str(trial.out)])
        shutil.rmtree(place, ignore_errors=True)


def main():
    if len(sys.argv) not in (3, 4, 5):
        sys.exit(__doc__)
    tool, trials = str(Path(sys.argv[1]).resolve()), int(sys.argv[2])
    seed, workers = (int(x) for x in (*sys.argv[3:], *["1", "2"][len(sys.argv) - 3:]))
    linked = subprocess.run(["ldd", tool], capture_output=True, text=True).stdout
    ranks_possible = shutil.which("mpirun") is not None and "libmpi" in linked
    counts, faults = {}, []
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(workers) as pool:
        references = {name: undisturbed(tool, name, scratch) for name in COMMANDS}
        jobs = [pool.submit(one_trial, tool, seed * 1000003 + k, references, ranks_possible, scratch) for k in range(trials)]
        for job in jobs:
            end, what, fault = job.result()
            counts[end, what] = counts.get((end, what), 0) + 1
            if fault:
                faults.append(fault)
                print("FAULT", fault, flush=True)
    kinds = ["went on", "had ended", "skipped", "fault"]
    print("| ended by | trials | " + " | ".join(kinds) + " |\n|---|---|" + "---|" * len(kinds))
    for end in ENDS:
        row = [counts.get((end, kind), 0) for kind in kinds]
        print(f"| {end} | {sum(row)} | " + " | ".join(map(str, row)) + " |")
    print(f"{trials} trials, {len(faults)} faults, seed {seed}" + ("" if ranks_possible else ", no ranks"))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
