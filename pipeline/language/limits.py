"""Limits by which persons and things are told apart (分档): an age, an amount."""

from __future__ import annotations

import re

from pipeline.language.numerals import LARGE_SCALES

# 60岁及以上, 3-6岁: of whom a figure is told.
AGES = re.compile(r"(?:\d+[-—－~至])?\d+(?:周)?岁(?:及?以[上下])?")
# 2000万元以上: projects of that size.
AMOUNTS = re.compile(rf"\d*(?:\.\d+)?[{LARGE_SCALES}]*元(?:及)?(?:以上|以下)")
