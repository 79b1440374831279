"""The chi-square distribution, as far as tests need it, without a package for statistics."""

import math

ENOUGH = 1e-16
TURNS = 100_000


def chi_square_above(statistic: float, df: float) -> float:
    """The probability that a chi-square variable with df degrees of freedom is larger than the statistic: the p-value of a test.

    Exact to about twelve digits, for tiny p too. The regularised upper incomplete gamma function by its series or its continued
    fraction, whichever is quicker (Abramowitz & Stegun, 1964, 6.5.29 and 6.5.31). Raises ValueError for df ≤ 0, a negative statistic
    or what is no number.
    """
    if not (df > 0 and statistic >= 0 and math.isfinite(df)):
        raise ValueError(
            f"A chi-square value is 0 or more with more than 0 degrees of freedom, not {statistic} with {df}."
        )
    a, x = df / 2, statistic / 2
    if x == 0:
        return 1.0
    if math.isinf(x):
        return 0.0
    if x < a + 1:
        return max(0.0, 1 - _scale(a, x) * _series(a, x))
    return min(1.0, _scale(a, x) * _fraction(a, x))


def _scale(a: float, x: float) -> float:
    """x^a e^(−x) ÷ Γ(a)."""
    if a < 30:
        return math.exp(a * math.log(x) - x - math.lgamma(a))
    # about the peak the large numbers would cancel: ln Γ(a) by Stirling, the rest as a multiple of a
    stirling = 1 / (12 * a) - 1 / (360 * a**3) + 1 / (1260 * a**5) - 1 / (1680 * a**7)
    apart = (x - a) / a
    return math.sqrt(a / (2 * math.pi)) * math.exp(a * (math.log1p(apart) - apart) - stirling)


def _series(a: float, x: float) -> float:
    term = total = 1 / a
    for step in range(1, TURNS):
        term *= x / (a + step)
        total += term
        if term < total * ENOUGH:
            break
    return total


def _fraction(a: float, x: float) -> float:
    """Lentz's way of taking a continued fraction from its head."""
    tiny = 1e-300
    b = x + 1 - a
    c, d = 1 / tiny, 1 / b
    value = d
    for step in range(1, TURNS):
        down = -step * (step - a)
        b += 2
        d = 1 / (down * d + b or tiny)
        c = b + down / c or tiny
        value *= c * d
        if abs(c * d - 1) < ENOUGH * 10:
            break
    return value
