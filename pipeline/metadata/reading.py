"""Read the metadata of a report, with the evidence for each field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pipeline.language.dates import find_date
from pipeline.language.periods import parse_label
from pipeline.metadata.box import DATED_LINE, INDEX_NUMBER, Entry, find_document_number
from pipeline.metadata.credit_code import find_credit_code
from pipeline.metadata.dating import read_periods
from pipeline.metadata.delivery import read_delivery
from pipeline.metadata.issuers import place_of_name, read_issuers
from pipeline.metadata.kinds import headings, read_kinds
from pipeline.metadata.knowledge import BOTH, MetadataKnowledge
from pipeline.metadata.offices import place_chain, town_chain
from pipeline.metadata.page import Page, split_page
from pipeline.metadata.titles import is_title, read_title
from pipeline.places import PlaceIndex

LONGEST_QUOTE = 120
GOVERNMENTS = ("人民政府", "国务院")
DOC_TYPES = ("summary", "plan", "summary+plan")


class Evidence(NamedTuple):
    """A reading of a field: its value as text, and the words it was read from."""

    field: str
    value: str
    basis: str
    quote: str | None


class Metadata(NamedTuple):
    """The fields of `records.Document` that a report says of itself; absent is None."""

    title: str | None
    issuer: str | None
    issuer_place: str | None
    place_code: str | None
    doc_type: str | None
    period_label: str | None
    period_start: date | None
    period_end: date | None
    period_basis: str | None
    published_on: date | None
    index_no: str | None
    doc_no: str | None
    url: str | None
    evidence: list[Evidence]


class Readings:
    """All readings of all fields; a field's value is its first one."""

    def __init__(self, manifest: Mapping[str, str] | None) -> None:
        self.evidence: list[Evidence] = []
        for field, value in (manifest or {}).items():
            if value and field in Metadata._fields and field != "evidence":
                self.add(field, value.strip(), "manifest", None)

    def add(self, field: str, value: str | None, basis: str, quote: str | None) -> None:
        """Note a reading, unless it is empty or known."""
        if value:
            row = Evidence(field, value, basis, quote[:LONGEST_QUOTE] if quote else None)
            if row not in self.evidence:
                self.evidence.append(row)

    def best(self, field: str) -> Evidence | None:
        """The first usable reading of a field: the manifest's, else the best of the page."""
        return next((row for row in self.evidence if row.field == field and is_usable(field, row.value)), None)

    def value(self, field: str) -> str | None:
        """The best reading's value."""
        row = self.best(field)
        return row.value if row else None


def is_usable(field: str, value: str) -> bool:
    """False for what cannot be the field's value, such as a slip in a manifest.

    >>> is_usable("doc_type", "report"), is_usable("period_label", "2024H1"), is_usable("published_on", "soon")
    (False, True, False)
    """
    match field:
        case "doc_type":
            return value in DOC_TYPES
        case "period_label":
            return parse_label(value) is not None
        case "published_on":
            return find_date(value) is not None
        case "url":
            return value.startswith(("http://", "https://"))
        case _:
            return True


def read_metadata(
    source: str,
    path: str,
    page_text: str,
    clean_text: str,
    manifest: Mapping[str, str] | None,
    knowledge: MetadataKnowledge,
    places: PlaceIndex,
    stated: Sequence[tuple[str, str, str]] = (),
) -> Metadata:
    """The metadata of a report. `stated` is what its file says of itself beside its text: (field, value, quote).

    What the manifest says wins over the page, and what is printed over what is inferred; every reading is kept as
    evidence, so that a check can show where they differ.
    """
    del path
    page = split_page(page_text, clean_text)
    entries = knowledge.keys.read(page.head)
    readings = Readings(manifest)
    for field, value, quote in stated:
        if field == "title":  # an editor has written it; a page's headline is found by its form
            readings.add(field, value, "file", quote)
    _titles(readings, page, entries, knowledge, places)
    title = readings.value("title")
    _numbers(readings, page, entries)
    _dates(readings, page, entries)
    published = readings.value("published_on")
    published_on = find_date(published) if published else None
    delivery = read_delivery(page, title, published_on, source.endswith(GOVERNMENTS))
    for issuer in read_issuers(page, title, entries, source, delivery, knowledge, places):
        readings.add("issuer", issuer.name, issuer.basis, issuer.quote)
        if issuer.place:
            readings.add("issuer_place", issuer.place.name, issuer.basis, issuer.quote)
    numbered = headings(clean_text)
    if delivery:
        readings.add("doc_type", BOTH, "printed", delivery.quote)
    for doc_type, basis, quote in read_kinds(title, page.opening, clean_text, numbered, knowledge):
        readings.add("doc_type", doc_type, basis, quote)
    if delivery and delivery.year:
        readings.add("period_label", str(delivery.year), delivery.year_basis, delivery.year_quote)
    for reading in read_periods(page, title, numbered, readings.value("doc_type"), published_on, knowledge):
        readings.add("period_label", reading.period.label, reading.basis, reading.quote)
    for field, value, quote in stated:
        readings.add(field, value, "file", quote)
    return _metadata(readings, knowledge, places)


def _titles(
    readings: Readings, page: Page, entries: list[Entry], knowledge: MetadataKnowledge, places: PlaceIndex
) -> None:
    for entry in entries:
        if entry.field == "title" and is_title(entry.value, knowledge):
            readings.add("title", entry.value, "printed", entry.quote)
    title = read_title(page, knowledge, places)
    readings.add("title", title, "printed", title)


def _numbers(readings: Readings, page: Page, entries: list[Entry]) -> None:
    for entry in entries:
        if entry.field == "index_no" and (hit := INDEX_NUMBER.match(entry.value)):
            readings.add("index_no", hit[0].rstrip("."), "printed", entry.quote)
        elif entry.field == "doc_no":
            readings.add("doc_no", find_document_number(entry.value), "printed", entry.quote)
        elif entry.field == "url" and entry.value.startswith("http"):
            readings.add("url", entry.value.split()[0], "printed", entry.quote)
    for line in page.head:
        if len(line) <= 80:
            readings.add("doc_no", find_document_number(line), "printed", line)


def _dates(readings: Readings, page: Page, entries: list[Entry]) -> None:
    def add(text: str, quote: str) -> None:
        day = find_date(text)
        readings.add("published_on", day.isoformat() if day else None, "printed", quote)

    for entry in entries:
        if entry.field == "published_on":
            add(entry.value, entry.quote)
    for line in _date_lines(page):
        add(line, line)


def _date_lines(page: Page) -> Iterator[str]:
    """Lines that are a date and little else: under the title, or under the signature of a covering notice."""
    for line in [*page.head, *reversed(page.tail), *page.signed]:
        if (len(line) <= 24 and "在" not in line and find_date(line)) or (len(line) <= 80 and DATED_LINE.match(line)):
            yield line


def _metadata(readings: Readings, knowledge: MetadataKnowledge, places: PlaceIndex) -> Metadata:
    issuer = readings.value("issuer")
    place_name = readings.value("issuer_place")
    place = place_of_name(issuer, knowledge, places) if issuer else None
    if issuer and place and readings.best("issuer") and place_name != place.name:
        named_by_manifest = any(row.field == "issuer_place" and row.basis == "manifest" for row in readings.evidence)
        place_name = place_name if named_by_manifest else place.name
    if place_name and (place is None or place.name != place_name):
        # 高唐县, or 河北省保定市 from the outside in
        place = places.resolve(place_name, place.adcode if place else None)
        chain = None if place else place_chain(place_name, places) or town_chain(place_name, places)
        place, place_name = (chain[0], chain[0].name) if chain else (place, place_name)
    index_no = readings.value("index_no")
    code = find_credit_code(index_no) if index_no else None
    registered = places.by_code(code[2:8]) if code else None
    if registered:
        readings.add("issuer_place", registered.name, "inferred", code)
    period = readings.best("period_label")
    parsed = parse_label(period.value) if period else None
    published = readings.value("published_on")
    return Metadata(
        title=readings.value("title"),
        issuer=issuer,
        issuer_place=place_name,
        place_code=readings.value("place_code") or (place.adcode or None if place else None),
        doc_type=readings.value("doc_type"),
        period_label=period.value if period else None,
        period_start=parsed.start if parsed else None,
        period_end=parsed.end if parsed else None,
        period_basis=period.basis if period else None,
        published_on=find_date(published) if published else None,
        index_no=index_no,
        doc_no=readings.value("doc_no"),
        url=readings.value("url"),
        evidence=readings.evidence,
    )
