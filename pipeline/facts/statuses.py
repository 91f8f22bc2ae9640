"""Planned or achieved: the status of a figure from its words, its section and the kind of report (状态)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.facts.candidates import Candidate
from pipeline.facts.claims import Claim, Rule
from pipeline.facts.phrases import Line, closed_before
from pipeline.language.times import find_times
from pipeline.records import Document, Section, Sentence
from pipeline.tables import Tables

YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?年")
# A year that says when, at the head of a clause or behind 到: 到2025年, not (2021-2023年) in a name.
WHEN_YEAR = re.compile(r"(?:^|[，。；：,;:\n]|到|至|力争|确保|截至|而|但)\s?((?:19|20)\d{2})\s?年")
CLAUSE_MARK = re.compile("[，；,;]")
LONGEST_HEADING, LONGEST_PARAGRAPH = 40, 1500
BLANKS = frozenset(" \u3000\t")
COMPARED = ("较", "比", "与", "同", "于")
# A set aim that is only compared with: 高于目标值, 完成任务.
MEASURED_BY = ("超", "过", "于", "比", "较", "距", "占", "成", "到", "与", "了", "按")
# A year at the head of a sentence says of what the paragraph speaks from there on.
LEAD_YEAR = re.compile(r"(?:力争|到|至|截至|截止)?\s?((?:19|20)\d{2})\s?年(?![度]?\s?[-－—~至到]|以来)")
# 争取特别国债、中央预算内投资等各类资金18.9亿元: got, not aimed at.
OBTAINED = re.compile("[^，；。]{0,30}(?:资金|国债|债券|专项债|补助|经费|项目|投资)")
ADDRESS = re.compile("(?:各位(?:代表|委员|同志|领导)|同志们)[，,：:！!]?\\s*")
LIST_MARK = re.compile(
    r"[\s　]*(?:[（(]?[一二三四五六七八九十\d]{1,3}(?:[)）、]|[.．](?!\d))|[一二三四五六七八九十]{1,2}是|——)?[\s　]*"
)
HALF_REPORT = re.compile(r"H1|Q[123]|M0\d")
SECOND_HALF = frozenset(["下半年", "年内", "年底前", "四季度"])
LONGEST_LEAD = 24


STATUS = "status"
CUE = Rule("status_cue", STATUS, "A cue word stands before the figure.", "力争新建体育公园6处。", "target")
OF_YEAR = Rule(
    "status_of_year",
    STATUS,
    "A year before the figure is later or earlier than that of the report.",
    "到2026年底体育公园达到6处。",
    "target",
)
OF_PART = Rule(
    "status_of_part",
    STATUS,
    "The heading, lead or paragraph that the figure stands under tells it.",
    "新建体育公园6处。",
    "target",
    (("heading", "下一步工作打算"), ("doc_type", "summary+plan")),
)
EARLIER_VALUE = Rule(
    "earlier_value_in_plan",
    STATUS,
    "In a plan, the earlier value beside a target of the same indicator is its baseline.",
    "床位利用率2023年65%、2025年70%。",
    "baseline",
    (("doc_type", "plan"), ("period_label", "2025")),
)


def read_statuses(
    cues: StatusCues, line: Line, figures: Sequence[Candidate], default: str, usual: str, year: int | None
) -> Iterator[Claim]:
    """The status of the figures that have none yet: the last cue before each, else `default`, which its part of the report tells; `usual` is that of the kind of report."""
    has_cues = cues.has_cue(line.text)
    for figure in figures:
        if figure.status:
            continue
        lead = figure.quantity.lead
        if figure.quantity.unit_class == "share" and line.text.endswith("的", 0, lead):
            # 目前完成总工程量的65%: no relative clause.
            lead -= 1
        told = cues.of_text(line.text, 0, lead, default, year) if has_cues else None
        if told is not None and told.cue is not None:
            words = (told.start, told.end)
            yield CUE.of(figure.number, told.status, words, "status_cues", told.cue)
        elif told is not None:
            yield OF_YEAR.of(figure.number, told.status, (told.start, told.end))
        elif default != usual:
            yield OF_PART.of(figure.number, default, figure.printed)


def earlier_values(figures: Sequence[Candidate], year: int | None) -> Iterator[Claim]:
    """In a plan, the earlier value beside a target of the same indicator is its baseline: 2020年78.06岁，2025年79.5岁."""
    aims = {figure.indicator for figure in figures if figure.status in ("target", "")}
    for figure in figures:
        period = figure.period or ""
        years = next((time.years for time in find_times(period, year)), None)
        is_earlier = period.startswith(("上年", "去年")) or bool(year and years and years[0] < year)
        if is_earlier and figure.form != "from_to" and figure.indicator in aims:
            yield EARLIER_VALUE.of(figure.number, "baseline", figure.words_of("period", figure.base))


class Told(NamedTuple):
    """A status and the words text[start:end] that tell it: a `cue` of the table, or a year."""

    status: str
    start: int
    end: int
    cue: str | None


class StatusCues:
    """Reads planned or achieved off cue words; compiled once from the table `status_cues`."""

    def __init__(
        self,
        headings: Mapping[str, str],
        cues: Mapping[str, str],
        lasting: Iterable[str],
        leads: Mapping[str, str],
        after_year: Iterable[str],
        of_clause: Iterable[str],
    ) -> None:
        self._lasting = re.compile("|".join(map(re.escape, lasting)))
        self._leads = leads
        self._after_year = tuple(after_year)
        self._of_clause = frozenset(of_clause)
        self._lead = re.compile("|".join(map(re.escape, sorted(leads, key=len, reverse=True))))
        self._headings = headings
        self._heading_cue = re.compile("|".join(map(re.escape, headings)))
        self._cues = cues
        self._pattern = re.compile("|".join(map(re.escape, sorted(cues, key=len, reverse=True))))

    @classmethod
    def from_tables(cls, tables: Tables) -> StatusCues:
        """From the rows of `status_cues`."""
        names = ("heading", "text", "clause", "paragraph", "lead", "after_year")
        scopes: dict[str, dict[str, str]] = {name: {} for name in names}
        for row in tables["status_cues"]:
            scopes[row["scope"]][row["cue"]] = row["status"]
        return cls(
            scopes["heading"],
            scopes["text"] | scopes["clause"] | scopes["paragraph"],
            scopes["paragraph"],
            scopes["lead"],
            scopes["after_year"],
            scopes["clause"],
        )

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
        if self._heading_cue.search(heading):
            return max(
                (heading.rfind(cue), len(cue), status) for cue, status in self._headings.items() if cue in heading
            )[2]
        years = YEAR.findall(heading)
        if years and year and doc_type != "plan":
            return "target" if int(years[-1]) > year else "actual"
        return None

    def of_sentences(
        self, document: Document, text: str, sections: Sequence[Section], sentences: Sequence[Sentence]
    ) -> list[str]:
        """The status that each sentence's figures have by default: what a lead (2025年，我们将…) says to the end of its
        paragraph, else what its section says. In a report that is summary and plan, a paragraph that opens a plan opens it for all that follows, up to a heading or lead that tells otherwise.
        """
        default = "target" if document.doc_type == "plan" else "actual"
        of_section = self.of_sections(document, sections)
        year = report_year(document)
        telling = {
            section.section_id for section in sections if self._of_heading(section.heading, year, document.doc_type)
        }
        statuses = []
        of_paragraph: str | None = None
        opened: str | None = None
        of_last_section = ""
        for sentence in sentences:
            starts_paragraph = _starts_paragraph(text, sentence.clean_start)
            if sentence.section_id != of_last_section:
                of_last_section = sentence.section_id
                opened = None if of_last_section in telling else opened
            told = self._of_lead(document, year, text, sentence.clean_start, sentence.clean_end)
            if starts_paragraph:
                of_paragraph = None
                if told is not None and document.doc_type != "plan":
                    opened = told if told == "target" and document.doc_type == "summary+plan" else None
            of_paragraph = told or of_paragraph
            statuses.append(of_paragraph or opened or of_section.get(sentence.section_id, default))
        return statuses

    def _of_lead(self, document: Document, year: int | None, text: str, start: int, end: int) -> str | None:
        """What the words at the head of the sentence say of its paragraph."""
        mark = LIST_MARK.match(text, start, end)
        start = mark.end() if mark else start
        address = ADDRESS.match(text, start, end)
        start = address.end() if address else start
        match = LEAD_YEAR.match(text, start, end)
        if match and year:
            named = int(match[1])
            if named != year:
                return "target" if named > year else "actual"
            return "target" if text.startswith(self._after_year, match.end()) else None
        lead = self._lead.match(text, start, min(end, start + LONGEST_LEAD))
        if lead is None or (lead[0] in SECOND_HALF and not HALF_REPORT.search(document.period_label or "")):
            return None
        return self._leads[lead[0]]

    def is_planned_before(self, text: str, position: int) -> bool:
        """Whether a cue that holds for its whole paragraph (下一步) stands in it before `position`."""
        start = max(0, position - LONGEST_PARAGRAPH)
        start = max(start, text.rfind("\n", start, position) + 1)
        return self._lasting.search(text, start, position) is not None

    def has_cue(self, text: str) -> bool:
        """Whether any cue or year stands in `text`; else the default holds for all of it."""
        return bool(self._pattern.search(text) or WHEN_YEAR.search(text))

    def of_text(self, text: str, low: int, position: int, default: str, year: int | None) -> Told | None:
        """The status at `position`: the last cue of the sentence before it (from `low` on); None where none tells it.

        A cue may tell that the default holds again.
        """
        told: Told | None = None
        for match in self._pattern.finditer(text, low, position):
            cue = match[0]
            if cue in self._of_clause and CLAUSE_MARK.search(text, match.end(), position):
                continue
            said = CLAUSE_MARK.split(text[match.end() : position], maxsplit=1)[0]
            if self._cues[cue] == "actual" and "的" in said:
                # 已建成的医院
                continue
            if cue in ("去年", "上年") and text[match.start() - 1 : match.start()] in COMPARED:
                continue
            if cue == "争取" and default == "actual" and OBTAINED.fullmatch(text, match.end(), position):
                continue
            if cue.startswith("目标") and text.endswith(MEASURED_BY, 0, match.start()):
                continue
            if closed_before(text, match.start(), position):
                continue
            status = default if self._cues[cue] == "default" else self._cues[cue]
            told = Told(status, match.start(), match.end(), cue)
        if year is not None:
            for match in WHEN_YEAR.finditer(text, low, position):
                named = int(match[1])
                if closed_before(text, match.start(1), position):
                    continue
                if named > year:
                    told = Told("target", match.start(1), match.end(1), None)
                elif named < year and default == "target":
                    told = Told("actual", match.start(1), match.end(1), None)
        return told


def _starts_paragraph(text: str, start: int) -> bool:
    """Whether only blanks stand between a line end, or the beginning of the text, and `start`."""
    at = start
    while at > 0 and text[at - 1] in BLANKS:
        at -= 1
    return start == 0 or text[at - 1 : at] == "\n"


def report_year(document: Document) -> int | None:
    """The year the report speaks of: the last of a span that it reviews, the first that it plans; None where unknown.

    A year from there on is planned by a plan (到2023年 in a plan for 2021-2025), a later one by a review.
    """
    years = re.findall(r"(?:19|20)\d{2}", document.period_label or "")
    if not years:
        return None
    return int(years[0] if document.doc_type == "plan" else years[-1])
