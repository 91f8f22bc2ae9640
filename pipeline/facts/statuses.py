"""Planned or achieved: the status of a figure from its words, its section and the kind of report (状态)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pipeline.records import Document, Section
from pipeline.tables import Tables

YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?年")
# A year that says when, at the head of a clause or behind 到: 到2025年, not (2021-2023年) in a name.
WHEN_YEAR = re.compile(r"(?:^|[，。；：,;:\n]|到|至|力争|确保|截至)\s?((?:19|20)\d{2})\s?年")
LONGEST_HEADING, LONGEST_PARAGRAPH = 40, 1500
COMPARED = ("较", "比", "与", "同", "于")


class StatusCues:
    """Reads planned or achieved off cue words; compiled once from the table `status_cues`."""

    def __init__(self, headings: Mapping[str, str], cues: Mapping[str, str], lasting: Iterable[str]) -> None:
        self._lasting = re.compile("|".join(map(re.escape, lasting)))
        self._headings = headings
        self._cues = cues
        self._pattern = re.compile("|".join(map(re.escape, sorted(cues, key=len, reverse=True))))

    @classmethod
    def from_tables(cls, tables: Tables) -> StatusCues:
        """From the rows of `status_cues`."""
        scopes: dict[str, dict[str, str]] = {"heading": {}, "text": {}, "paragraph": {}}
        for row in tables["status_cues"]:
            scopes[row["scope"]][row["cue"]] = row["status"]
        return cls(scopes["heading"], scopes["text"] | scopes["paragraph"], scopes["paragraph"])

    def of_sections(self, document: Document, sections: Sequence[Section]) -> dict[str, str]:
        """section_id -> "actual" or "target": the nearest heading that tells, else the kind of report."""
        default = "target" if document.doc_type == "plan" else "actual"
        year = report_year(document)
        known: dict[str, str] = {}
        parents = {section.section_id: section.parent_section_id for section in sections}
        for section in sections:
            told = self._of_heading(section.heading, year, document.doc_type)
            if told is None:
                parent = parents[section.section_id]
                told = known.get(parent, default) if parent else default
            known[section.section_id] = told
        return known

    def _of_heading(self, heading: str, year: int | None, doc_type: str | None) -> str | None:
        if not heading or len(heading) > LONGEST_HEADING:
            return None
        found = [(heading.rfind(cue), len(cue), status) for cue, status in self._headings.items() if cue in heading]
        if found:
            return max(found)[2]
        years = YEAR.findall(heading)
        if years and year and doc_type != "plan":
            return "target" if int(years[-1]) > year else "actual"
        return None

    def is_planned_before(self, text: str, position: int) -> bool:
        """Whether a cue that holds for its whole paragraph (下一步) stands in it before `position`."""
        start = max(0, position - LONGEST_PARAGRAPH)
        start = max(start, text.rfind("\n", start, position) + 1)
        return self._lasting.search(text, start, position) is not None

    def of_text(self, text: str, low: int, position: int, default: str, year: int | None) -> str:
        """The status at `position`: the last cue of the sentence before it (from `low` on), else `default`."""
        status = default
        for match in self._pattern.finditer(text, low, position):
            cue = match[0]
            if "的" in text[match.end() : position] and self._cues[cue] == "actual":
                continue
            if cue in ("去年", "上年") and text[match.start() - 1 : match.start()] in COMPARED:
                continue
            status = default if self._cues[cue] == "default" else self._cues[cue]
        if year is not None:
            for match in WHEN_YEAR.finditer(text, low, position):
                named = int(match[1])
                if named > year:
                    status = "target"
                elif named < year and default == "target":
                    status = "actual"
        return status


def report_year(document: Document) -> int | None:
    """The year the report speaks of, the last of a span; None where unknown."""
    years = re.findall(r"(?:19|20)\d{2}", document.period_label or "")
    return int(years[-1]) if years else None
