"""The language knowledge that reading metadata needs."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from pipeline.metadata.box import BoxKeys
from pipeline.metadata.offices import Offices
from pipeline.tables import Tables


class Campaign(NamedTuple):
    """A phrase that dates a text: it is only used between `start` and `end` (None: still in use)."""

    phrase: str
    start: date
    end: date | None


class MetadataKnowledge(NamedTuple):
    """The compiled tables `metadata_keys`, `offices`, `campaigns` and `document_cues`."""

    keys: BoxKeys
    offices: Offices
    campaigns: list[Campaign]
    cues: dict[str, list[tuple[str, str]]]

    @classmethod
    def from_tables(cls, tables: Tables) -> MetadataKnowledge:
        """Compile the tables."""
        cues: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in tables["document_cues"]:
            cues[row["place"]].append((row["text"], row["doc_type"]))
        campaigns = [
            Campaign(
                row["phrase"], date.fromisoformat(row["start"]), date.fromisoformat(row["end"]) if row["end"] else None
            )
            for row in tables["campaigns"]
        ]
        return cls(BoxKeys.from_tables(tables), Offices.from_tables(tables), campaigns, dict(cues))
