"""Bytes of a page -> text, by what the page says of its characters as long as that makes Chinese of it."""

from __future__ import annotations

import codecs
import re

from pipeline.decoding import Decoded, Refusal, decode
from pipeline.legibility import is_legible

# Pages that say gb2312 hold characters that only its successors have, 镕 for one.
_GB = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "gb2312-80", "euc-cn", "chinese"}
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_HEAD = 4096
# So much of a page tells whether it is Chinese.
_SAMPLE = 1 << 15


def decode_page(data: bytes) -> Decoded | Refusal:
    """The text of a page: by its mark (BOM), then as it declares, then by its content; what cannot be read is refused.

    >>> decode_page('<meta charset="gb2312"><p>县长王镕作报告</p>'.encode("gbk")).encoding
    'gb18030'
    """
    declared = _DECLARED.search(data[:_HEAD])
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = declared[1].decode("ascii", "replace").lower()
        try:
            encoding = codecs.lookup("gb18030" if name in _GB else name).name
            text = data.decode(encoding)
        except (LookupError, UnicodeError):
            return decode(data)  # a page saved anew in another encoding may still declare the old one
        sample = text[:_SAMPLE]
        if text.strip() and not text.isascii() and is_legible(text if sample.isascii() else sample):
            return Decoded(text, encoding, "declared", "text/html")
    return decode(data)
