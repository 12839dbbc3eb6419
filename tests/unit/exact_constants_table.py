#!/usr/bin/env python3
"""Writes exact_constants_table.inc: alpha and lambda of targets to 1000 digits, by mpmath.

    python3 tests/unit/exact_constants_table.py >tests/unit/exact_constants_table.inc

At 1300 digits the textbook integrals of z+ and e^z - 1 over half a Gaussian need no care for
cancellation. The roots are those of the quadratic in alpha by the textbook formula; each is kept if
it solves the two equations it came from with lambda > 0.
"""
from mpmath import mp, mpf, sqrt, exp, pi, erfc, floor, log10

mp.dps = 1300
DIGITS = 1000

TARGETS = """
neuron 0 1 0 1
neuron 0 2 0 1
neuron 0.1 1 0 1
neuron -0.1 2 1 1
neuron -0.6 1.3 0 0.8
neuron 1.2 0.9 0 1
neuron 2.385 3.14159265358979323846264338327950288 -0.4 0.6
neuron 1.9 0.7 0.35 2.4
neuron -1.4 0.5 0.1 1.1
neuron -1e-40 1e-30 0.7 1
neuron 0.3e20 1e40 0.1 1.1
neuron 20 1 1 1
centred -0.2 1.6 0.7 0.9
ensemble 0.6 1.1 0.9 1.2
ensemble 1.3 0.5 -0.4 0.7
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
        if abs(lam * (p + alpha * n) - mu) < sqrt(k) * mpf(10) ** -1020:
            found.append((alpha, lam))
    return sorted(found, reverse=True)


def decimal(v):
    """Rounded to DIGITS digits, as printf's %g would print them with zeros at the end kept."""
    e = int(floor(log10(abs(v))))
    digits = str(int(floor(abs(v) * mpf(10) ** (DIGITS - 1 - e) + mpf(1) / 2)))
    assert len(digits) == DIGITS
    if e < -4:
        text = "%s.%se%+03d" % (digits[0], digits[1:], e)
    elif e < 0:
        text = "0." + "0" * (-1 - e) + digits
    else:
        text = digits[: e + 1] + "." + digits[e + 1 :]
    return ("-" if v < 0 else "") + text


def literal(text):
    return "\n".join('     "%s"' % text[i : i + 90] for i in range(0, len(text), 90)).strip()


print("/* Made by exact_constants_table.py: the target, number of solutions, {alpha, lambda}. */")
for line in TARGETS:
    kind, *numbers = line.split()
    found = solutions(kind, *[mpf(v) for v in numbers])
    pairs = ",\n    ".join("{%s,\n     %s}" % (literal(decimal(a)), literal(decimal(l))) for a, l in found)
    target = ", ".join('"%s"' % v for v in numbers)
    print("{{SN_MAP_%s, %s}, %d,\n   {%s}}," % (kind.upper(), target, len(found), pairs))
