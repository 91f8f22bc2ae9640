"""Kinds of report (文种): what was done (summary), what is planned (plan), or both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.metadata.knowledge import MetadataKnowledge
from pipeline.metadata.page import HEADING

HEADING_LINE = re.compile(rf"^{HEADING.pattern}[^\n。]{{2,40}}", re.MULTILINE)
# A title that goes on to the next period plans it, whatever it calls the plan: 2023年工作总结及2024年重点.
NEXT_YEAR = re.compile("[及和暨与、](?:[0-9]{4}年|下半年|下一步|下步|下一阶段)")
BOTH = "summary+plan"


def headings(text: str) -> list[str]:
    """The numbered headings at the head of a line, up to their first full stop."""
    return [hit[0].strip() for hit in HEADING_LINE.finditer(text)]


def read_kinds(
    title: str | None, opening: str, text: str, knowledge: MetadataKnowledge
) -> Iterator[tuple[str, str, str]]:
    """Readings (doc_type, basis, quote), the best first: title and headings, then the opening, then the language.

    A paragraph that turns to what comes next (下半年，…) counts as a heading of a plan.
    """
    cues = knowledge.cues
    titled = _kinds(title or "", cues["title"]) or _kinds(title or "", cues["title_alone"])
    numbered = headings(text)
    plans = [line for line in numbered if _kinds(line, cues["heading"]) == {"plan"}]
    summaries = [line for line in numbered if _kinds(line, cues["heading"]) == {"summary"}]
    turn = tuple(word for word, _ in cues["turn"])
    plans += [line.strip()[:40] for line in text.split("\n") if line.lstrip().startswith(turn)]
    if title and titled == {"summary"} and NEXT_YEAR.search(title):
        titled = {"summary", "plan"}
    if title and titled:
        if titled == {"summary"} and plans:
            yield BOTH, "printed", plans[-1]
        elif titled == {"summary"} or titled == {"plan"}:
            yield titled.pop(), "printed", title
        else:
            yield BOTH, "printed", title
    if summaries and plans:
        yield BOTH, "inferred", f"{summaries[0]} … {plans[-1]}"
    opened = _kinds(opening, cues["opening"])
    if len(opened) == 1:
        kind = opened.pop()
        yield (BOTH if kind == "summary" and plans else kind), "inferred", opening
    spoken = _language(text, cues["language"])
    if plans and not summaries and spoken == "summary" and (not numbered or numbered[0] not in plans):
        yield BOTH, "inferred", plans[-1]
    elif summaries or plans:
        yield ("summary" if summaries else "plan"), "inferred", (summaries or plans)[0]
    if spoken:
        yield spoken, "inferred", opening


def _language(text: str, cues: list[tuple[str, str]]) -> str | None:
    """Whether the text tells or plans; a summary has the verbs of a plan too, but a plan tells of nothing done."""
    counts = {kind: sum(text.count(word) for word, of in cues if of == kind) for kind in ("summary", "plan")}
    if sum(counts.values()) < 3:
        return None
    return "summary" if 4 * counts["summary"] >= counts["plan"] else "plan"


def _kinds(text: str, cues: list[tuple[str, str]]) -> set[str]:
    """What the cues in `text` say; 政府工作报告 gives way to a plainer word."""
    found = {kind for word, kind in cues if word in text}
    if BOTH in found:
        found = (found - {BOTH}) or {"summary", "plan"}
    return found
