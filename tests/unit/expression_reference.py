#!/usr/bin/env python3
"""Writes expression_reference.inc: expressions, points, f and f' to 20 digits by mpmath, where f'
is a difference at 120 digits, which knows nothing of the rules of differentiation."""
from mpmath import *

mp.dps = 120

CASES = [
    ("x^3 - 2*x^2 + x/7", lambda x: x**3 - 2*x**2 + x/7),
    ("2^-x^2", lambda x: 2**(-x**2)),
    ("exp(-x^2/2)*sin(3*x)", lambda x: exp(-x**2/2)*sin(3*x)),
    ("expm1(x/3) + log1p(x^2)", lambda x: expm1(x/3) + log1p(x**2)),
    ("log(2 + cos(x))", lambda x: log(2 + cos(x))),
    ("log2(3 + x^2) + log10(3 + x^2)", lambda x: log(3 + x**2)/log(2) + log10(3 + x**2)),
    ("sqrt(1 + x^2)", lambda x: sqrt(1 + x**2)),
    ("tan(sin(x))*atan(x)", lambda x: tan(sin(x))*atan(x)),
    ("asin(x/40) + acos(x/50)", lambda x: asin(x/40) + acos(x/50)),
    ("sinh(x/9)/cosh(x/7)", lambda x: sinh(x/9)/cosh(x/7)),
    ("tanh(0.7*x + 0.1)", lambda x: tanh(mpf(7)/10*x + mpf(1)/10)),
    ("asinh(x)*atanh(x/31)", lambda x: asinh(x)*atanh(x/31)),
    ("acosh(2 + x^2)", lambda x: acosh(2 + x**2)),
    ("erf(x/2) + 3*erfc(x/5)", lambda x: erf(x/2) + 3*erfc(x/5)),
    ("(1 + x^2)^(x/9)", lambda x: (1 + x**2)**(x/9)),
    ("(2 + sin(x))^-1.5", lambda x: (2 + sin(x))**(-mpf(3)/2)),
    ("1.7*gelu(x) - silu(2*x)", lambda x: mpf(17)/10*x*ncdf(x) - 2*x/(1 + exp(-2*x))),
    ("x > 1 ? exp(1 - x) : x^2", lambda x: exp(1 - x) if x > 1 else x**2),
    ("abs(x - 0.5)*max(x, 1/4)", lambda x: abs(x - mpf(1)/2)*max(x, mpf(1)/4)),
    ("min(x, 3)*sign(x)*floor(1.5)", lambda x: min(x, 3)*sign(x)),
    ("swish(sin(x)) + mish(-x)",
     lambda x: sin(x)/(1 + exp(-sin(x))) - x*tanh(log1p(exp(-x)))),
]
POINTS = [-7.375, -2.3125, -0.6875, 0.171875, 1.84375, 5.5625]  # exact in binary

print("/* Made by expression_reference.py. */")
for text, f in CASES:
    for point in POINTS:
        x, h = mpf(point), mpf(10)**-40
        slope = (f(x + h) - f(x - h))/(2*h)
        print(f'{{"{text}", {point}, {nstr(f(x), 20)}, {nstr(slope, 20)}}},')
