#!/usr/bin/env python3
"""Correctly rounded values of activations by mpmath: makes vectors_table.inc.

Everything is computed to 1500 digits from the formulas in the activations' docs, derivatives by
hand, and then rounded with whole numbers.

    python3 vectors_table.py >vectors_table.inc
"""
from fractions import Fraction

from mpmath import mp, mpf, exp, expm1, erf, erfc, sqrt, pi, sin, cos, tanh, cosh, log1p

mp.dps = 1500
FORMATS = [("SN_FLOAT64", 53, -1022, 1023), ("SN_FLOAT32", 24, -126, 127),
           ("SN_FLOAT16", 11, -14, 15), ("SN_BFLOAT16", 8, -126, 127)]


def round_to(value, digits, least, most):
    """A C literal."""
    sign = "-" if value < 0 else ""
    value = abs(value)
    if value == 0:
        return "0.0"
    m, e = mpf(value).man_exp if not isinstance(value, Fraction) else (None, None)
    exponent = (m.bit_length() + e - 1) if m is not None else None
    if exponent is None:
        exponent = value.numerator.bit_length() - value.denominator.bit_length()
        while Fraction(2) ** exponent > value:
            exponent -= 1
        while Fraction(2) ** (exponent + 1) <= value:
            exponent += 1
    if exponent < -5000:
        return sign + "0.0"
    unit = max(exponent, least) - digits + 1
    exact = (Fraction(m) * Fraction(2) ** e if m is not None else value) / Fraction(2) ** unit
    whole = round(exact)  # ties to even
    rounded = whole * Fraction(2) ** unit
    if rounded >= Fraction(2) ** (most + 1):
        return sign + "INFINITY"
    return sign + float(rounded).hex() if rounded else sign + "0.0"


def sigmoid(z):
    return 1 / (1 + exp(-z)) if z > 0 else exp(z) / (1 + exp(z))


def phi(z):
    return exp(-z * z / 2) / sqrt(2 * pi)


def normal(z):
    return erfc(-z / sqrt(2)) / 2


def slope_sigmoid(z):
    return sigmoid(z) * sigmoid(-z)


C = 2 * sqrt(2 / pi)
CUBIC = mpf(44715) / 1000000


def inner(z):
    return C * (z + CUBIC * z ** 3)


def mish_gate(z):
    w = exp(-abs(z))
    return (1 + 2 * w) / (1 + 2 * w + 2 * w * w) if z > 0 else w * (w + 2) / (w * (w + 2) + 2)


def mish_slope(z):
    w = exp(-abs(z))
    c = 4 * (w * (1 + w)) ** 2 / (1 + 2 * w + 2 * w * w) ** 2 if z > 0 \
        else 4 * (1 + w) ** 2 / ((1 + w) ** 2 + 1) ** 2
    return mish_gate(z) + z * c * sigmoid(z)


R = sqrt(exp(mpf(1))) * erfc(1 / sqrt(mpf(2)))
R2 = exp(mpf(2)) * erfc(sqrt(mpf(2)))
ALPHA = -sqrt(2 / pi) / (R - 1)
LAMBDA = (1 - R) * sqrt(2 * pi) / sqrt(2 + pi - 2 * R * (2 + pi) + pi * R ** 2 + 2 * R2)
SLOPE = mpf(0.01)

SMOOTH = {
    "elu": (lambda z: z if z > 0 else expm1(z), lambda z: mpf(1) if z > 0 else exp(z)),
    "selu": (lambda z: LAMBDA * z if z > 0 else LAMBDA * ALPHA * expm1(z),
             lambda z: LAMBDA if z > 0 else LAMBDA * ALPHA * exp(z)),
    "leaky_relu": (lambda z: z if z > 0 else SLOPE * z, lambda z: mpf(1) if z > 0 else SLOPE),
    "sigmoid": (sigmoid, slope_sigmoid),
    "tanh": (tanh, lambda z: 4 * slope_sigmoid(2 * z)),
    "erf": (erf, lambda z: 2 / sqrt(pi) * exp(-z * z)),
    "softplus": (lambda z: (z if z > 0 else 0) + log1p(exp(-abs(z))), sigmoid),
    "silu": (lambda z: z * sigmoid(z), lambda z: sigmoid(z) + z * slope_sigmoid(z)),
    "gelu": (lambda z: z * normal(z), lambda z: normal(z) + z * phi(z)),
    "gelu_tanh": (lambda z: z * sigmoid(inner(z)),
                  lambda z: sigmoid(inner(z)) + z * slope_sigmoid(inner(z))
                  * C * (1 + 3 * CUBIC * z * z)),
    "mish": (lambda z: z * mish_gate(z), mish_slope),
    "sin": (sin, cos),
}


def swish(z):
    return Fraction(0) if z <= -3 else z if z > 3 else z * (z + 3) / 6


def swish_slope(z):
    return Fraction(0) if z <= -3 else Fraction(1) if z > 3 else (2 * z + 3) / 6


EXACT = {
    "linear": (lambda z: z, lambda z: Fraction(1)),
    "relu": (lambda z: max(z, Fraction(0)), lambda z: Fraction(1 if z > 0 else 0)),
    "relu6": (lambda z: min(max(z, Fraction(0)), Fraction(6)),
              lambda z: Fraction(1 if 0 < z <= 6 else 0)),
    "hardtanh": (lambda z: min(max(z, Fraction(-1)), Fraction(1)),
                 lambda z: Fraction(1 if -1 < z <= 1 else 0)),
    "hardsigmoid": (lambda z: min(max(z + 3, Fraction(0)), Fraction(6)) / 6,
                    lambda z: Fraction(1, 6) if -3 < z <= 3 else Fraction(0)),
    "hardswish": (swish, swish_slope),
}

POINTS = ["0", "1.25", "-0.74219", "-2.385", "3", "-3", "6", "17.33", "-17.33", "-9.5",
          "-87.9", "-103.6", "-745.1", "88.7", "0.0371", "-1e-5", "least", "-least", "3least",
          "-5least", "largest", "-largest"]


def argument(text, digits, least, most):
    sign = -1 if text[0] == "-" else 1
    text = text.lstrip("-")
    if text == "largest":
        return sign * (2 - Fraction(2) ** (1 - digits)) * Fraction(2) ** most
    if text.endswith("least"):
        return sign * int(text[:-5] or 1) * Fraction(2) ** (least - digits + 1)
    literal = round_to(Fraction(text), digits, least, most)
    return sign * Fraction(float.fromhex(literal)) if literal != "INFINITY" else None


print("/* Made by vectors_table.py. */")
for name, (f, slope) in {**EXACT, **SMOOTH}.items():
    for constant, digits, least, most in FORMATS:
        for text in POINTS:
            x = argument(text, digits, least, most)
            if x is None:
                continue
            if "largest" in text and name in ("erf", "gelu", "gelu_tanh", "tanh", "sin", "mish"):
                continue  # too far out for mpmath
            z = x if name in EXACT else mpf(x.numerator) / mpf(x.denominator)
            print('{"%s", %s, %s, %s, %s},' % (
                name, constant, float(x).hex(), round_to(f(z), digits, least, most),
                round_to(slope(z), digits, least, most)))
