"""Find statements of rank: first the words that may say a rank, then to their left who is ranked among whom."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.ids import row_id
from pipeline.language.numerals import chinese
from pipeline.locating import SentenceLocator
from pipeline.offsets import OffsetMap
from pipeline.rankings.subjects import clause_start, noun_end, sentence_start, subject_before
from pipeline.rankings.words import RankingKnowledge
from pipeline.records import Document, Fact, Ranking, Section, Sentence

LONGEST_LEANING = 6
# 3项居全省第一: so many of what was counted before.
BARE_COUNT = re.compile("[0-9]+[\u4e00-\u9fff]")
APART, SCORES = "分", ("得分", "总分", "评分", "积分", "均分", "计分")
LIST_MARKS = frozenset("、和及与")
# 全国同类医疗机构第3位: how much may stand between the scope and the rank, and the scope and 首家.
SCOPE_GAP = 16
KIND_GAP = 12
HANZI = re.compile("[\u4e00-\u9fff]")
GOES_ON = frozenset("的且和与及并")
# Rules of which the ranked thing follows: 全省首家X, 全国唯一的X, 全省第二家X.
NOUN_FOLLOWS = frozenset(("first", "only", "nth"))
RULES = ("ordinal", "within", "top", "first", "only", "superlative")


class Scope(NamedTuple):
    """Among whom: the canonical name, and where in the text it stands."""

    name: str
    start: int
    end: int


class Statement(NamedTuple):
    """A rank in its scope: text[start:core_end] says it, text[core_start:core_end] is the rank word.

    `continues` tells that it shares the subject of the statement before it (列全国第七、中部第二).
    """

    rule: str
    rank: int
    comparator: str
    scope: Scope
    start: int
    core_start: int
    core_end: int
    continues: bool


def extract_rankings(
    document: Document,
    clean_text: str,
    offset_map: OffsetMap,
    sections: Sequence[Section],  # noqa: ARG001 (the interface of all extractors)
    sentences: Sequence[Sentence],
    facts: Sequence[Fact],
    knowledge: RankingKnowledge,
) -> list[Ranking]:
    """The statements of rank of a report, in text order. Ranks that are only aimed at (力争进入前三) are none.

    `facts` of the report, in text order, name what a statement leaves to the figure before it: 签约率达63%，增速居全市第二.
    """
    locate = SentenceLocator(sentences)
    rankings: list[Ranking] = []
    floor = 0
    for statement in find_statements(clean_text, knowledge):
        subject, start, end = _subject(clean_text, statement, floor, knowledge)
        leans = not subject and sentence_start(clean_text, start) < floor
        if rankings and (statement.continues or leans):
            subject = rankings[-1].subject
        floor = end
        sentence = locate.at(start)
        subject = _named_by_fact(subject, _fact_before(facts, statement.core_start, sentence), knowledge)
        rankings.append(
            Ranking(
                row_id(document.document_id, "r", statement.core_start),
                document.document_id,
                sentence.section_id,
                sentence.sentence_id,
                subject,
                statement.scope.name,
                statement.rank,
                statement.comparator,
                clean_text[start:end],
                start,
                end,
                *offset_map.raw_span(start, end),
                statement.rule,
                None,
                document.issuer_place,
                document.place_code,
            )
        )
    return rankings


def _fact_before(facts: Sequence[Fact], position: int, sentence: Sentence) -> Fact | None:
    """The last fact before `position` in the sentence."""
    k = bisect_right(facts, position, key=lambda fact: fact.clean_end)
    return facts[k - 1] if k and facts[k - 1].clean_start >= sentence.clean_start else None


def _named_by_fact(subject: str, fact: Fact | None, knowledge: RankingKnowledge) -> str:
    """`subject`, or the indicator of the figure before where it says too little alone (增速, 3项, 达标率)."""
    if fact is None:
        return subject
    if (
        not subject
        or BARE_COUNT.fullmatch(subject)
        or (len(subject) <= LONGEST_LEANING and fact.indicator.endswith(subject))
    ):
        return fact.indicator
    if subject in knowledge.generic:
        return fact.indicator + (subject if knowledge.generic[subject] == "join" else "")
    return subject


def find_statements(text: str, knowledge: RankingKnowledge) -> Iterator[Statement]:
    """All statements of rank in `text`."""
    previous: Statement | None = None
    reached = 0
    for start in knowledge.core_start.finditer(text):
        hit = knowledge.core.match(text, start.start()) if start.start() >= reached else None
        if hit is None:
            continue
        reached = hit.end()
        statement = _statement(text, hit, previous, knowledge)
        if statement:
            yield statement
            previous = statement


def _statement(
    text: str, hit: re.Match[str], previous: Statement | None, knowledge: RankingKnowledge
) -> Statement | None:
    if text.startswith(knowledge.not_after_unit if hit["unit"] else knowledge.not_after, hit.end()):
        return None
    begin = clause_start(text, hit.start())
    if knowledge.target.search(text, begin, hit.start()):
        return None
    rule = _rule(hit, knowledge)
    scope = _last_scope(text, begin, hit.start(), knowledge)
    continues = previous is not None and _continues(text, hit, rule, previous)
    if previous is not None and continues:
        start = hit.start()
        scope = scope if scope and scope.start >= previous.core_end else previous.scope
    else:
        stands_at = _stands(text, hit, rule, begin, scope, knowledge)
        scope = scope or _scope_of_sentence(text, begin, hit.start(), knowledge)
        if stands_at is None or scope is None or text.endswith(knowledge.earlier, begin, stands_at):
            return None
        start = stands_at
    rank = _rank(hit, knowledge)
    comparator = "<=" if rule == "within" else "="
    return (
        Statement(rule, rank, comparator, scope, start, hit.start(), hit.end(), continues) if rank and scope else None
    )


def _rule(hit: re.Match[str], knowledge: RankingKnowledge) -> str:
    rule = next(rule for rule in RULES if hit[rule])
    return "nth" if rule == "ordinal" and hit["unit"] in knowledge.firsts else rule


def _rank(hit: re.Match[str], knowledge: RankingKnowledge) -> int:
    if hit["top"]:
        return knowledge.tops[hit["top"]]
    numeral = hit["ordinal"] or hit["within"]
    if not numeral:
        return 1
    return int(numeral) if numeral.isdecimal() else int(chinese(numeral))


def _continues(text: str, hit: re.Match[str], rule: str, previous: Statement) -> bool:
    """全国第七、中部第二 and 分列第二、第三位: a list of ranks shares its verb and, if it names no other, its scope."""
    between = text[previous.core_end : hit.start()] if hit.start() - previous.core_end <= KIND_GAP else ""
    is_rank = rule in ("ordinal", "within") and previous.rule in ("ordinal", "within")
    return is_rank and between[:1] in LIST_MARKS and between != ""


def _stands(
    text: str, hit: re.Match[str], rule: str, begin: int, scope: Scope | None, knowledge: RankingKnowledge
) -> int | None:
    """Where the words of the statement begin (verb or scope), or None if they state no rank."""
    gap = text[scope.end : hit.start()] if scope else ""
    if rule in NOUN_FOLLOWS or rule == "superlative":
        near = not gap or (rule != "superlative" and len(gap) <= KIND_GAP and knowledge.kind_at_end.search(gap))
        return scope.start if scope and near else None
    verb = _verb_start(text, begin, hit.start(), knowledge)
    if verb is not None:
        belongs = scope is not None and not text.endswith(knowledge.earlier, begin, scope.start)
        return scope.start if scope and belongs and subject_before(text, scope.start, knowledge, begin, 1)[0] else verb
    if scope is None:
        return None
    verb = _verb_start(text, begin, scope.start, knowledge)
    if verb is not None and len(gap) <= KIND_GAP:
        return verb
    if not gap:
        following = text[hit.end() : hit.end() + 1]
        has_unit = hit["unit"] or hit["within_unit"] or hit["top"]
        return scope.start if has_unit or not HANZI.match(following) or following in GOES_ON else None
    return scope.start if (hit["unit"] or hit["within_unit"]) and len(gap) <= SCOPE_GAP and "、" not in gap else None


def _verb_start(text: str, begin: int, end: int, knowledge: RankingKnowledge) -> int | None:
    left = text[begin:end]
    hit = None if left.endswith(knowledge.not_verbs) else knowledge.verb_at_end.search(left)
    if hit is None:
        return None
    # 综合得分列全市第二: the score stands in second place, nothing is 分列.
    is_score = hit[0].startswith(APART) and left.endswith(SCORES, 0, hit.start() + len(APART))
    return begin + hit.start() + (len(APART) if is_score else 0)


def _last_scope(text: str, begin: int, end: int, knowledge: RankingKnowledge) -> Scope | None:
    """The scope nearest to the left of `end`: a place right before it, or one of the general ones."""
    for length in range(min(9, end - begin), 1, -1):
        name = text[end - length : end]
        if name in knowledge.nearby_scopes:
            return Scope(knowledge.nearby_scopes[name], end - length, end)
    hits = list(knowledge.scope.finditer(text, begin, end))
    if not hits:
        return None
    group = hits[-1]["group"] or ""
    name = knowledge.scopes[hits[-1]["scope"]] + ("" if group in knowledge.dropped_groups else group)
    return Scope(name, *hits[-1].span())


def _scope_of_sentence(text: str, begin: int, core_start: int, knowledge: RankingKnowledge) -> Scope | None:
    """在全省同级医院考核中，某院位列第二: the scope stands in an earlier clause of the sentence."""
    start = sentence_start(text, begin)
    scope = _last_scope(text, start, begin, knowledge)
    if scope:
        return scope
    at = text.rfind("国家", start, core_start)
    if at >= 0 and knowledge.measured_in.search(text, at, core_start):
        return Scope(knowledge.nearby_scopes["国家"], at, at + 2)
    return None


def _subject(text: str, statement: Statement, floor: int, knowledge: RankingKnowledge) -> tuple[str, int, int]:
    """What is ranked, and the span of the quotation, which holds it where it is near; neither reaches before `floor`."""
    if statement.rule not in NOUN_FOLLOWS:
        subject, start = subject_before(text, statement.start, knowledge, floor)
        return subject, start, statement.core_end
    end = noun_end(text, statement.core_end, knowledge)
    noun = text[statement.core_end : end].removeprefix("的").strip()
    copula = knowledge.copula_at_end.search(text, max(0, statement.start - 4), statement.start)
    if copula or not noun:
        stop = copula.start() if copula else statement.start
        subject, start = subject_before(text, stop, knowledge, floor, clauses=1 if noun else 3)
        if subject:
            return subject, start, statement.core_end
    return noun, statement.start, end
