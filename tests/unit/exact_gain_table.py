#!/usr/bin/env python3
"""Moments of activations under z ~ N(x, y) by mpmath's quadrature: makes exact_gain_table.inc.

    python3 exact_gain_table.py >exact_gain_table.inc
"""
from mpmath import mp, mpf, exp, expm1, erf, erfc, sqrt, pi, sin, cos, tanh, log1p, quad, nstr

mp.dps = 70


def sigmoid(z):
    return 1 / (1 + exp(-z))


def phi(z):
    return exp(-z * z / 2) / sqrt(2 * pi)


def normal(z):
    return erfc(-z / sqrt(2)) / 2


def gelu_gate(z):
    return sigmoid(2 * sqrt(2 / pi) * (z + mpf("0.044715") * z ** 3))


def gate(z):
    return tanh(log1p(exp(z)))


R = sqrt(exp(mpf(1))) * erfc(1 / sqrt(mpf(2)))
R2 = exp(mpf(2)) * erfc(sqrt(mpf(2)))
ALPHA = -sqrt(2 / pi) / (R - 1)
LAMBDA = (1 - R) * sqrt(2 * pi) / sqrt(2 + pi - 2 * R * (2 + pi) + pi * R ** 2 + 2 * R2)

FUNCTIONS = {
    "relu": (lambda z: max(z, 0), lambda z: 1 if z > 0 else 0),
    "elu": (lambda z: z if z > 0 else expm1(z), lambda z: 1 if z > 0 else exp(z)),
    "selu": (lambda z: LAMBDA * z if z > 0 else LAMBDA * ALPHA * expm1(z),
             lambda z: LAMBDA if z > 0 else LAMBDA * ALPHA * exp(z)),
    "hardswish": (lambda z: z * min(max(z + 3, 0), 6) / 6,
                  lambda z: 0 if z < -3 else 1 if z > 3 else (2 * z + 3) / 6),
    "tanh": (tanh, lambda z: 1 - tanh(z) ** 2),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * sigmoid(-z)),
    "erf": (erf, lambda z: 2 / sqrt(pi) * exp(-z * z)),
    "softplus": (lambda z: log1p(exp(z)), sigmoid),
    "silu": (lambda z: z * sigmoid(z), lambda z: sigmoid(z) * (1 + z * sigmoid(-z))),
    "gelu": (lambda z: z * normal(z), lambda z: normal(z) + z * phi(z)),
    "gelu_tanh": (lambda z: z * gelu_gate(z),
                  lambda z: gelu_gate(z) + z * gelu_gate(z) * gelu_gate(-z)
                  * 2 * sqrt(2 / pi) * (1 + 3 * mpf("0.044715") * z * z)),
    "mish": (lambda z: z * gate(z),
             lambda z: gate(z) + z * (1 - gate(z) ** 2) * sigmoid(z)),
    "sin": (sin, cos),
}
POINTS = [("0", "1"), ("-0.385", "2.1"), ("1.3", "0.07"), ("0", "3e-2")]


def mean(h, x, s):
    kinks = sorted(k for k in (-3, 0, 3) if abs(k - x) < 17 * s)
    ends = [x - 18 * s, *kinks, x + 18 * s]
    ends = sorted(ends + [(a + b) / 2 for a, b in zip(ends, ends[1:])])
    ends = sorted(ends + [(a + b) / 2 for a, b in zip(ends, ends[1:])])
    return quad(lambda z: h(z) * phi((z - x) / s) / s, ends)


print("/* Made by exact_gain_table.py. */")
for name, (f, slope) in FUNCTIONS.items():
    for x_text, y_text in POINTS:
        x, s = mpf(x_text), sqrt(mpf(y_text))
        first = mean(f, x, s)
        if abs(first) < mpf(10) ** -50:
            first = mpf(0)
        second = mean(lambda z: f(z) ** 2, x, s)
        variance = second - first ** 2
        numbers = [first, second, variance, mean(lambda z: mpf(slope(z)) ** 2, x, s),
                   1 / sqrt(variance), 1 / sqrt(second)]
        print('{"%s", "%s", "%s", {%s}},' % (
            name, x_text, y_text, ", ".join('"%s"' % nstr(n, 50) for n in numbers)))
