"""Gradient flow of aligned neurons by its clock, and two quantiles, each as one integral. For laws_mpmath.py.

Sums of squares P of (a + u), Q of (a - u): P' = 2 r P, Q' = -2 r Q, theta = S = (P - Q)/4, r = theta* - S. With
k^2 = P Q/4, which stays, and S = k sinh(u): du = 2 r dt, so that time is the integral of du/(2 r); with r = exp(-v) it is
that of dv/(2 sqrt(S^2 + k^2)), smooth where r is small.
"""
import functools

from mpmath import mp, mpf


def pieces(low, high):
    """Points between, close together near both ends, where the integrands bend."""
    near = [mpf(x) for x in ("0.5", "1", "2", "4", "8", "16", "32", "64", "128")]
    inner = sorted(x for x in [low + s for s in near] + [high - s for s in near] if low < x < high)
    return [low, *inner, high]


def flow_end(theta, P, Q, time):
    """(S, r) after `time`, from the sums of squares P and Q at the start, S(0) below theta; to 20 digits."""
    with mp.workdps(25):
        return flow_by_clock(theta, P, Q, time)


def flow_by_clock(theta, P, Q, time):
    k, start = mp.sqrt(P * Q) / 2, (P - Q) / 4
    of_u = lambda u: 1 / (theta - k * mp.sinh(u))
    of_v = lambda v: 1 / mp.hypot(theta - mp.exp(-v), k)
    total, at = 2 * time, -mp.log(theta - start)
    if start < theta / 2:
        u, half = mp.asinh(start / k), mp.asinh(theta / (2 * k))
        first = mp.quad(of_u, pieces(u, half))
        if first >= total:
            s = k * mp.sinh(reach(of_u, u, half, total))
            return s, theta - s
        total, at = total - first, -mp.log(theta / 2)
    # Beyond at + far the integrand is its limit to working precision.
    far = mpf(3) * mp.dps
    bent, limit = mp.quad(of_v, pieces(at, at + far)), 1 / mp.hypot(theta, k)
    v = at + far + (total - bent) / limit
    if v < at + far:
        v = reach(of_v, at, at + far, total)
    r = mp.exp(-v)
    return theta - r, r


def reach(slope, low, high, target):
    """x with the integral of `slope` from low to x equal to target, low < x < high: Newton's method, piece by piece."""
    begin, x, value = low, low, mpf(0)
    for _ in range(200):
        low, high = (x, high) if value < target else (low, x)
        step = x + (target - value) / slope(x)
        step = step if low <= step <= high else (low + high) / 2
        value += mp.quad(slope, pieces(x, step)) if x < step else -mp.quad(slope, pieces(step, x))
        if abs(step - x) <= mpf(10) ** (4 - mp.dps) * max(1, abs(step)):
            return step
        x = step
    raise ArithmeticError(f"no root above {begin}")


def aligned_deficit(tangent_squared):
    """1 - |cos| without a difference."""
    h = mp.sqrt(1 + tangent_squared)
    return tangent_squared / (h * (1 + h))


def cosine_quantile(d, q):
    """s with P(|cos| < s) = q for a direction uniform on the sphere: the angle's density is sin^(d-2)."""
    whole = mp.sqrt(mp.pi) * mp.gamma(mpf(d - 1) / 2) / mp.gamma(mpf(d) / 2)  # of sin^(d-2) over 0..pi
    share = lambda angle: 2 * mp.quad(lambda t: mp.cos(t) ** (d - 2), [0, angle]) / whole
    angle = q * whole / 2
    for _ in range(100):  # Newton, in the angle from the equator
        step = (share(angle) - q) * whole / (2 * mp.cos(angle) ** (d - 2))
        angle -= step
        if abs(step) <= mpf(10) ** (5 - mp.dps) * abs(angle):
            return mp.sin(angle)
    raise ArithmeticError("no quantile")


@functools.lru_cache(None)
def turning_quantile(d, share):
    """x with P(|w_perp|^2/(a + z)^2 <= x) = share, w uniform in the unit ball, z = <w, e>, a uniform in [-1, 1].

    Given z, |w_perp| is above s with probability 1 - (s/sqrt(1 - z^2))^(d-1); over a that integrates in closed form."""

    def above(x):
        def given(z):
            reach = mp.sqrt((1 - z * z) / x)
            if reach == 0:
                return mpf(0)
            part = lambda s: s - s * (s / reach) ** (d - 1) / d
            return (part(min(1 + z, reach)) + part(min(1 - z, reach))) / 2 * mp.sqrt(1 - z * z) ** (d - 1)

        kink = abs((x - 1) / (x + 1))
        return mp.quad(given, sorted({mpf(-1), -kink, mpf(0), kink, mpf(1)})) / mp.beta(mpf(d + 1) / 2, mpf(1) / 2)

    with mp.workdps(20):
        low, high = mpf(-20), mpf(20)
        for _ in range(50):
            middle = (low + high) / 2
            low, high = (middle, high) if above(mp.exp(middle)) > 1 - share else (low, middle)
        return mp.exp((low + high) / 2)
