"""Kinds of report (文种): what was done (summary), what is planned (plan), or both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.language.numerals import COUNTING
from pipeline.language.times import A_YEAR
from pipeline.metadata.knowledge import BOTH, MetadataKnowledge
from pipeline.metadata.page import HEADING

# Behind a line end, which a search finds fastest; the text gets one before it.
HEADING_LINE = re.compile(rf"\n({HEADING.pattern}[^\n。]{{2,40}})")
# A title that goes on to the next period plans it, whatever it calls the plan: 2023年工作总结及2024年重点.
NEXT_YEAR = re.compile(f"[及和暨与、](?:{A_YEAR}|下半年|下一步|下步|下一阶段)")
# A line of its own that is the title of a plan: the page holds a summary and the plan that follows it.
PLAN_LINE = re.compile(
    f"^[ \\t\\u3000]{{0,12}}([^\\n。；：，、]{{0,20}}(?:{A_YEAR}|下半年|下一步|下一阶段)[^\\n。；：，、]{{2,20}})$",
    re.MULTILINE,
)
TOP_HEADING = re.compile(f"^[ \\t\\u3000]{{0,12}}(?:第?[{COUNTING}]{{1,2}}[、．.部章])", re.MULTILINE)
# What a summary says of the next steps in passing, as a share of its text, makes no plan.
IN_PASSING = 0.1


class Line(NamedTuple):
    """A line that says what comes under it, and where it begins."""

    start: int
    text: str


def headings(text: str) -> list[Line]:
    """The numbered headings at the head of a line, up to their first full stop."""
    return [Line(hit.start(), hit[1].strip()) for hit in HEADING_LINE.finditer("\n" + text)]


def read_kinds(
    title: str | None, opening: str, text: str, numbered: list[Line], knowledge: MetadataKnowledge
) -> Iterator[tuple[str, str, str]]:
    """Readings (doc_type, basis, quote), the best first: title and headings, then the opening, then the language.

    `numbered` are the headings of `text`. A paragraph that turns to what comes next (下半年，…) counts as a heading of a plan, and so does the title of a
    plan that follows a summary on the same page.
    """
    cues = knowledge.cues
    titled = cues["title"].kinds(title or "") or cues["title_alone"].kinds(title or "")
    plans = [line for line in numbered if cues["heading"].kinds(line.text) == {"plan"}]
    summaries = [line for line in numbered if cues["heading"].kinds(line.text) == {"summary"}]
    plans += [Line(hit.start(), hit[1].strip()) for hit in knowledge.turns.finditer("\n" + text)]
    if titled == {"summary"}:
        plans += [
            Line(hit.start(), hit[1])
            for hit in PLAN_LINE.finditer(text)
            if hit[1] != title and cues["title"].kinds(hit[1]) == {"plan"}
        ]
    if title and titled == {"summary"} and NEXT_YEAR.search(title):
        titled = {"summary", "plan"}
    if title and titled:
        if titled == {"summary"} and _share(text, plans) >= IN_PASSING:
            yield BOTH, "printed", plans[-1].text
        elif titled == {"summary"} or titled == {"plan"}:
            yield titled.pop(), "printed", title
        else:
            yield BOTH, "printed", title
    if summaries and plans:
        yield BOTH, "inferred", f"{summaries[0].text} … {plans[-1].text}"
    opened = cues["opening"].kinds(opening)
    if len(opened) == 1:
        kind = opened.pop()
        yield (BOTH if kind == "summary" and plans else kind), "inferred", opening
    spoken = _language(text, knowledge)
    if plans and not summaries and spoken == "summary" and (not numbered or numbered[0] not in plans):
        yield BOTH, "inferred", plans[-1].text
    elif summaries or plans:
        yield ("summary" if summaries else "plan"), "inferred", (summaries or plans)[0].text
    if spoken:
        yield spoken, "inferred", opening


def _share(text: str, plans: list[Line]) -> float:
    """How much of `text` stands under the lines `plans`: of each, up to the next heading of the first layer."""
    planned = reached = 0
    for line in sorted(plans):
        if line.start >= reached:
            following = TOP_HEADING.search(text, text.find("\n", line.start) + 1 or len(text))
            reached = following.start() if following else len(text)
            planned += reached - line.start
    return planned / max(1, len(text))


def _language(text: str, knowledge: MetadataKnowledge) -> str | None:
    """Whether the text tells or plans; a summary has the verbs of a plan too, but a plan tells of nothing done."""
    counts = knowledge.cues["language"].counts(text)
    if sum(counts.values()) < 3:
        return None
    return "summary" if 4 * counts["summary"] >= counts["plan"] else "plan"
