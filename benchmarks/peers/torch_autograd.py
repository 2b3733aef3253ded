#!/usr/bin/env python3
"""Peer: label-noise SGD with PyTorch autograd in double precision, the loop a user would write.

Usage: torch_autograd.py [key=value ...]      keys: d m n eta sigma steps seed update
  update=optim    loss.backward() and torch.optim.SGD, the textbook loop (default)
  update=manual   loss.backward() and an in-place update of each parameter; about 40% faster

One thread: more make a problem of this size slower. Of the ways to write the model, a @ (W @ x) is the faster one.
Prints one line of JSON; the draws are torch's own, so theta_norm is not comparable with that of the C++ peers.
"""

import json
import math
import sys
import time

import torch

SETTING = {"d": 20, "m": 1000, "n": 200, "eta": 1e-3, "sigma": 4.0, "steps": 10000, "seed": 1, "update": "optim"}


def parse(arguments):
    setting = dict(SETTING)
    for word in arguments:
        key, _, text = word.partition("=")
        if key not in setting:
            sys.exit(f"torch_autograd.py: unknown argument '{word}'\n{__doc__}")
        setting[key] = type(SETTING[key])(text)
    if setting["update"] not in ("optim", "manual"):
        sys.exit("torch_autograd.py: update is 'optim' or 'manual'")
    return setting


def main():
    s = parse(sys.argv[1:])
    d, m, n, eta, sigma = s["d"], s["m"], s["n"], s["eta"], s["sigma"]
    torch.set_num_threads(1)
    torch.manual_seed(s["seed"])
    torch.set_default_dtype(torch.float64)
    X = torch.randn(n, d)
    theta_star = torch.randn(d)
    theta_star /= theta_star.norm()
    y = X @ theta_star
    W = torch.nn.Parameter(torch.randn(m, d) / math.sqrt(d))
    a = torch.nn.Parameter(torch.randn(m) / math.sqrt(m))
    optimiser = torch.optim.SGD([W, a], lr=eta)
    manual = s["update"] == "manual"

    start = time.perf_counter()
    for _ in range(s["steps"]):
        k = torch.randint(n, (1,)).item()
        eps = sigma if torch.randint(2, (1,)).item() else -sigma
        loss = 0.5 * (a @ (W @ X[k]) - y[k] - eps) ** 2
        if manual:
            loss.backward()
            with torch.no_grad():
                for parameter in (W, a):
                    parameter.sub_(parameter.grad, alpha=eta)
                    parameter.grad = None
        else:
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
    seconds = time.perf_counter() - start

    theta_norm = (W.T @ a).norm().item()
    if not math.isfinite(theta_norm):
        sys.exit("torch_autograd.py: diverged")
    print(json.dumps({"name": f"torch_autograd-{s['update']}", "steps": s["steps"], "seconds": seconds,
                      "steps_per_second": s["steps"] / seconds, "theta_norm": theta_norm,
                      "torch": torch.__version__}))


if __name__ == "__main__":
    main()
