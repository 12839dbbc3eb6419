#!/usr/bin/env python3
"""Writes constants_table.inc: (alpha, lambda) of targets to 30 digits, by mpmath at 200 digits.

    python3 tests/unit/constants_table.py >tests/unit/constants_table.inc

The moments are the textbook integrals of z+ and e^z - 1 over half a Gaussian, without any care for
cancellation: 200 digits take care of it. The quadratic is the one in alpha.
"""
from mpmath import mp, mpf, sqrt, exp, pi, erfc, nstr

mp.dps = 200

TARGETS = """
neuron 0 1 0 1            the paper's own
neuron 0 2 0 1            the notebook's other fixed point
neuron 0.1 1 0 1
neuron -0.1 2 0 1
neuron 0.1 1 1 1
neuron -0.1 2 1 1         the notebook's feeding of N(mu, nu) into f
neuron 0 2 1 1
neuron 0.31 0.87 -0.6 1.37
neuron 2.1 3.3 -0.4 0.6
neuron 1.9 0.7 0.35 2.4   none: too little variance
neuron 1.2 0.9 0 1        two solutions
neuron 0.85 0.6 0.4 1.3   two solutions
neuron -0.6 1.3 0 0.8
neuron -1.4 0.5 0.1 1.1    none: no alpha is deep enough
neuron 1e-7 1 0 1         nearly no mean
neuron -1e-14 1 0 1
neuron 0 1e-6 0 1         nearly no variance
neuron 3e-5 1e-9 0.2 1.5
neuron 0 1e5 0 1
centred 0.1 1 0.7 1       omega has no say
centred -0.2 1.6 0 0.9
ensemble 0 1 0 1
ensemble 0.1 1 0 1
ensemble -0.1 2 1 1
ensemble 0.6 1.1 0.9 1.2
ensemble 1.3 0.5 -0.4 0.7  none
""".strip().splitlines()


def halves(x, y):
    s = sqrt(2 * y)
    half = erfc(-x / s) / 2  # P(z > 0)
    density = sqrt(y / (2 * pi)) * exp(-x * x / (2 * y))
    left = erfc(x / s) / 2
    e1 = exp(x + y / 2) * erfc((x + y) / s) / 2
    e2 = exp(2 * x + 2 * y) * erfc((x + 2 * y) / s) / 2
    return x * half + density, (x * x + y) * half + x * density, e1 - left, e2 - 2 * e1 + left


def solutions(kind, mu, nu, omega, tau):
    x = mpf(0) if kind == "centred" else mu * omega
    y = tau * (nu + mu * mu) if kind == "ensemble" else tau * nu
    p, p2, n, n2 = halves(x, y)
    k = mu * mu + nu
    a, b, c = n * n * k - mu * mu * n2, p * n * k, p * p * k - mu * mu * p2
    d = b * b - a * c
    if d < 0:
        return []
    roots = [-p / n] if mu == 0 else [(-b + sqrt(d)) / a, (-b - sqrt(d)) / a]
    found = []
    for alpha in roots:
        lam = sqrt(k / (p2 + alpha * alpha * n2))
        if abs(lam * (p + alpha * n) - mu) < mpf(10) ** -80:
            found.append((alpha, lam))
    return sorted(found, reverse=True)


print("/* Made by constants_table.py: map, mu, nu, omega, tau, number of solutions, {alpha, lambda}. */")
for line in TARGETS:
    kind, *numbers = line.split()[:5]
    # The doubles nearest to what is written are the target, not the decimals.
    found = solutions(kind, *[mpf(float(v)) for v in numbers])
    pairs = ", ".join("{%s, %s}" % (nstr(a, 30), nstr(l, 30)) for a, l in found)
    print("{SN_MAP_%s, {%s}, %d, {%s}}," % (kind.upper(), ", ".join(numbers), len(found), pairs))
