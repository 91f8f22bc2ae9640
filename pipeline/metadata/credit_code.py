"""Unified social credit codes (统一社会信用代码, GB 32100): index numbers often begin with the issuer's."""

from __future__ import annotations

import re

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE = re.compile(f"(?<![0-9A-Z])[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}(?![0-9A-Z])")


def find_credit_code(text: str) -> str | None:
    """The first valid code in `text`; its characters 3 to 8 are the division code of the registration office.

    >>> find_credit_code("91350100M000100Y43/2024-1")
    '91350100M000100Y43'
    """
    for hit in CODE.finditer(text):
        if is_valid(hit[0]):
            return hit[0]
    return None


def is_valid(code: str) -> bool:
    """Whether the check character of an 18-character code is right."""
    if len(code) != 18 or any(character not in ALPHABET for character in code):
        return False
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(code[:17]))
    return ALPHABET[-total % 31] == code[17]
