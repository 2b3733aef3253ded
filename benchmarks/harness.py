"""Runs programs that report their own rate: one core, calibrated step counts, interleaved pairs."""

import dataclasses
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import time


class Skipped(Exception):
    """A program that cannot run here; the message says what is missing."""


@dataclasses.dataclass
class Program:
    """A command that takes a step count and prints JSON with `steps_per_second`.

    `command` maps a step count to an argument list. `steps` is set by calibrate(), unless it is given: a program too slow
    to be calibrated says how many it takes. `cores`: how many it may use.
    """

    name: str
    command: object
    steps: int = 0
    cores: int = 1
    rate: object = None  # from the report to a rate; None: its `steps_per_second`

    def run(self):
        """Steps per second of one run of `steps` steps."""
        report = self._report(self.steps)
        return self.rate(self.steps, report) if self.rate else float(report["steps_per_second"])

    def calibrate(self, seconds):
        """Chooses `steps` so that the timed loop takes about `seconds`."""
        if self.steps > 0:
            return
        steps = 1000
        while True:
            rate = float(self._report(steps)["steps_per_second"])
            if steps / rate > seconds / 10 or steps >= 10**12:
                break
            steps = max(2 * steps, min(100 * steps, int(rate * seconds / 5)))
        self.steps = max(1, int(rate * seconds))

    def _report(self, steps):
        out, _ = execute(self.command(steps), self.cores)
        try:
            report = json.loads(out)
        except ValueError as error:
            raise RuntimeError(f"{self.name}: standard output is not JSON ({error})") from error
        if report.get("stop", "completed") != "completed":
            raise RuntimeError(f"{self.name}: {report['stop']} at step {report['steps']}: not the steps asked for")
        return report


def bind(cores):
    """Binds the calling process to the last `cores` cores it may use."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[-cores:]))


def execute(command, cores=1):
    """Runs a command on so many cores; returns (standard output, wall seconds). A failing command is an error."""
    start = time.perf_counter()
    words = [str(word) for word in command]
    done = subprocess.run(words, preexec_fn=lambda: bind(cores), capture_output=True, text=True)
    wall = time.perf_counter() - start
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: status {done.returncode}\n{done.stderr.strip()[-2000:]}")
    return done.stdout, wall


def compare(ours, peer, rounds, seconds):
    """Interleaved runs A B A B ...; returns both lists of rates and the ratio of each pair."""
    ours.calibrate(seconds)
    peer.calibrate(seconds)
    a, b = [], []
    for _ in range(rounds):
        a.append(ours.run())
        b.append(peer.run())
    return a, b, [x / y for x, y in zip(a, b)]


def summary(values):
    return {"min": min(values), "median": statistics.median(values), "max": max(values), "all": list(values)}


def python_with(module):
    """The first Python among the running one and the system's that has a module."""
    for candidate in (sys.executable, shutil.which("python3"), "/usr/bin/python3"):
        if not candidate:
            continue
        if subprocess.run([candidate, "-c", f"import {module}"], capture_output=True).returncode == 0:
            return candidate
    raise Skipped(f"no python3 here can import {module} (Debian: python3-{module})")


def _first_line(command):
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.splitlines()[0].strip()
    except (OSError, IndexError):
        return "unknown"


def machine():
    """What a reader needs to judge the figures: processor, system, compiler, libraries, load at the start."""
    cpuinfo = pathlib.Path("/proc/cpuinfo")
    text = cpuinfo.read_text() if cpuinfo.exists() else ""
    facts = {}
    for line in text.splitlines():
        key, _, value = line.partition(":")
        facts.setdefault(key.strip(), value.strip())
    flags = facts.get("flags", "").split()
    return {
        "processor": facts.get("model name", platform.processor()),
        "vector_extensions": [flag for flag in ("sse2", "avx2", "fma", "avx512f") if flag in flags],
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "compiler": _first_line([os.environ.get("CXX", "c++"), "--version"]),
        "mpfr": _first_line(["pkg-config", "--modversion", "mpfr"]),
        "eigen": _first_line(["pkg-config", "--modversion", "eigen3"]),
        "load_at_start": os.getloadavg()[0],
        "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
