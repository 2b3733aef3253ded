#!/usr/bin/env python3
"""PyTorch autograd in double on an instance file: the loop a user would write, its results recorded.

Usage: torch_oracle.py INSTANCE.instance.json ...          writes recorded/torch-INSTANCE.json for each
       torch_oracle.py --check INSTANCE.instance.json ...  runs again and compares with what is recorded

Both modes also compare with INSTANCE.expected.json (60 digits) and fail where a number is off by more than
1e-12. No gradient is written by hand: the loss is torch's, backward() differentiates it, the methods only move
parameters.
"""

import json
import pathlib
import sys

import torch

import instance

RECORDED = pathlib.Path(__file__).resolve().parent / "recorded"
TOLERANCE = 1e-12


def tensor(values):
    """Nested lists of fractions, each rounded once."""
    if isinstance(values[0], list):
        return torch.stack([tensor(row) for row in values])
    return torch.tensor([float(v) for v in values], dtype=torch.float64)


def run(given):
    """(W, a) after the last step."""
    X, y = tensor(given.X), tensor(given.y)
    W = torch.nn.Parameter(tensor(given.W0))
    a = torch.nn.Parameter(tensor(given.a0))
    eta, rho, amplitude = float(given.eta), float(given.rho), float(given.amplitude)
    signs = iter(given.signs)

    for batch, noise in zip(given.batches, given.noise):
        x, label = X[batch], y[batch] + tensor(noise)

        def gradients():
            W.grad = a.grad = None
            loss = ((x @ W.T @ a - label) ** 2).mean()
            (loss if given.loss_factor == 2 else loss / 2).backward()
            return W.grad.clone(), a.grad.clone()

        dW, da = gradients()
        with torch.no_grad():
            if given.algorithm == "sam":
                norm = torch.sqrt((dW**2).sum() + (da**2).sum())
                if norm > 0:
                    before = W.clone(), a.clone()
                    W += rho * dW / norm
                    a += rho * da / norm
                    with torch.enable_grad():
                        dW, da = gradients()
                    W.copy_(before[0])
                    a.copy_(before[1])
            W -= eta * dW
            if given.algorithm == "oscillation":
                a.copy_(torch.tensor([0.0 if v != 0 else next(signs) * amplitude for v in a.tolist()]))
            else:
                a -= eta * da
    return W.detach(), a.detach()


def result(given):
    W, a = run(given)
    theta = W.T @ a
    residuals = tensor(given.X) @ theta - tensor(given.y)
    return {
        "steps": given.steps,
        "W": [[repr(v) for v in row] for row in W.tolist()],
        "a": [repr(v) for v in a.tolist()],
        "theta": [repr(v) for v in theta.tolist()],
        "mean_norm": repr(W.norm(dim=1).mean().item()),
        "train_loss": repr(((residuals**2).mean() / 2).item()),
    }


def numbers(results):
    rows = results["W"] + [results["a"], results["theta"], [results["mean_norm"], results["train_loss"]]]
    return [float(v) for row in rows for v in row]


def difference(left, right):
    left, right = numbers(left), numbers(right)
    assert len(left) == len(right), "shapes differ"
    return max(abs(u - v) for u, v in zip(left, right))


def main(arguments):
    check = arguments[:1] == ["--check"]
    paths = [pathlib.Path(path) for path in (arguments[1:] if check else arguments)]
    if not paths or any(not path.name.endswith(".instance.json") for path in paths):
        sys.exit(__doc__)
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    wrong = 0
    for path in paths:
        stem = path.name.removesuffix(".instance.json")
        got = result(instance.load(path))
        worst = {"expected": difference(got, json.loads(path.with_name(f"{stem}.expected.json").read_text()))}
        record = RECORDED / f"torch-{stem}.json"
        if check:
            worst["recorded"] = difference(got, json.loads(record.read_text()))
        else:
            text = json.dumps({**got, "torch": torch.__version__}, indent=1) + "\n"
            record.write_text(text, encoding="utf-8")
        good = all(value <= TOLERANCE for value in worst.values())
        wrong += not good
        told = ", ".join(f"{value:.1e} from {name}" for name, value in worst.items())
        print(f"{stem}: {told}{'' if good else '  TOO FAR'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
