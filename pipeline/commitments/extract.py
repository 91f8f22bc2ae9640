"""Find the tasks of a report: in plans, in the sections that plan, and where a review sets a deadline still to come."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.commitments.clauses import MARKER, MARKER_STARTS, WIDE_BLANKS, Task, clauses, is_background, task_of
from pipeline.commitments.deadlines import Deadline, Deadlines, Years
from pipeline.commitments.units import assign_units
from pipeline.commitments.words import CommitmentKnowledge
from pipeline.ids import row_id
from pipeline.language.times import year_at
from pipeline.offsets import OffsetMap
from pipeline.records import Commitment, CommitmentFact, Document, Fact, Section, Sentence
from pipeline.report_parts import ReportPart, ReportParts, report_parts
from pipeline.sections.brackets import Pairs

LONGEST_TITLE = 30
SAYS_MORE = re.compile("[，,；;0-9]")
GLOSSARY, ANNEX = "glossary", "annex"
LONGEST_ITEM = 60
CLAUSES = re.compile("[，,；;]")
# 2024年底前完成: a limit, also where it lies behind.
BEFORE = "前"
LONGEST_MARK = 10


@dataclass(slots=True)
class Draft:
    """A commitment in the making: text[start:end] states `task`."""

    sentence: Sentence
    start: int
    end: int
    task: Task
    deadline: Deadline | None
    unit: str | None = None
    until: int = 0


def extract_commitments(
    document: Document,
    clean_text: str,
    offset_map: OffsetMap,
    sections: Sequence[Section],
    sentences: Sequence[Sentence],
    facts: Sequence[Fact],
    knowledge: CommitmentKnowledge,
    parts: ReportParts | None = None,
) -> tuple[list[Commitment], list[CommitmentFact]]:
    """The tasks of a report in text order, and the target facts within each; `parts` of the report where they are known.

    hardness: must (确保, 坚决), strive (力争, 争取), explore (探索, 研究), plain. status: ongoing
    where the words say that existing work goes on (继续, 巩固), else planned. `deadline_on` is a day
    where the deadline and the year that the plan is for tell one.
    """
    targets = sorted((fact for fact in facts if fact.status == "target"), key=_place)
    parts = parts or report_parts(document, clean_text, sections, sentences, knowledge.parts)
    drafts = _drafts(document, clean_text, sections, sentences, targets, parts, knowledge)
    assign_units(clean_text, sections, drafts, knowledge)
    commitments, links = [], []
    places = [_place(fact) for fact in targets]
    document_id = document.document_id
    for draft in drafts:
        start, end, sentence, deadline = draft.start, draft.end, draft.sentence, draft.deadline
        verb, thing, hardness, status, _, rule = draft.task
        commitment_id = row_id(document_id, "c", start)
        commitments.append(
            Commitment(
                commitment_id,
                document_id,
                sentence.section_id,
                sentence.sentence_id,
                verb,
                thing,
                deadline.printed if deadline else None,
                deadline.on if deadline else None,
                draft.unit,
                hardness,
                status,
                clean_text[start:end],
                start,
                end,
                *offset_map.raw_span(start, end),
                rule,
            )
        )
        # Figures quantify it up to its end, or that of the item it stands for.
        until = max(end, draft.until)
        for k in range(bisect_left(places, start), len(targets)):
            if places[k] >= until:
                break
            links.append(CommitmentFact(commitment_id, targets[k].fact_id, document_id))
    return commitments, links


def _drafts(
    document: Document,
    text: str,
    sections: Sequence[Section],
    sentences: Sequence[Sentence],
    targets: Sequence[Fact],
    parts: ReportParts,
    knowledge: CommitmentKnowledge,
) -> list[Draft]:
    titles = _bare_titles(sections)
    year = parts.years.first_beyond(document.doc_type == "plan")
    pairs, deadlines = Pairs(text), knowledge.deadlines.read(text, year)
    has_units = knowledge.unit_word.search(text) is not None
    values = [_place(fact) for fact in targets]
    # 存在问题和下步打算: what stands before the turn are the problems.
    waits = {section.section_id for section in sections if _names_both(section.heading[:LONGEST_TITLE], knowledge)}
    drafts: list[Draft] = []
    turned: set[str] = set()
    for sentence, part in zip(sentences, parts.of_sentences, strict=True):
        section = sentence.section_id
        if sentence.clean_start < titles.get(section, -1) or sentence.text.strip() == document.title:
            continue
        start = _behind_marker(text, sentence.clean_start, sentence.clean_end)
        if section not in turned and _turns(text, start, sentence.clean_end, document, knowledge):
            turned.add(section)
        around = parts.of_sections[section]
        is_plan = section in turned or (
            section not in waits and "target" in (around.status, part.status) and not _is_past(text, start, part, parts)
        )
        dated = deadlines.any_in(start, sentence.clean_end)
        years = _years(document, parts, part, is_plan) if dated else None
        deadline = None if is_plan or years is None else deadlines.find(start, sentence.clean_end, years)
        is_plan |= around.status == "target" and deadline is not None and deadline.printed.endswith(BEFORE)
        if around.kind == GLOSSARY or not (is_plan or deadline):
            continue
        found = _of_sentence(text, start, sentence, pairs, deadlines, years, targets, values, knowledge, has_units)
        drafts += [draft for draft in found if is_plan or _lies_ahead(draft.deadline, parts)]
    items = _items(document, sections, parts, knowledge)
    return _one_an_item(drafts, items, sentences, knowledge) if items else drafts


def _items(
    document: Document, sections: Sequence[Section], parts: ReportParts, knowledge: CommitmentKnowledge
) -> list[Section]:
    """The items of a list of projects (民生实事), an annex or the whole document: its numbered sections, the outermost ones."""
    is_list = document.doc_type == "plan" and knowledge.parts.lists_projects(document.title or "")
    numbered = [
        section
        for section in sections
        if section.marker and (is_list or parts.of_sections[section.section_id].kind == ANNEX)
    ]
    ids = {section.section_id for section in numbered}
    return [section for section in numbered if section.parent_section_id not in ids]


def _one_an_item(
    drafts: list[Draft],
    items: Sequence[Section],
    sentences: Sequence[Sentence],
    knowledge: CommitmentKnowledge,
) -> list[Draft]:
    """The drafts with those of each item made one: what its title states, else the first task below, with the first deadline in it.

    The title of the list itself, before the items, is no task.
    """
    of_section = {sentence.section_id: sentence for sentence in reversed(sentences)}
    kept = []
    lists = {item.parent_section_id for item in items}
    for draft in drafts:
        is_within = any(item.clean_start <= draft.start < item.clean_end for item in items)
        if not is_within and draft.sentence.section_id not in lists:
            kept.append(draft)
    for item in items:
        own = [draft for draft in drafts if item.clean_start <= draft.start < item.clean_end]
        start = item.clean_start + item.text.find(item.heading)
        is_title = item.heading and not CLAUSES.search(item.heading)
        task = task_of(item.heading, None, start, knowledge) if is_title else None
        deadline = next((draft.deadline for draft in own if draft.deadline), None)
        if task is not None and len(item.heading) <= LONGEST_ITEM:
            end = start + len(item.heading)
            kept.append(Draft(of_section[item.section_id], start, end, task, deadline, until=item.clean_end))
        elif own:
            first = own[0]
            kept.append(Draft(first.sentence, first.start, first.end, first.task, deadline, first.unit, item.clean_end))
    return sorted(kept, key=lambda draft: draft.start)


def _is_past(text: str, start: int, part: ReportPart, parts: ReportParts) -> bool:
    """Whether the sentence, or its paragraph, begins with a time that lies before what is planned: 过去一年，…"""
    planned = parts.planned[0]
    is_earlier = part.status == "actual" and part.last and planned and part.last < planned
    return bool(is_earlier) and (part.start >= start or part.start - text.rfind("\n", 0, part.start) <= LONGEST_MARK)


def _names_both(heading: str, knowledge: CommitmentKnowledge) -> bool:
    return bool(knowledge.problem.search(heading) and knowledge.turn.search(heading))


def _turns(text: str, start: int, end: int, document: Document, knowledge: CommitmentKnowledge) -> bool:
    """下一步，… and 2025年，我们将… in a review of 2024: from here on the section plans."""
    year = year_at(text, start, end)
    is_later = (
        year and document.period_end and year[0] > document.period_end.year and knowledge.will.match(text, year[1], end)
    )
    return bool(
        is_later or (text[start : start + 1] in knowledge.turn_starts and knowledge.turn.match(text, start, end))
    )


def _of_sentence(
    text: str,
    start: int,
    sentence: Sentence,
    pairs: Pairs,
    deadlines: Deadlines,
    years: Years | None,
    targets: Sequence[Fact],
    values: Sequence[int],
    knowledge: CommitmentKnowledge,
    has_units: bool,
) -> Iterator[Draft]:
    """A draft for each clause that states a task; clauses that only go on (其中…) lengthen the one before.

    `years` are those of its deadlines, None where it has none.
    """
    draft: Draft | None = None
    carried: Deadline | None = None
    for clause in clauses(text, start, sentence.clean_end, pairs):
        begin = _behind_marker(text, clause.start, clause.end)
        end = clause.end
        if has_units:
            if knowledge.unit_label.match(text, begin, sentence.clean_end):
                break
            end = _before_unit_bracket(text, begin, end, knowledge)
        deadline = None if years is None else deadlines.find(begin, end, years)
        if deadline and (deadline.start, deadline.end) == (begin, end):
            if draft and clause.mark in WIDE_BLANKS:
                draft.deadline = draft.deadline or deadline
            else:
                carried = deadline
            continue
        words = text[begin:end]
        task = task_of(words, deadline, begin, knowledge)
        if task is None:
            task = _of_value(text, begin, end, targets, values, knowledge)
            if task is None:
                if draft and not is_background(words, knowledge) and clause.mark not in WIDE_BLANKS:
                    draft.end = end
                continue
        if draft:
            yield draft
        if draft and clause.mark == "、" and task.hardness == "plain":
            task = task._replace(hardness=draft.task.hardness)
        draft = Draft(sentence, begin, end, task, task.deadline or carried)
    if draft:
        yield draft


def _place(fact: Fact) -> int:
    """Where the fact stands: its quotation may begin with words of the clause before, but ends in its own."""
    return fact.clean_end - 1


def _of_value(
    text: str, begin: int, end: int, targets: Sequence[Fact], values: Sequence[int], knowledge: CommitmentKnowledge
) -> Task | None:
    """中医馆覆盖率100%: a target without a verb is a task to reach it."""
    k = bisect_left(values, begin)
    if k == len(values) or values[k] >= end or text.startswith(knowledge.part, begin):
        return None
    if not is_background(text[begin:end], knowledge):
        return Task("达到", targets[k].indicator, "plain", "planned", None, "value")
    return None


def _behind_marker(text: str, start: int, end: int) -> int:
    marker = MARKER.match(text, start, end) if text[start] in MARKER_STARTS else None
    return marker.end() if marker else start


def _before_unit_bracket(text: str, start: int, end: int, knowledge: CommitmentKnowledge) -> int:
    bracket = knowledge.unit_bracket.search(text, start, end)
    return bracket.start() if bracket else end


def _bare_titles(sections: Sequence[Section]) -> dict[str, int]:
    """section_id -> where the title ends, for titles that the section's own words then carry out: no tasks themselves."""
    ends = {}
    for section in sections:
        title_end = section.clean_start + section.text.find(section.heading) + len(section.heading)
        says_more = section.clean_end - title_end > len("。\n") + 1
        if (
            section.heading
            and says_more
            and len(section.heading) <= LONGEST_TITLE
            and not SAYS_MORE.search(section.heading)
        ):
            ends[section.section_id] = title_end
    return ends


def _years(document: Document, parts: ReportParts, part: ReportPart, is_plan: bool) -> Years:
    """The years that deadlines mean: the one that the part plans, else the one that the report does."""
    following = document.period_end.year + 1 if document.period_end else None
    first, last = (part.first, part.last) if part.status == "target" else parts.planned if is_plan else parts.reviewed
    return Years(last.year if first and last and first.year == last.year else None, following)


def _lies_ahead(deadline: Deadline | None, parts: ReportParts) -> bool:
    reviewed = parts.reviewed[1]
    return bool(deadline and deadline.on and reviewed and deadline.on > reviewed)
