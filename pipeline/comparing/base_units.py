"""A value in the base unit of its kind, exactly: 斤 and 吨, 亩 and 公顷, 公里 and 米 meet (基准单位)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from pipeline.tables import Row

SIXTH = Decimal("0.000001")
EXACT = Context(prec=60)
LARGEST = Decimal(10) ** 18
"""Beyond it a value no longer fits the tables' decimal; it then has no base value."""


class BaseUnit(NamedTuple):
    """What one of a unit is in its base unit."""

    base: str
    factor: Fraction


class BaseUnits:
    """The table `unit_bases`, compiled."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._units = {row["unit"]: BaseUnit(row["base"], Fraction(row["factor"])) for row in rows}

    def of(self, unit: str) -> BaseUnit | None:
        """The base of `unit`; of a quotient such as 公斤/亩 the numerator's, over the same denominator."""
        known = self._units.get(unit)
        if known or "/" not in unit:
            return known
        top, _, bottom = unit.partition("/")
        numerator = self._units.get(top)
        return BaseUnit(f"{numerator.base}/{bottom}", numerator.factor) if numerator else None

    def convert(self, value: Decimal, unit: str) -> tuple[Decimal, str] | None:
        """(value, base unit), exact where it is finite in six decimals, else rounded half to even at the sixth."""
        found = self.of(unit)
        if found is None:
            return None
        base = _rounded(EXACT.multiply(value, found.factor.numerator), found.factor.denominator)
        return None if base is None else (base, found.base)


def exact(value: Fraction) -> Decimal | None:
    """`value` as a decimal of at most six places, None where it is too large.

    >>> exact(Fraction(1, 15)), exact(Fraction(12))
    (Decimal('0.066667'), Decimal('12'))
    """
    return _rounded(Decimal(value.numerator), value.denominator)


@lru_cache(maxsize=8192)
def _rounded(numerator: Decimal, denominator: int) -> Decimal | None:
    quotient = EXACT.divide(numerator, denominator)
    if abs(quotient) >= LARGEST:
        return None
    rounded = quotient.quantize(SIXTH, ROUND_HALF_EVEN, EXACT).normalize(EXACT)
    return Decimal(format(rounded, "f"))
