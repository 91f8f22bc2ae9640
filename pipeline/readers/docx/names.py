"""Names of WordprocessingML (ECMA-376) as lxml writes them."""

from __future__ import annotations

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", MAIN.encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""What ISO's strict form calls the same things."""
STRICT_SIGN = b"//purl.oclc.org/ooxml/"

W = f"{{{MAIN}}}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VAL = f"{W}val"
OFF = ("0", "false", "off", "none")
"""Values of a switch that is off."""


def child(element: etree._Element | None, tag: str) -> etree._Element | None:
    """The first child of that name. Unlike `find` it reads no path, which is what most of a document's time went to."""
    if element is not None:
        for found in element.iterchildren(tag):
            return found
    return None


def child_value(element: etree._Element | None, name: str) -> str | None:
    """`w:val` of the child w:`name`."""
    found = child(element, W + name)
    return found.get(VAL) if found is not None else None


def child_number(element: etree._Element | None, name: str) -> int | None:
    """`w:val` of the child as a whole number; None where it is none."""
    return number(child_value(element, name))


def number(text: str | None) -> int | None:
    """A whole number of a sensible size, else None."""
    if not text:
        return None
    try:
        value = int(text)
    except ValueError:
        return None
    return value if abs(value) < 1 << 31 else None


def is_on(element: etree._Element | None, name: str) -> bool:
    """Whether the switch w:`name` stands there and is on."""
    found = child(element, W + name)
    return found is not None and found.get(VAL) not in OFF
