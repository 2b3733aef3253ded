#!/usr/bin/env python3
"""Condition 1 in mpmath, from its formulas alone: what tests/theory/condition_test.cpp compares with.

    condition_mpmath.py            writes recorded/condition.json
    condition_mpmath.py --check    recomputes at twice the digits and compares

Shares nothing with the library: values are computed directly (not through logarithms), integers by ceiling with 200
digits behind the point.
"""
import json
import os
import sys
from fractions import Fraction

from mpmath import mp, mpf

HERE = os.path.dirname(os.path.abspath(__file__))
RECORD = os.path.join(HERE, "recorded", "condition.json")

# d, sigma, C_data^2, footnote, K, c, omega, then what may be given: eta, m, n, theta
CASES = [
    dict(),
    dict(footnote="plus"),
    dict(eta="1/1000", m="1000", n="200", theta="1"),
    dict(eta="1/1000", m="1000", n="200", theta="1", footnote="plus"),
    dict(d="1"),
    dict(d="1", c_data_squared="1/1000000000000"),
    dict(d="1", c_data_squared="1/1000000000000", footnote="plus", sigma="1000000"),
    dict(d="1", c_data_squared="33/2"),
    dict(d="1", c_data_squared="35/2"),
    dict(d="10000", c_data_squared="30"),
    dict(d="10000", c_data_squared="70"),
    dict(sigma="0"),
    dict(sigma="0", footnote="plus"),
    dict(sigma="1/10", footnote="plus"),
    dict(sigma="2", c_data_squared="3", footnote="plus"),
    dict(sigma="17/10", c_data_squared="45", footnote="plus"),
    dict(d="3", c_data_squared="7/3", K="2", c="1/2", omega="10"),
    dict(d="50", c_data_squared="36", K="5/2", c="1/7", omega="1/1000"),
    dict(eta="1/1000000", m="1", n="1000000000000", theta="1"),
    dict(eta="1/10000", m="10000", n="100000000", theta="1/10"),
    dict(eta="1/3", m="2", n="9", theta="1/2", sigma="1/3"),
    dict(eta="1/" + "1" + "0" * 700, m="1" + "0" * 400, n="1" + "0" * 1400, theta="1/" + "1" + "0" * 100),
    dict(eta="1/" + "1" + "0" * 2000, m="1" + "0" * 1000, n="1" + "0" * 3999, theta="0"),
]
DEFAULTS = dict(d="20", sigma="4", c_data_squared="40", footnote="minus", K="1", c="1", omega="1")


def number(text):
    q = Fraction(text)
    return mpf(q.numerator) / q.denominator


def decimal(x, digits=60):
    return "0" if x == 0 else mp.nstr(x, digits, min_fixed=0, max_fixed=0)


def solve(case):
    v = dict(DEFAULTS, **case)
    d, sigma, q = number(v["d"]), number(v["sigma"]), number(v["c_data_squared"])
    sign = 1 if v["footnote"] == "plus" else -1
    s = 3 / (4 * mp.sqrt(mp.pi))
    terms = [
        mp.exp(sign * sigma**2 * q / 3),
        ((1 - s) * 2 * mp.sqrt(d) / ((mpf(1) / 2 - s) * mp.sqrt(mp.pi))) ** 8,
        mp.exp(q),
    ]
    C = max(terms)
    eta_max = C**-96
    eta = number(v["eta"]) if "eta" in v else eta_max
    omega = number(v["omega"])
    # ceilings: exact where eta is, else far from an integer at this precision
    if "eta" in v:
        e, w = Fraction(v["eta"]), Fraction(v["omega"])
        r = w * w / e
        m_min = 0
        low, high = 0, 1
        while high * high < r:
            high *= 2
        while low < high:
            middle = (low + high) // 2
            if middle * middle >= r:
                high = middle
            else:
                low = middle + 1
        m_min = low
        n_min = -((-1) // (e * e))
        n_min = int(n_min)
    else:
        m_min = int(mp.ceil(omega / mp.sqrt(eta)))
        n_min = int(mp.ceil(1 / eta**2))
    m = int(v["m"]) if "m" in v else m_min
    n = int(v["n"]) if "n" in v else n_min
    theta_max = mpf(m) ** (mpf(-1) / 4)
    d_min = 9 * mp.log(2) * number(v["K"]) ** 4 / (2 * number(v["c"]))
    T1 = 384 * mp.sqrt(mp.log(m)) / (sigma**2 * eta**2 * mp.sqrt(m)) if sigma != 0 else None
    values = dict(C=C, eta_max=eta_max, m_min=mpf(m_min), n_min=mpf(n_min), theta_max=theta_max, d_min=d_min, T1=T1)
    out = dict(parameters=v, decides=terms.index(C), integers=dict(m_min=str(m_min), n_min=str(n_min)))
    out["values"] = {k: None if x is None else decimal(x) for k, x in values.items()}
    out["log10"] = {k: None if x is None or x == 0 else decimal(mp.log10(x)) for k, x in values.items()}
    # no true ratio here is that close to 1
    theta = number(v["theta"]) if "theta" in v else theta_max
    margins = dict(A1=mpf(m) / m_min, A2=eta_max / eta, A3=mpf(n) / n_min, A6=d / d_min)
    margins["A4"] = theta_max / theta if theta != 0 else None
    out["margins"] = {k: None if x is None else decimal(mp.log10(x) if abs(x - 1) > mpf(10) ** -40 else mpf(0), 40) for k, x in sorted(margins.items())}
    return out


def solved(case, spare):
    """At as many digits as n_min has, and `spare` more."""
    mp.dps = 50
    rough = solve(case)
    mp.dps = int(mpf(rough["log10"]["n_min"])) + spare
    return solve(case)


def main():
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)
    if "--check" in sys.argv[1:]:
        with open(RECORD) as file:
            same = json.load(file) == [solved(case, 500) for case in CASES]
        print("same" if same else "DIFFERENT")
        return 0 if same else 1
    results = [solved(case, 200) for case in CASES]
    with open(RECORD, "w") as file:
        json.dump(results, file, indent=1)
        file.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
