"""Subjects before the figure: X达到N%, 完成X 5个, X增长5% (数值前的主语)."""

from __future__ import annotations

import re

from pipeline.facts.figures import COUNTED, Figure, right_end
from pipeline.facts.indicators.changes import Phrase, subject_phrase
from pipeline.facts.indicators.counted import GOVERNORS
from pipeline.facts.indicators.inheritance import inherited, predicate_alone
from pipeline.facts.indicators.leaning import LONGEST_LEANING
from pipeline.facts.indicators.lists import read_item
from pipeline.facts.indicators.objects import noun_phrase
from pipeline.facts.indicators.reading import (
    LIST_BETWEEN,
    PREP,
    SERVING,
    VERBAL_ROLES,
    Reading,
    joined,
    own_start,
    sibling_of,
    text_of,
)
from pipeline.facts.indicators.rests import read_rest
from pipeline.facts.indicators.shares import read_aim, read_share
from pipeline.facts.indicators.topics import with_topic
from pipeline.facts.phrases import PADDING

PER_HEAD = re.compile("每[百千万十]+(?:名)?(?:常住|户籍|老年)?人口?")


def read_subject(reading: Reading, figure: Figure, start: int) -> None:
    """The indicator of a figure without a noun behind it; [start, lead) are the words before."""
    text, quantity = reading.text, figure.quantity
    trimmed = reading.line.trim_right(start, quantity.lead)
    figure.rule = "figure_of_subject"
    if read_share(reading, figure, start, trimmed.end):
        return
    phrase = subject_phrase(reading, figure, start, trimmed)
    start, end, is_delta, is_reached = phrase
    subject = _through_counted_noun(reading, figure) or noun_phrase(reading, figure, start, end)
    if _read_amount_spent(reading, figure, phrase):
        return
    subject = _with_predicate(reading, figure, subject)
    if read_item(reading, figure, subject, start, end) or read_rest(reading, figure, subject):
        return
    aim = reading.wording.references.aim_in(subject, quantity.unit) if subject else ""
    if aim and not text.endswith("的", start, quantity.lead):
        read_aim(reading, figure, subject, aim)
        return
    subject = _served(reading, figure, _under_head(reading, figure, subject))
    if is_delta and subject in reading.wording.extremes:
        # 最高降幅92.1%
        subject = ""
    if subject:
        subject = with_topic(reading, figure, subject, is_delta=is_delta)
    else:
        has_comparator = quantity.lead < quantity.start
        is_linked = is_delta or is_reached or has_comparator or quantity.unit_class == "share"
        subject = inherited(reading, figure, is_linked=is_linked)
    figure.indicator = _like_sibling(reading, figure, subject, is_reached=is_reached)


def _read_amount_spent(reading: Reading, figure: Figure, phrase: Phrase) -> bool:
    """投资2.6亿元建设医院, 总投资21亿元的23个项目: the money of what is done with it."""
    is_short = phrase.start < phrase.end <= phrase.start + LONGEST_LEANING
    if figure.quantity.unit_class != "money" or phrase.is_delta or not is_short:
        return False
    following = figure.following
    counted = reading.text[following.noun_start : following.noun_end] if following is not None else ""
    if following is not None and counted and reading.text[figure.quantity.tail : following.quantity.lead] == "的":
        figure.topic = counted
    else:
        spent = predicate_alone(reading, figure)
        if not spent:
            return False
        done = reading.line.starts[figure.noun_start]
        # 投入3.7亿元实施33项民生工程
        figure.topic = spent.removeprefix(done.text) or counted or spent
    figure.indicator = figure.topic + text_of(reading.text, phrase.start, phrase.end)
    figure.rule = "amount_of_noun"
    return True


def _like_sibling(reading: Reading, figure: Figure, subject: str, *, is_reached: bool) -> str:
    """`subject` with what the item before it in its list says for both: verb, change, 每千人口."""
    sibling, quantity = sibling_of(reading, figure), figure.quantity
    if sibling is None:
        return subject
    if sibling.kind == "delta" and sibling.quantity.unit == quantity.unit and quantity.unit_class == "share":
        behind = reading.text[max(sibling.noun_end, sibling.quantity.tail) : quantity.lead]
        if behind in LIST_BETWEEN:
            # 下降3%和2%
            figure.kind, figure.rule = "delta", sibling.rule
    if not subject:
        return subject
    is_counted = quantity.unit_class in COUNTED
    per_head = PER_HEAD.match(sibling.indicator)
    if per_head and is_counted and not subject.startswith("每"):
        # 每千常住人口床位7.83张、注册护士3.87人
        subject = per_head[0] + subject
    if is_reached or reading.line.last_word(GOVERNORS, own_start(figure), quantity.lead) is not None:
        return subject
    if sibling.verb and sibling.verb not in subject:
        subject, figure.verb = sibling.verb + subject, sibling.verb
    if sibling.kind == "delta" and is_counted and sibling.quantity.unit_class in COUNTED:
        figure.kind = "delta"
    return subject


def _under_head(reading: Reading, figure: Figure, subject: str) -> str:
    """病床使用率：公立医院78%，民营医院57%: what is measured stands once before the colon."""
    if figure.quantity.unit_class != "share" or not subject or subject.endswith(reading.wording.rates):
        return subject
    head = reading.wording.rate_before_colon.match(reading.text)
    return subject + head[1] if head is not None and head.end() <= figure.low else subject


def _served(reading: Reading, figure: Figure, subject: str) -> str:
    """为8.2万名残疾人发放护理补贴3656万元: the money is theirs."""
    previous, quantity = figure.previous, figure.quantity
    if quantity.unit_class != "money" or previous is None or not previous.leads_noun:
        return subject
    serves = reading.line.first_word(PREP, previous.low, previous.quantity.lead)
    verb = reading.line.first_word(VERBAL_ROLES, previous.noun_end, quantity.lead)
    if serves is None or serves.text not in SERVING or verb is None or not subject.startswith(verb.text):
        return subject
    theirs = subject.removeprefix(verb.text)
    return joined(reading.text[previous.noun_start : previous.noun_end], theirs) if theirs else subject


def _through_counted_noun(reading: Reading, figure: Figure) -> str:
    """等3项指标完成率超过50%: the subject runs through the figure before."""
    previous = figure.previous
    if previous is None or not previous.leads_noun or figure.left != previous.noun_end:
        return ""
    trimmed = reading.line.trim_right(previous.noun_end, figure.quantity.lead)
    links = trimmed.is_reached or figure.quantity.lead < figure.quantity.start
    if trimmed.end > previous.noun_end or not links or reading.text[previous.noun_end] in PADDING:
        return ""
    start = reading.line.trim_left(previous.low, previous.quantity.lead)
    before = reading.text[start : previous.quantity.lead].strip(PADDING)
    return before + reading.text[previous.noun_start : previous.noun_end]


def _with_predicate(reading: Reading, figure: Figure, subject: str) -> str:
    """医院100%达到标准: what is said behind a share belongs to the subject."""
    if figure.quantity.unit_class != "share" or not subject or figure.following is not None:
        return subject
    word = reading.line.starts.get(figure.noun_start)
    rest = reading.text[figure.noun_start : right_end(reading.line, figure)].strip(PADDING)
    if word is not None and word.role in ("reach", "act", "make", "pred") and len(rest) > 2:
        figure.rule = "share_of"
        return f"{rest}的{subject}"
    return subject
