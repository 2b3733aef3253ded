"""The programs that run.py times: the engine, alone and as an ensemble, and its peers."""

import pathlib

import harness
from harness import Program, Skipped

HERE = pathlib.Path(__file__).resolve().parent
FLAGS = {"native": "-O3 -march=native -DNDEBUG", "portable": "-O2 -DNDEBUG"}


def engine(options, *settings):
    """The engine on `two-phase`, nothing recorded and nothing written: the network alone."""
    words = ["record=none", "snapshots=none", "watch=0", *settings]

    def command(steps):
        sets = [part for word in (*words, f"steps={steps}") for part in ("--set", word)]
        return [options.engine, "run", "--preset", "two-phase", *sets, "--json", "--quiet"]

    return Program(" ".join(("engine", *settings)), command)


ENSEMBLE = 16  # replicas, a multiple of every lane width


def ensemble(options, *settings, threads=1):
    """Replicas side by side in lanes; a rate is steps of all replicas together per second of a core, without set-up."""

    def command(steps):
        own = [word for word in settings if word.startswith("replicas=")] or [f"replicas={ENSEMBLE}"]
        rest = [word for word in settings if not word.startswith("replicas=")]
        count = int(own[0].partition("=")[2])
        words = [*own, *rest, f"steps={max(1, steps // count)}"]
        sets = [part for word in ("record=none", "snapshots=none", "watch=0", *words) for part in ("--set", word)]
        return [options.engine, "run", "--preset", "two-phase", *sets, "--threads", str(threads), "--json", "--quiet"]

    return Program(" ".join((f"engine replicas={ENSEMBLE} threads={threads}", *settings)), command)


def ensemble_wall(options, threads):
    """The same on so many cores, by wall time, with set-up."""
    program = ensemble(options, threads=threads)
    program.cores = threads
    program.steps = 64_000_000
    program.rate = lambda steps, report: steps / report["wall_seconds"]
    return program


def fma_count(d):
    """Multiply-adds of one step of the S recurrence: S x and the symmetric rank-two update of the packed half, then the
    same with what else a step cannot do without (output, x.u, the update's second vector, theta)."""
    passes = d * d + d * (d + 1)
    return passes, passes + 6 * d


def mpmath_direct():
    def command(steps):
        python, script = harness.python_with("mpmath"), HERE / "peers/mpmath_direct.py"
        return [python, script, f"steps={steps}"]

    return Program("mpmath_direct, 60 digits", command, steps=100)


def peer(options, name, *arguments, flags="native"):
    """A C++ peer, built by peers/build.sh."""

    def command(steps):
        binary = options.build / flags / name
        if not binary.exists():
            raise Skipped(f"{name} is not built, see {binary}.log")
        return [binary, f"steps={steps}", *arguments]

    return Program(" ".join((name, *arguments, f"[{FLAGS[flags]}]")), command)


def torch(update):
    def command(steps):
        python, script = harness.python_with("torch"), HERE / "peers/torch_autograd.py"
        return [python, script, f"steps={steps}", f"update={update}"]

    return Program(f"torch_autograd update={update}", command)
