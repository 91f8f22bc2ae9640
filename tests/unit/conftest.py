"""Facts of a text without the stages before: each sentence by its marks, one section."""

import re
from datetime import date

import pytest

from pipeline.facts import FactKnowledge, read_facts
from pipeline.offsets import identity
from pipeline.places import PlaceIndex
from pipeline.records import Document, Section, Sentence


@pytest.fixture(scope="session")
def places(tables):
    return PlaceIndex.from_tables(tables)


@pytest.fixture(scope="session")
def knowledge(tables, places):
    return FactKnowledge.from_tables(tables, places)


@pytest.fixture(scope="session")
def facts_of(reading_of):
    return lambda *given, **more: reading_of(*given, **more).facts


@pytest.fixture(scope="session")
def reading_of(reading_with, knowledge):
    return lambda *given, **more: reading_with(knowledge, *given, **more)


@pytest.fixture(scope="session")
def reading_with(places):
    def read(knowledge, text, issuer_place="青岛市", doc_type="summary", period_label="2024", heading=""):
        place = places.resolve(issuer_place)
        year = int(period_label[:4])
        document = Document(
            **dict.fromkeys(Document._fields)
            | {
                "document_id": "d",
                "issuer_place": issuer_place,
                "place_code": place.adcode if place else None,
                "doc_type": doc_type,
                "period_label": period_label,
                "period_start": date(year, 1, 1),
                "period_end": date(year, 12, 31),
            }
        )
        section = Section(
            "d-s0", "d", None, 0, 1, "", heading, heading, None, 0, len(text), len(text), 0, len(text), text
        )
        sentences = [
            Sentence(f"d-t{match.start()}", "d-s0", "d", number, match.start(), match.end(), match[0])
            for number, match in enumerate(re.finditer(r"[^。！？；\n]+[。！？；]?", text))
        ]
        return read_facts(document, text, identity(), [section], sentences, knowledge)

    return read
