#!/usr/bin/env python3
"""Prints correlation_reference.inc: E[f(a) f(b)], its covariance and its slope in the correlation c, a and b
N(0, y), to 25 digits.

    python3 tests/unit/correlation_reference.py > tests/unit/correlation_reference.inc     (needs mpmath)

ReLU and leaky ReLU from the arc-cosine kernel, erf from the arcsine, written plainly, in 80 digits. c is the
double nearest to what is asked for; 1 - c and 1 + c are exact. The smooth ones by a trapezoidal sum over the
lattice of a = sqrt(y) t, b = sqrt(y) (c t + sqrt(1 - c^2) u), at two steps that have to agree; C takes another
way.
"""
import sys
from mpmath import mp, mpf, sqrt, exp, erfc, tanh, cosh, pi, sin, cos, asin, acos, nstr, log1p

mp.dps = 80
def phi(t): return exp(-t * t / 2) / sqrt(2 * pi)
def Phi(t): return erfc(-t / sqrt(mpf(2))) / 2
def sigmoid(z): return 1 / (1 + exp(-z))

F = {
    'gelu': (lambda z: z * Phi(z), lambda z: Phi(z) + z * phi(z)),
    'silu': (lambda z: z * sigmoid(z), lambda z: sigmoid(z) * (1 + z * sigmoid(-z))),
    'tanh': (tanh, lambda z: 1 / cosh(z)**2),
    'softplus': (lambda z: log1p(exp(-abs(z))) + max(z, mpf(0)), sigmoid),
}

CLOSED = [
    ('relu', 0, 2.385, 0.37), ('relu', 0, 0.71, -1 + 1e-9), ('relu', 0, 0.71, -1 + 3e-4), ('relu', 0, 1.31, -0.9),
    ('relu', 0, 1e-200, 0.3), ('relu', 0, 1.7, 1 - 1e-12), ('relu', 0, 1.7, 1e-7), ('relu', 0, 1.7, -0.7), ('relu', 0, 3.1, -0.71),
    ('leaky_relu', 0.1, 1.3, -0.999), ('leaky_relu', -0.7, 1.3, 0.45), ('leaky_relu', -1, 0.8, 1e-5), ('leaky_relu', 3, 2.1, 1 - 1e-7),
    ('leaky_relu', 0.25, 2.1, -1e-9), ('leaky_relu', 1, 2.1, -0.3),
    ('erf', 0, 1.9, 0.77), ('erf', 0, 31.7, -1 + 1e-6), ('erf', 0, 1e9, 1 - 1e-10), ('erf', 0, 1e-12, 0.6), ('erf', 0, 0.43, 1e-9),
]
SMOOTH = [
    ('gelu', 1.3, 0.61), ('gelu', 0.9, -0.37), ('silu', 2.1, 0.83), ('tanh', 1.6, 0.57), ('tanh', 0.7, -0.9), ('softplus', 1.1, 0.3),
]

def closed(name, slope, y, c):
    if name == 'erf':
        r = 2 * y / (1 + 2 * y)
        value = 2 / pi * asin(r * c)
        return [value, value, 2 / pi * r / sqrt(1 - (r * c)**2)]
    # f = s z + (1 - s) relu(z), E[z relu] = y c / 2
    s = mpf(slope)
    rectified = y / (2 * pi) * (sqrt(1 - c * c) + c * (pi - acos(c)))
    rise = y / (2 * pi) * (pi - acos(c))
    mean = (1 - s) * sqrt(y / (2 * pi))
    value = s * s * y * c + s * (1 - s) * y * c + (1 - s)**2 * rectified
    return [value, value - mean**2, s * s * y + s * (1 - s) * y + (1 - s)**2 * rise]

def lattice(name, y, c, h):
    f, slope = F[name]
    s, r = sqrt(y), sqrt(1 - c * c)
    nodes = [(i * h, h * phi(i * h)) for i in range(int(-12.5 / h), int(12.5 / h) + 1)]
    mean = value = rise = mpf(0)
    for t, w in nodes:
        a, b = f(s * t), slope(s * t)
        mean += w * a
        inner = outer = mpf(0)
        for u, v in nodes:
            z = s * (c * t + r * u)
            inner += v * f(z)
            outer += v * slope(z)
        value += w * a * inner
        rise += w * b * outer
    return [value, value - mean**2, y * rise]

def show(name, slope, y, c, values):
    print('{"%s", %r, %r, %r, %s},' % (name, float(slope), y, c, ', '.join(nstr(v, 25) for v in values)))
    sys.stdout.flush()

def main():
    print('/* Printed by correlation_reference.py, which says how: activation, slope of leaky_relu, y, c, overlap,')
    print(' * covariance, slope. */')
    print('/* clang-format off */')
    for name, slope, y, c in CLOSED:
        show(name, slope, y, c, closed(name, slope, mpf(y), mpf(c)))
    mp.dps = 32
    for name, y, c in SMOOTH:
        coarse, fine = (lattice(name, mpf(y), mpf(c), mpf(1) / n) for n in (8, 10))
        for a, b in zip(coarse, fine):
            assert abs(a - b) < mpf(10)**-22 * abs(fine[0]), (name, y, c, a, b)
        show(name, 0, y, c, fine)
    print('/* clang-format on */')

main()
