"""How much of a text is made of characters that Chinese is written with: tells text from misread bytes (乱码)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

# Below this share of usual characters a text is not Chinese that somebody wrote. Reports are above
# 0.97 in either script, rosters of rare names above 0.93; every misreading that was tried (UTF-8 as
# GBK or Latin-1, GBK as Big5, EUC-JP, EUC-KR or UTF-16, Big5 as GBK) is below 0.80.
LEGIBLE = 0.85
_PLAINLY_LEGIBLE = 0.97

_ASCII = 128
_GLOSS_LETTERS = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêɑɡńňǹḿ")


def legibility(text: str) -> float:
    """Share of the characters beyond ASCII that are in everyday use; 1.0 where there are none.

    In everyday use are GB 2312 (6,763 hanzi), the first level of Big5 (5,401 hanzi), and Chinese
    punctuation. Letters with tone marks count neither way where most other characters are hanzi:
    pinyin glosses are noise, not misread bytes.

    >>> legibility("全市现有医疗机构8,000家。"), legibility("全市現有醫療機構8,000家。")
    (1.0, 1.0)
    >>> legibility("鍏ㄥ競鐜版湁鍖荤枟鏈烘瀯") < LEGIBLE
    True
    """
    counts = Counter(text)
    usual = _usual_characters()
    good = sum(n for c, n in counts.items() if c in usual)
    letters = sum(n for c, n in counts.items() if c in _GLOSS_LETTERS)
    beyond = sum(n for c, n in counts.items() if ord(c) >= _ASCII)
    if letters < good:
        beyond -= letters
    return good / beyond if beyond else 1.0


def is_legible(text: str) -> bool:
    """Is `legibility` at least LEGIBLE? Most text is told by how much of it GB 2312 can write, which takes no count of characters.

    >>> is_legible("全市现有医疗机构8,000家。"), is_legible("鍏ㄥ競鐜版湁鍖荤枟鏈烘瀯")
    (True, False)
    """
    plain = len(text.encode("ascii", "ignore"))
    written = (len(text.encode("gb2312", "ignore")) - plain) / 2
    return written >= _PLAINLY_LEGIBLE * (len(text) - plain) or legibility(text) >= LEGIBLE


@cache
def _usual_characters() -> frozenset[str]:
    symbols = _double_bytes("gb2312", range(0xA1, 0xA4), range(0xA1, 0xFF))
    hanzi = _double_bytes("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF))
    traditional = _double_bytes("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])
    # What text pages and word processors add to the code pages: spaces, dashes, bullets, squares, marks.
    layout = (
        "\u00a0\u2002\u2003\u3000\u200b\ufeff\u2013\u2014\u2022\u25cf\u25a0\u00b7\u30fb\uff5e\u2503\u2502\u2714\u33a1"
    )
    return frozenset(symbols | hanzi | traditional) | frozenset(layout)


def _double_bytes(codec: str, lead: Iterable[int], trail: Iterable[int]) -> set[str]:
    pairs = (bytes([first, second]).decode(codec, "ignore") for first in lead for second in trail)
    return {c for c in pairs if len(c) == 1 and ord(c) >= _ASCII}
