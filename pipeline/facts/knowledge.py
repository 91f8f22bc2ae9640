"""What the extractor knows of the language, compiled from the tables (抽取知识)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.facts.lexicon import Lexicon
from pipeline.facts.phrases import Line
from pipeline.facts.statuses import StatusCues
from pipeline.facts.territory import Territory
from pipeline.facts.wording import Wording
from pipeline.indicators import Classification
from pipeline.language.exclusions import Exclusions
from pipeline.language.quantities import QuantityReader
from pipeline.language.times import Time
from pipeline.places import PlaceIndex
from pipeline.report_parts import PartCues
from pipeline.tables import Tables
from pipeline.tabular import TableWords


class FactKnowledge:
    """What the extractor knows of the language; built once with `from_tables`. `rows` are the keys of the tables that evidence may name."""

    def __init__(
        self,
        quantities: QuantityReader,
        exclusions: Exclusions,
        lexicon: Lexicon,
        statuses: StatusCues,
        parts: PartCues,
        tables: TableWords,
        indicators: Classification,
        territory: Territory,
        wording: Wording,
        places: PlaceIndex,
        rows: Mapping[str, frozenset[str]],
    ) -> None:
        self.quantities = quantities
        self.exclusions = exclusions
        self.lexicon = lexicon
        self.statuses = statuses
        self.parts = parts
        self.tables = tables
        self.indicators = indicators
        self.territory = territory
        self.wording = wording
        self.places = places
        self.rows = rows

    @classmethod
    def from_tables(cls, tables: Tables, places: PlaceIndex) -> FactKnowledge:
        """Compile the tables of seeds/reference and seeds/language."""
        return cls(
            QuantityReader.from_tables(tables),
            Exclusions.from_tables(tables),
            Lexicon.from_tables(tables),
            StatusCues.from_tables(tables),
            PartCues.from_tables(tables),
            TableWords.from_tables(tables),
            Classification.from_tables(tables),
            Territory.from_tables(tables, places),
            Wording.from_tables(tables),
            places,
            {
                "units": frozenset(row["unit"] for row in tables["units"]),
                "comparators": frozenset(row["cue"] for row in tables["comparators"]),
            },
        )

    def line(self, text: str, place_code: str | None, times: Sequence[Time] | None = None) -> Line:
        """`text` with its words; `times` in it where they are known."""
        return Line(text, self.lexicon, self.wording, self.places, place_code, times)
