"""Characters that Word keeps as a place in a symbol font, as w:sym or within a text, rather than as characters."""

from __future__ import annotations

import re

# Adobe's Symbol encoding, as far as figures are written with it: what a reader sees.
_SYMBOL = {
    0x25: "%",
    0x2B: "+",
    0x2D: "−",
    0x3C: "<",
    0x3D: "=",
    0x3E: ">",
    0x6D: "μ",
    0xA2: "′",
    0xA3: "≤",
    0xA5: "∞",
    0xB0: "°",
    0xB1: "±",
    0xB2: "″",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
}
_PRIVATE, _PRIVATE_END = 0xF000, 0xF0FF
SIGN = re.compile(f"[{chr(_PRIVATE)}-{chr(_PRIVATE_END)}]")
"""A place of a symbol font within a text; what it shows depends on the run's font. LibreOffice writes symbols so."""


def symbol(font: str, code: str) -> str:
    """What w:sym shows; ornaments of a symbol font show nothing that a report says.

    >>> symbol("Symbol", "F0B3"), symbol("Wingdings", "F0FC"), symbol("宋体", "33A1")
    ('≥', '', '㎡')
    """
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if _PRIVATE <= number <= _PRIVATE_END:
        place = number - _PRIVATE
        if font.lower() != "symbol":
            return ""
        return _SYMBOL.get(place, chr(place) if 0x30 <= place <= 0x39 else "")
    if font.lower() == "symbol" and number in _SYMBOL:
        return _SYMBOL[number]
    return chr(number) if 0x20 <= number < 0x110000 and not 0xD800 <= number < 0xE000 else ""


def signs_read(text: str, font: str | None) -> str:
    r"""A run's text with its signs as they are seen; where the run names no font they stay as they are.

    >>> signs_read("比重\uf0b395%", "Symbol"), signs_read("\uf0fc5年", "Wingdings")
    ('比重≥95%', '5年')
    """
    return SIGN.sub(lambda sign: symbol(font, f"{ord(sign[0]):X}"), text) if font else text
