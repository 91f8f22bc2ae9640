"""Facts of a text with key, code and the fields that make them comparable."""

import re
from datetime import date

import pytest

from pipeline.comparing import Comparing, complete_facts
from pipeline.facts import FactKnowledge, extract_facts
from pipeline.offsets import identity
from pipeline.places import PlaceIndex
from pipeline.records import Document, Section, Sentence


@pytest.fixture(scope="session")
def compared(tables):
    places = PlaceIndex.from_tables(tables)
    knowledge = FactKnowledge.from_tables(tables, places)
    comparing = Comparing.from_tables(tables)

    def read(text):
        document = Document(
            **dict.fromkeys(Document._fields)
            | {
                "document_id": "d",
                "issuer_place": "保定市",
                "place_code": "130600",
                "doc_type": "summary",
                "period_label": "2024",
                "period_start": date(2024, 1, 1),
                "period_end": date(2024, 12, 31),
            }
        )
        section = Section("d-s0", "d", None, 0, 1, "", "", "", None, 0, len(text), len(text), 0, len(text), text)
        sentences = [
            Sentence(f"d-t{match.start()}", "d-s0", "d", number, match.start(), match.end(), match[0])
            for number, match in enumerate(re.finditer(r"[^。！？；\n]+[。！？；]?", text))
        ]
        facts = extract_facts(document, text, identity(), [section], sentences, knowledge)
        return complete_facts(facts, text, sentences, comparing, knowledge.indicators)

    return read
