"""Shares of a whole and of an aim: X占Y的N%, 完成任务的N%, and the aim itself (占比与完成率)."""

from __future__ import annotations

from pipeline.facts.candidates import Candidate, Said
from pipeline.facts.claims import Claim, Rule
from pipeline.facts.indicators.objects import noun_phrase
from pipeline.facts.indicators.reading import MAKE, REACH, Named, Reading, joined, text_of
from pipeline.facts.indicators.topics import topic_of
from pipeline.facts.lexicon import Word
from pipeline.facts.phrases import VERB_ROLES
from pipeline.facts.references import REFERENCE
from pipeline.language.anaphora import ANAPHORA
from pipeline.language.function_words import ATTRIBUTIVE, PART_OF

# How a name says what a share is of: 老年人口占常住人口, 农村住户收入相当于城镇住户收入, 改厕完成任务; alone, 老年人口占比.
EQUALS, DONE_OF, SHARE = "相当于", "完成", "占比"

OF_WHOLE = Rule(
    "share_of_whole", "indicator", "X占Y的N%: both are named.", "老年人口占常住人口的21.5%。", "老年人口占常住人口"
)
OF_AIM = Rule(
    "share_of_aim",
    "indicator",
    "The share behind an aim is what was done of it.",
    "完成改厕任务1.2万座的98%。",
    "改厕完成任务",
)
AIM = Rule("aim", "indicator", "What was to be done.", "完成年度改厕任务1.2万座的98%。", "年度改厕任务")
AIM_IS_TARGET = Rule(
    "aim_is_target", "status", "The size of an aim is a target.", "占年度任务7.5万人的77.3%。", "target"
)
ABOUT = Rule(
    "about_in_share_word",
    "comparator",
    "约占 makes the share an approximate one.",
    "老年人口约占常住人口的21.5%。",
    "~",
)


def read_share(reading: Reading, figure: Candidate, start: int, end: int) -> Named | None:
    """What a share of a whole or an aim measures, or the aim that the next figure is a share of; None for any other figure.

    [start, end) are the words before the figure.
    """
    if figure.quantity.unit_class == "points":
        return None  # 占全市的比重提高2.7个百分点: a share is never said in points
    share = _share_word(reading, figure, start)
    if share is None:
        return _share_of_aim(reading, figure)
    quantity, following, behind = figure.quantity, figure.following, reading.text[share.end : end]
    is_whole = following is not None and reading.text[quantity.tail : following.quantity.lead] == ATTRIBUTIVE
    aim = reading.wording.references.aim_in(behind, quantity.unit) if is_whole else ""
    if aim:
        # 占年度任务7.5万人的77.3%
        return read_aim(reading, figure, behind, aim, "figure_of_subject")
    return _share_of_whole(reading, figure, start, share)


def _share_word(reading: Reading, figure: Candidate, start: int) -> Word | None:
    """The 占 of 占全市的N%, or the 完成 of 完成计划的N%."""
    low, lead = figure.own
    share = reading.line.last_word(REACH, low, lead)
    if share is not None and share.text in reading.wording.share_verbs:
        return share
    if (
        share is not None
        and share.text in reading.wording.equal_to
        and reading.wording.references.average.fullmatch(reading.text, share.end, lead)
    ):
        return share
    if figure.quantity.unit_class != "share" or not reading.text.endswith(ATTRIBUTIVE, start, lead):
        return None
    done = reading.line.last_word(VERB_ROLES, low, lead)
    if done is not None and done.text in reading.wording.completed:
        return done
    first = reading.line.starts.get(start)
    is_aim = reading.wording.references.aim_in(text_of(reading.text, start, lead).removesuffix(ATTRIBUTIVE), "")
    # 完成投资9亿元，为年度目标的103%
    return first if is_aim and first is not None and first.text in reading.wording.equal_to else None


def _share_of_whole(reading: Reading, figure: Candidate, start: int, share: Word) -> Named:
    """X占Y的N%, or 占N% of what was named before."""
    line, text = reading.line, reading.text
    part, said = "", Said(is_leaning=True)
    if start < share.start:
        part = text_of(text, start, line.trim_right(start, share.start).end)
        if ANAPHORA.fullmatch(part):
            part = ""
        else:
            is_money = figure.quantity.unit_class == "money"
            phrase = noun_phrase(reading, start, start + len(part), is_money=is_money)
            part, said = phrase.text, phrase.said._replace(is_leaning=True)
    is_equal = share.text in reading.wording.equal_to
    whole_end = figure.quantity.lead if is_equal else line.trim_right(share.end, figure.quantity.lead).end
    of_what = text_of(text, share.end, whole_end).removesuffix(ATTRIBUTIVE)
    is_attribute = part and not of_what and text.endswith(ATTRIBUTIVE, start, share.start)
    if is_attribute and reading.done and not any(mark in text[start : share.start] for mark in reading.wording.among):
        # 其中达到推荐标准的占45%
        last = reading.done[-1]
        noun = last.said.thing or last.indicator.removeprefix(last.said.verb or last.said.act)
        noun = noun.rpartition(ATTRIBUTIVE)[2] or noun
        return Named(f"{part}{ATTRIBUTIVE}{noun}", (start, share.end), OF_WHOLE, "share_of", Said(thing=noun))
    if not part:
        part = reading.done[-1].indicator if of_what and reading.done else topic_of(reading, figure)
    is_verb = share.text in reading.wording.completed or share.role not in REACH
    link = share.text if is_verb else EQUALS if is_equal else PART_OF
    says_share = part.endswith(reading.wording.share_nouns)
    indicator = f"{part}{link}{of_what}" if of_what else part if says_share else part + SHARE
    words = (min(start, share.start), max(whole_end, share.end))
    claims: tuple[Claim, ...] = ()
    if share.text.startswith(reading.wording.about):
        claims = (ABOUT.of(figure.number, "~", (share.start, share.end)),)
    return Named(indicator, words, OF_WHOLE, "share_of_whole", said, claims)


def _share_of_aim(reading: Reading, figure: Candidate) -> Named | None:
    """The 98% of 完成改厕任务1.2万座的98%, behind the aim."""
    previous = figure.previous
    if previous is None or figure.quantity.unit_class != "share":
        return None
    aim = reading.wording.references.aim_in(previous.indicator, previous.quantity.unit)
    topic = previous.said.topic
    if not aim or not topic or reading.text[previous.quantity.tail : figure.quantity.lead] != ATTRIBUTIVE:
        return None
    link = PART_OF if PART_OF in reading.text[previous.low : previous.quantity.lead] else DONE_OF
    words = previous.words_of("indicator", figure.base)
    return Named(f"{topic}{link}{aim}", words, OF_AIM, "share_of_whole", Said(is_leaning=True))


def read_aim(reading: Reading, figure: Candidate, subject: str, aim: str, form: str) -> Named:
    """农村改厕任务3.8万座, 完成年目标任务1.2万人的98%: what was to be done, which the figures behind lean on."""
    words, number = figure.own, figure.number
    named = subject.removesuffix(aim).removesuffix(ATTRIBUTIVE)
    if named.startswith(reading.wording.comparing):
        # 比年目标任务4%低0.6个百分点
        compared = Named(topic_of(reading, figure) or subject, words, AIM, REFERENCE)
        return compared.also(AIM_IS_TARGET.of(number, "target", words))
    says_what = len(named) > 1 and named not in reading.wording.yearly
    topic = named if says_what else topic_of(reading, figure)
    indicator = subject if says_what else joined(topic, subject)
    found = Named(indicator, words, AIM, form, Said(topic=topic))
    done = reading.line.last_word(MAKE, *figure.own)
    is_measured = reading.text.startswith(ATTRIBUTIVE, figure.quantity.tail)
    if is_measured or done is None:
        return found.also(AIM_IS_TARGET.of(number, "target", words))
    return found
