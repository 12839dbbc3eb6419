#!/usr/bin/env python3
"""Prints gain_reference.inc: moments under N(x, y) of the activations with closed forms, to 25 digits.

    python3 tests/unit/gain_reference.py > tests/unit/gain_reference.inc     (needs mpmath)

From the truncated moments of the normal in 100 digits, so that nothing need be done about cancellation.
"""
from mpmath import mp, mpf, sqrt, exp, erfc, pi, sin, cos, inf, nstr

mp.dps = 100
ALPHA = mpf('1.6732632423543772848170429916717')
LAMBDA = mpf('1.0507009873554804934193349852946')
# Pieces from, to, a, b: a + b z there.
LINES = {
    'linear': [(-inf, inf, 0, 1)],
    'relu': [(-inf, 0, 0, 0), (0, inf, 0, 1)],
    'leaky_relu': [(-inf, 0, 0, mpf(0.01)), (0, inf, 0, 1)],
    'relu6': [(0, 6, 0, 1), (6, inf, 6, 0)],
    'hardtanh': [(-inf, -1, -1, 0), (-1, 1, 0, 1), (1, inf, 1, 0)],
    'hardsigmoid': [(-3, 3, mpf(1) / 2, mpf(1) / 6), (3, inf, 1, 0)],
}
UNITS = {'elu': (1, 1), 'celu': (1, 1), 'selu': (LAMBDA, LAMBDA * ALPHA)}

def truncated(a, b, x, s):
    """E z^k 1{a < z < b} for k = 0, 1, 2."""
    mass = first = second = mpf(0)
    for end, sign in ((a, 1), (b, -1)):
        if end == -inf:
            mass += sign
            second += sign
        elif end != inf:
            t = (end - x) / s
            upper, density = erfc(t / sqrt(mpf(2))) / 2, exp(-t * t / 2) / sqrt(2 * pi)
            mass += sign * upper
            first += sign * density
            second += sign * (upper + t * density)
    return mass, x * mass + s * first, x * x * mass + 2 * x * s * first + s * s * second

def moments(name, x, y):
    s = sqrt(y)
    m = q = g = mpf(0)
    if name == 'sin':
        m, c = sin(x) * exp(-y / 2), cos(2 * x) * exp(-2 * y)
        q, g = (1 - c) / 2, (1 + c) / 2
    elif name in LINES:
        for a, b, c, d in LINES[name]:
            p0, p1, p2 = truncated(a, b, x, s)
            m += c * p0 + d * p1
            q += c * c * p0 + 2 * c * d * p1 + d * d * p2
            g += d * d * p0
    else:
        l, a = UNITS[name]
        p0, p1, p2 = truncated(mpf(0), inf, x, s)
        e1, e2 = (exp(k * x + k * k * y / 2) * erfc((x + k * y) / s / sqrt(mpf(2))) / 2 for k in (1, 2))
        m = l * p1 + a * (e1 - (1 - p0))
        q = l * l * p2 + a * a * (e2 - 2 * e1 + 1 - p0)
        g = l * l * p0 + a * a * e2
    return m, q, q - m * m, g

print('/* Printed by gain_reference.py: activation, x, y, mean, second, variance, slope_second. */')
print('/* clang-format off */')
for name in [*LINES, *UNITS, 'sin']:
    for x, y in ((0.0, 1.0), (0.713, 2.385), (-1.9, 0.37), (-0.0077, 1e-6), (-310.0, 1e4 if name != 'sin' else 77.0)):
        row = moments(name, mpf(x), mpf(y))
        print('{"%s", %r, %r, %s},' % (name, x, y, ', '.join(nstr(v, 25) for v in row)))
print('/* clang-format on */')
