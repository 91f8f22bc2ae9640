"""Quantity facts of a report: what is counted, how much, where, when, planned or achieved (数量事实)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.facts.canonical import IndicatorIndex
from pipeline.facts.exclusions import Exclusions
from pipeline.facts.lexicon import Lexicon, Word
from pipeline.facts.phrases import ENDS_NOUN, LIST_MARKS, PADDING, VERB_ROLES, Line
from pipeline.facts.quantities import Quantity, QuantityReader
from pipeline.facts.statuses import StatusCues, report_year
from pipeline.facts.territory import Territory
from pipeline.ids import row_id
from pipeline.offsets import OffsetMap
from pipeline.places import PlaceIndex
from pipeline.records import Document, Fact, Section, Sentence
from pipeline.tables import Tables

QUOTE_BEFORE, QUOTE_AFTER = 14, 12
CONJUNCTIONS = ("以及", "和", "及", "与", "或")
SEPARATORS_ONLY = re.compile(r"[、，,和及以与\s]*")
MODIFIER_ENDS = ("级", "类别", "类", "型", "性", "层次")
PER_PERSON_CLASSES = frozenset(["count", "people"])
PREDICATE_ONLY = frozenset(["time", "age", "temperature"])
QUALIFIES = frozenset(["money", "length", "area", "mass", "volume", "time", "age", "energy", "score"])
LONGEST_PREDICATE = 40


@dataclass
class Figure:
    """A quantity within its sentence and what the reading has found of it so far; positions are in the sentence."""

    quantity: Quantity
    low: int
    high: int
    left: int
    leads_noun: bool = False
    noun_start: int = 0
    noun_end: int = 0
    indicator: str = ""
    kind: str = "level"
    status: str = ""
    place: str | None = None
    place_code: str | None = None
    period: str | None = None
    part_of: Figure | None = None
    rule: str = ""
    verb: str = ""
    is_leaning: bool = False
    bracket: tuple[int, int] | None = None
    comparator: str = "="
    dropped: bool = False
    previous: Figure | None = field(default=None, repr=False)
    following: Figure | None = field(default=None, repr=False)


class FactKnowledge:
    """What the extractor knows of the language; built once with `from_tables`."""

    def __init__(
        self,
        quantities: QuantityReader,
        exclusions: Exclusions,
        lexicon: Lexicon,
        statuses: StatusCues,
        indicators: IndicatorIndex,
        territory: Territory,
        leaning_heads: frozenset[str],
        places: PlaceIndex,
    ) -> None:
        self.quantities = quantities
        self.exclusions = exclusions
        self.lexicon = lexicon
        self.statuses = statuses
        self.indicators = indicators
        self.territory = territory
        self.leaning_heads = leaning_heads
        self.places = places

    @classmethod
    def from_tables(cls, tables: Tables, places: PlaceIndex) -> FactKnowledge:
        """Compile the tables of seeds/reference."""
        return cls(
            QuantityReader.from_tables(tables),
            Exclusions.from_tables(tables),
            Lexicon.from_tables(tables),
            StatusCues.from_tables(tables),
            IndicatorIndex.from_tables(tables),
            Territory.from_tables(tables, places),
            frozenset(row["head"] for row in tables["leaning_heads"]),
            places,
        )


def extract_facts(
    document: Document,
    clean_text: str,
    offset_map: OffsetMap,
    sections: Sequence[Section],
    sentences: Sequence[Sentence],
    knowledge: FactKnowledge,
) -> list[Fact]:
    """The quantity facts of `clean_text` in text order."""
    by_sentence = _by_sentence(clean_text, sentences, knowledge)
    section_status = knowledge.statuses.of_sections(document, sections)
    section_of = {section.section_id: section for section in sections}
    facts: list[Fact] = []
    earlier: Figure | None = None
    earlier_section = ""
    for number, quantities in by_sentence:
        sentence = sentences[number]
        text = clean_text[sentence.clean_start : sentence.clean_end]
        line = Line(text, knowledge.lexicon, knowledge.places, document.place_code)
        section = section_of.get(sentence.section_id)
        reader = SentenceReader(line, knowledge, earlier if earlier_section == sentence.section_id else None)
        figures = reader.read([_shifted(quantity, -sentence.clean_start) for quantity in quantities])
        if not figures:
            continue
        earlier, earlier_section = figures[-1], sentence.section_id
        knowledge.territory.locate(document, line, figures, section)
        year = report_year(document)
        default = section_status.get(sentence.section_id, "target" if document.doc_type == "plan" else "actual")
        for figure in figures:
            figure.status = figure.status or knowledge.statuses.of_text(text, 0, figure.quantity.lead, default, year)
        facts += _records(document, sentence, offset_map, clean_text, figures, knowledge)
    return facts


def _by_sentence(
    text: str, sentences: Sequence[Sentence], knowledge: FactKnowledge
) -> Iterator[tuple[int, list[Quantity]]]:
    """(index of the sentence, its quantities that are no names or dates)."""
    starts = [sentence.clean_start for sentence in sentences]
    spans = knowledge.exclusions.spans(text)
    at, found = -1, []
    for quantity in knowledge.quantities.find(text):
        if spans.holds(quantity.start) or knowledge.exclusions.is_name(text, quantity):
            continue
        number = bisect_right(starts, quantity.start) - 1
        if number < 0 or quantity.end > sentences[number].clean_end:
            continue
        if number != at:
            if found:
                yield at, found
            at, found = number, []
        found.append(quantity)
    if found:
        yield at, found


def _shifted(quantity: Quantity, by: int) -> Quantity:
    return quantity._replace(
        lead=quantity.lead + by,
        start=quantity.start + by,
        number_end=quantity.number_end + by,
        end=quantity.end + by,
        tail=quantity.tail + by,
    )


class SentenceReader:
    """Reads the figures of one sentence from left to right."""

    def __init__(self, line: Line, knowledge: FactKnowledge, earlier: Figure | None) -> None:
        self.line = line
        self.text = line.text
        self.knowledge = knowledge
        self.topic = earlier
        self.done: list[Figure] = []

    def read(self, quantities: list[Quantity]) -> list[Figure]:
        """The facts among `quantities`, each with its indicator, kind and whole."""
        figures = self._frames(quantities)
        for figure in figures:
            self._bound_noun(figure)
        for figure in figures:
            if self._is_no_fact(figure):
                figure.dropped = True
        for figure in figures:
            if not figure.dropped:
                self._read_figure(figure)
                if not figure.dropped:
                    self.done.append(figure)
        self._respectively(self.done)
        self._link_parts(self.done)
        return self.done

    # Where a figure's words are

    def _frames(self, quantities: list[Quantity]) -> list[Figure]:
        figures: list[Figure] = []
        for quantity in quantities:
            low, high = self.line.clause(quantity.start)
            figure = Figure(
                quantity, low, high, low, bracket=self.line.bracket_of(quantity.start), comparator=quantity.comparator
            )
            for other in reversed(figures):
                if other.bracket == figure.bracket:
                    if other.low == low:
                        figure.previous = other
                        other.following = figure
                    break
            figures.append(figure)
        return figures

    def _outer_end(self, figure: Figure) -> int:
        """The end of what belongs to the figure on its right: the next figure, a bracket with figures, or the clause end."""
        end = figure.following.quantity.lead if figure.following else figure.high
        for start, _ in self.line.brackets:
            if figure.quantity.tail <= start < end and self._has_figure(start):
                return start
        return end

    def _has_figure(self, bracket_start: int) -> bool:
        close = next(end for start, end in self.line.brackets if start == bracket_start)
        return any(character.isdigit() for character in self.text[bracket_start:close])

    def _bound_noun(self, figure: Figure) -> None:
        """Whether a noun stands behind the figure (5个X), and where it ends; sets the left limit of the next figure."""
        quantity, text = figure.quantity, self.text
        start, end = quantity.tail, self._outer_end(figure)
        while start < end and text[start] == " ":
            start += 1
        particle = text.startswith("的", start)
        if particle:
            start += 1
        figure.noun_start = figure.noun_end = start
        reach = figure.following.quantity.lead if figure.following else figure.high
        if start >= end or text[start] in PADDING or text[start] in "（(）)”’" or text.startswith(CONJUNCTIONS, start):
            self._set_next_left(figure, quantity.tail, reach)
            return
        word = self.line.starts.get(start)
        if word and word.role in ENDS_NOUN and not particle and not self._verbal_noun(word, figure, end):
            figure.noun_start = figure.noun_end = start
            self._set_next_left(figure, quantity.tail, reach)
            return
        figure.leads_noun = True
        stop = end
        following = figure.following
        if following and end == following.quantity.lead:
            cut = max(text.rfind(mark, start, end) for mark in LIST_MARKS)
            conjunction = max((text.rfind(mark, start, end), len(mark)) for mark in CONJUNCTIONS)
            if (
                conjunction[0] > cut
                and conjunction[0] > start
                and self._is_quantity_next(conjunction[0] + conjunction[1], end)
            ):
                cut = conjunction[0]
            if cut > start:
                stop = cut
        first = self.line.first_word(ENDS_NOUN, start + 1, stop)
        if first and first.start > start:
            stop = first.start
        figure.noun_end = stop
        while figure.noun_end > start and text[figure.noun_end - 1] in PADDING:
            figure.noun_end -= 1
        for mark in CONJUNCTIONS:
            if text.endswith(mark, start, figure.noun_end) and figure.noun_end - len(mark) > start and following:
                figure.noun_end -= len(mark)
        self._set_next_left(figure, figure.noun_end, reach)

    def _is_quantity_next(self, start: int, end: int) -> bool:
        """Whether nothing but verbs and list marks stands in [start, end): a figure follows at once."""
        return not self.text[self.line.trim_left(start, end) : end].strip(PADDING) or end - start <= 8

    def _verbal_noun(self, word: Word, figure: Figure, end: int) -> bool:
        """Whether an ambiguous word behind the figure begins a noun phrase."""
        if word.role == "time":
            return False
        left = self.line.trim_right(figure.low, figure.quantity.lead)
        governed = self.line.ends.get(left.end)
        return (
            word.role in ("act", "make")
            and governed is not None
            and governed.role in ("new", "make")
            and word.end < end
        )

    def _set_next_left(self, figure: Figure, left: int, reach: int) -> None:
        if figure.following:
            for start, close in self.line.brackets:
                if left <= start and close < reach and self._has_figure(start):
                    left = close + 1
            figure.following.left = left

    # What is no fact

    def _is_no_fact(self, figure: Figure) -> bool:
        quantity, text = figure.quantity, self.text
        unit_class = quantity.unit_class
        if unit_class == "fraction":
            return not figure.leads_noun
        if unit_class == "bare":
            return self._bare_is_no_fact(figure)
        if (
            unit_class in QUALIFIES
            and quantity.comparator in (">=", "<=")
            and quantity.tail > quantity.end
            and figure.leads_noun
        ):
            return True
        if unit_class in PREDICATE_ONLY:
            left = self.line.trim_right(max(figure.left, figure.low), quantity.lead)
            if figure.leads_noun:
                return True
            if not (left.is_delta or left.is_reached):
                word = self.line.starts.get(figure.noun_start)
                start = self.line.trim_left(max(figure.left, figure.low), left.end)
                return (
                    left.end - start < 3
                    or left.preposition != ""
                    or (word is not None and text[figure.noun_start] not in PADDING)
                )
            return False
        return (
            quantity.script == "chinese"
            and quantity.value == 1
            and unit_class in PER_PERSON_CLASSES
            and not self._is_news(figure)
        )

    def _is_news(self, figure: Figure) -> bool:
        """一所, 一家 count only where something new is told: 建成一所医院."""
        word = self.line.ends.get(figure.quantity.lead)
        return word is not None and word.role in ("new", "make")

    def _bare_is_no_fact(self, figure: Figure) -> bool:
        quantity, text = figure.quantity, self.text
        following = text[quantity.tail : quantity.tail + 1]
        scaled = text[quantity.number_end - 1] in "万亿千百"
        at_end = not following or following in PADDING or following in "）)（("
        left = self.line.trim_right(max(figure.left, figure.low), quantity.lead)
        if scaled:
            return not (figure.leads_noun or at_end)
        if following.isascii() and following.isalnum():
            return True
        return not (
            at_end and left.is_reached and ("." in text[quantity.start : quantity.number_end] or quantity.value >= 10)
        )

    # The indicator

    def _read_figure(self, figure: Figure) -> None:
        line, quantity = self.line, figure.quantity
        start = line.trim_left(max(figure.left, figure.low), quantity.lead)
        if self._is_reached_value(figure):
            return
        if figure.leads_noun:
            self._counted_noun(figure, start)
        else:
            self._figure_of_subject(figure, start)
        if not figure.is_leaning and figure.indicator and figure.kind == "level":
            self.topic = figure

    def _counted_noun(self, figure: Figure, start: int) -> None:
        """建成5个X, 55%的X已…, A的13家X."""
        line, text, quantity = self.line, self.text, figure.quantity
        noun = text[figure.noun_start : figure.noun_end]
        trimmed = line.trim_right(start, quantity.lead, keep_particle=True)
        end = trimmed.end
        modifier, verb, relative = "", None, False
        if trimmed.preposition and trimmed.preposition not in ("将",):
            start = end
        elif end > start:
            relative = text[end - 1] == "的"
            verb = line.last_word(frozenset([*VERB_ROLES, "delta"]), start, end)
            nominal = line.starts.get(start)
            if verb is None and nominal and nominal.role == "nominal" and nominal.end <= end:
                verb = nominal
            if verb is not None and verb.role == "delta":
                trimmed = trimmed._replace(is_delta=True)
            if relative:
                modifier = text[start:end]
            else:
                modifier = text[verb.end : end] if verb else text[start:end]
            if modifier.endswith("等") or len(modifier) > 24:
                modifier = ""
            if text.endswith("等", start, quantity.lead) and not relative:
                modifier = ""
        elif trimmed.is_delta:
            verb = None
        modifier = modifier.strip(PADDING + "了")
        if modifier.endswith("等"):
            modifier = ""
        prefix = verb.text if verb and verb.role in ("new", "act", "nominal") and not relative else ""
        inherited = self._listed(figure)
        if (
            not prefix
            and not modifier
            and inherited
            and not line.last_word(VERB_ROLES, max(figure.left, figure.low), quantity.lead)
        ):
            prefix = inherited.verb
            figure.kind = inherited.kind if inherited.kind == "delta" else figure.kind
        if trimmed.is_delta:
            figure.kind = "delta"
        if verb and verb.role == "new" or (prefix and prefix == getattr(inherited, "verb", None)):
            figure.verb = prefix
        noun = self._shared_head(figure, noun)
        predicate = ""
        if not relative and (verb is None or verb.role in ("act", "nominal")) and not prefix.startswith("新"):
            predicate = self._predicate(figure)
        if predicate:
            figure.indicator = f"{predicate}的{modifier}{noun}"
            figure.rule = "counted_noun_with_predicate"
        else:
            figure.indicator = f"{prefix}{modifier}{noun}"
            figure.rule = "counted_noun"
        if quantity.unit_class in ("share", "fraction"):
            figure.rule = "share_of"

    def _predicate(self, figure: Figure) -> str:
        """What is said of the counted noun behind it, up to the clause end; nothing where another figure stands in it."""
        if figure.following and not self.line.bracket_of(figure.following.quantity.start):
            return ""
        end = min(self._outer_end(figure), figure.noun_end + LONGEST_PREDICATE)
        start = self.line.trim_left(figure.noun_end, figure.noun_end) if figure.noun_end >= end else figure.noun_end
        word = self.line.starts.get(start)
        while word and word.role == "adv" and word.end <= end:
            start = word.end
            word = self.line.starts.get(start)
        return self.text[start:end].strip(PADDING + "了")

    def _shared_head(self, figure: Figure, noun: str) -> str:
        """2个综合类别、4个专科类别医疗中心: the first takes the head of the last."""
        following = figure.following
        if following and following.leads_noun and noun.endswith(MODIFIER_ENDS):
            later = self.text[following.noun_start : following.noun_end]
            for ending in MODIFIER_ENDS:
                at = later.find(ending)
                if noun.endswith(ending) and 0 <= at < len(later) - len(ending):
                    return noun + later[at + len(ending) :]
        return noun

    def _listed(self, figure: Figure) -> Figure | None:
        """The item before `figure` in the same list, whose verb holds for it too."""
        previous = figure.previous
        if previous is None or previous.dropped:
            return None
        between = self.text[previous.noun_end : previous.noun_end + 2]
        return (
            previous
            if between[:1] == "、" or between.startswith(CONJUNCTIONS) or (between[:1] in "，" and False)
            else None
        )

    def _figure_of_subject(self, figure: Figure, start: int) -> None:
        """X达到N%, 完成X 5个, X增长5%."""
        line, text, quantity = self.line, self.text, figure.quantity
        trimmed = line.trim_right(start, quantity.lead)
        end = trimmed.end
        figure.rule = "figure_of_subject"
        gap = line.last_word(frozenset(["gap"]), start, quantity.lead)
        if (
            gap
            and gap.start >= start
            and (quantity.unit_class in ("points", "ratio") or trimmed.is_delta or quantity.lead - gap.end >= 2)
        ):
            end, trimmed = gap.start, trimmed._replace(is_delta=True)
            figure.rule = "gap"
        comparison = line.last_word(frozenset(["cmp"]), start, end)
        if comparison and (trimmed.is_delta or comparison.text not in ("较", "比")):
            end = comparison.start
        end = line.trim_right(start, end).end if end > start else end
        first = line.starts.get(start)
        if first and first.role == "delta" and first.end < end and not trimmed.is_reached:
            start, trimmed = first.end, trimmed._replace(is_delta=True)
            figure.rule = "change"
        if trimmed.is_delta:
            figure.kind = "delta"
            figure.rule = "gap" if figure.rule == "gap" else "change"
        if quantity.unit_class in ("points",) or quantity.unit in ("番",):
            figure.kind = "delta"
        previous_noun = self._subject_with_noun_of_previous(figure)
        subject = (
            previous_noun if previous_noun and not text[start:end].strip(PADDING) else self._object(figure, start, end)
        )
        if previous_noun and subject and figure.previous and figure.previous.leads_noun and self._touches(figure):
            subject = previous_noun
        if quantity.unit_class == "share" and figure.noun_start < figure.high and subject and not figure.following:
            word = line.starts.get(figure.noun_start)
            rest = text[figure.noun_start : self._outer_end(figure)].strip(PADDING)
            if word and word.role in ("reach", "act", "make", "pred") and len(rest) > 2:
                subject = f"{rest}的{subject}"
                figure.rule = "share_of"
        if not subject:
            subject = self._inherited(figure, trimmed.is_delta or trimmed.is_reached)
        elif self._leans(subject) and not trimmed.is_delta:
            whole = self._topic_for(figure)
            figure.is_leaning = True
            if whole and subject not in whole:
                subject = whole + subject
        listed = self._listed(figure)
        if (
            listed
            and listed.verb
            and not subject.startswith(listed.verb)
            and not line.last_word(VERB_ROLES, max(figure.left, figure.low), quantity.lead)
        ):
            subject, figure.verb = listed.verb + subject, listed.verb
        if (
            listed
            and listed.kind == "delta"
            and listed.rule == "change"
            and not trimmed.is_reached
            and quantity.unit_class in PER_PERSON_CLASSES
        ):
            figure.kind = "delta"
        figure.indicator = subject
        if not subject:
            figure.dropped = True

    def _touches(self, figure: Figure) -> bool:
        """Whether the figure's subject runs on from the counted noun before it: 等3项指标完成率超过50%."""
        previous = figure.previous
        return (
            previous is not None
            and previous.noun_end > previous.noun_start
            and figure.left == previous.noun_end
            and not SEPARATORS_ONLY.fullmatch(self.text[figure.left : figure.left + 1] or "x")
        )

    def _subject_with_noun_of_previous(self, figure: Figure) -> str:
        previous = figure.previous
        if previous is None or not previous.leads_noun or previous.dropped:
            return ""
        between = self.text[previous.noun_end : figure.quantity.lead]
        trimmed = self.line.trim_right(previous.noun_end, figure.quantity.lead)
        if any(mark in between for mark in "、，和及并") or trimmed.end > previous.noun_end or not trimmed.is_reached:
            return ""
        start = self.line.trim_left(previous.low, previous.quantity.lead)
        return (
            self.text[start : previous.quantity.lead].strip(PADDING)
            + self.text[previous.noun_start : previous.noun_end]
        )

    def _object(self, figure: Figure, start: int, end: int) -> str:
        """The noun phrase in [start, end) with its verb where the verb tells what is counted."""
        line, text = self.line, self.text
        if start >= end:
            return ""
        verb = line.last_word(VERB_ROLES, start, end)
        while verb is not None:
            rest = text[verb.end : end].strip(PADDING + "了")
            if rest.startswith("的") or rest == "":
                earlier = line.last_word(VERB_ROLES, start, verb.start)
                if rest == "" and earlier is None:
                    if start < verb.start:
                        break
                    return text[start:end].strip(PADDING) if verb.role != "make" else ""
                verb = earlier
                continue
            relative = "的" in rest
            if verb.role == "make" and (len(rest) > 2 or start < verb.start):
                start = verb.end
            else:
                start = verb.start
            if verb.role == "new":
                figure.verb = verb.text
            del relative
            break
        return text[start:end].strip(PADDING + "了")

    def _leans(self, subject: str) -> bool:
        return subject in self.knowledge.leaning_heads

    def _topic_for(self, figure: Figure) -> str:
        """The indicator a leaning head (总投资, 签约率) belongs to."""
        for earlier in reversed(self.done):
            if not earlier.is_leaning:
                return earlier.indicator
        clause = self._clause_before(figure)
        return clause or (self.topic.indicator if self.topic else "")

    def _clause_before(self, figure: Figure) -> str:
        """The subject of the clause before, where that clause has no figure."""
        low = figure.low
        if low <= 0:
            return ""
        start, end = self.line.clause(low - 2)
        start = self.line.trim_left(start, end)
        verb = self.line.first_word(ENDS_NOUN, start, end)
        if verb and verb.start == start:
            rest = self.text[verb.end : end]
            return rest.strip(PADDING) if verb.role in ("make", "new", "act") else ""
        if verb:
            end = verb.start
        phrase = self.text[start:end].strip(PADDING)
        return phrase if len(phrase) >= 2 else ""

    def _inherited(self, figure: Figure, leans: bool) -> str:
        """The subject that the figure has from an earlier clause or figure."""
        following = figure.following
        if (
            following
            and following.leads_noun
            and not leans
            and not following.dropped
            and SEPARATORS_ONLY.fullmatch(self.text[figure.quantity.tail : following.left])
        ):
            noun = self.text[following.noun_start : following.noun_end]
            if figure.previous is None:
                return noun
        host = self._host(figure)
        word = self.line.starts.get(figure.noun_start)
        predicate = ""
        if word and word.role in ENDS_NOUN and not leans and not figure.following:
            predicate = self.text[figure.noun_start : self._outer_end(figure)].strip(PADDING + "了")
        elif word and word.role in ENDS_NOUN and not leans and figure.following:
            stop = max(self.text.rfind(mark, figure.noun_start, figure.following.quantity.lead) for mark in "、，")
            predicate = self.text[figure.noun_start : stop].strip(PADDING + "了") if stop > figure.noun_start else ""
        previous = self.done[-1] if self.done else None
        if host is not None:
            figure.rule = "bracket_part"
            return f"{predicate}的{host.indicator}" if predicate else host.indicator
        if previous is not None:
            between = self.text[previous.quantity.tail : figure.low]
            figure.rule = "inherited_subject" if leans else figure.rule
            clause = self._clause_before(figure) if leans and between.count("，") + between.count(",") >= 2 else ""
            noun = clause or self._head_of(previous)
            return f"{predicate}的{noun}" if predicate and not leans else noun
        clause = self._clause_before(figure)
        if clause:
            return clause
        if leans and self.topic:
            return self.topic.indicator
        return f"{predicate}的{self.topic.indicator}" if predicate and self.topic else ""

    def _head_of(self, figure: Figure) -> str:
        if figure.rule == "counted_noun_with_predicate" and figure.leads_noun:
            return self.text[figure.noun_start : figure.noun_end]
        if figure.rule == "figure_of_subject" and "的" in figure.indicator and not figure.leads_noun:
            return figure.indicator
        return figure.indicator

    def _host(self, figure: Figure) -> Figure | None:
        """The figure before the bracket that `figure` stands in."""
        if figure.bracket is None:
            return None
        for earlier in reversed(self.done):
            if earlier.quantity.end <= figure.bracket[0] and earlier.bracket != figure.bracket:
                return earlier
        return None

    # Changes from one value to another

    def _is_reached_value(self, figure: Figure) -> bool:
        """由A提高到B: both have the subject before 由; A is the baseline."""
        previous, quantity = figure.previous, figure.quantity
        following = figure.following
        if following and not figure.leads_noun and self._is_step(figure, following):
            start = self.line.trim_left(max(figure.left, figure.low), quantity.lead)
            trimmed = self.line.trim_right(start, quantity.lead)
            figure.indicator = self._object(figure, start, trimmed.end) or self._inherited(figure, True)
            if self._leans(figure.indicator):
                figure.indicator = self._topic_for(figure) + figure.indicator
            figure.status, figure.rule = "baseline", "from_to"
            figure.dropped = not figure.indicator
            return True
        if previous and not previous.dropped and previous.rule == "from_to" and previous.status == "baseline":
            figure.indicator, figure.rule = previous.indicator, "from_to"
            return True
        return False

    def _is_step(self, first: Figure, second: Figure) -> bool:
        between = self.line.trim_right(first.quantity.tail, second.quantity.lead)
        if second.quantity.unit != first.quantity.unit and first.quantity.unit_class != "bare":
            return False
        rest = self.text[first.quantity.tail : between.end].strip(PADDING)
        start = self.line.trim_right(max(first.left, first.low), first.quantity.lead)
        said = self.text[first.quantity.tail : second.quantity.lead]
        if rest:
            return False
        if start.preposition in ("由", "从", "自"):
            return between.is_reached or between.is_delta or said in ("到", "至")
        return (
            between.is_reached
            and said[-1:] in "到至为"
            and "、" not in said
            and "，" not in said
            and said not in ("达到", "为")
        )

    # Lists

    def _respectively(self, figures: list[Figure]) -> None:
        """A、B、C分别为x、y、z: one subject a figure."""
        text = self.text
        for first in figures:
            at = text.rfind("分别", max(first.left, first.low), first.quantity.lead)
            if at < 0:
                continue
            group = [first]
            while (
                group[-1].following
                and not group[-1].following.dropped
                and SEPARATORS_ONLY.fullmatch(text[group[-1].quantity.tail : group[-1].following.quantity.lead])
            ):
                group.append(group[-1].following)
            if len(group) < 2:
                continue
            subjects = self._subjects(
                text[self.line.trim_left(first.low, at) : self.line.trim_right(first.low, at).end], len(group)
            )
            position = figures.index(first)
            if subjects is None and position >= len(group):
                subjects = [figure.indicator for figure in figures[position - len(group) : position]]
            for place, figure in enumerate(group):
                figure.kind, figure.rule = first.kind, "respectively"
                if subjects:
                    figure.indicator = subjects[place]
                if group[-1].comparator != "=" and group[-1].quantity.tail > group[-1].quantity.end:
                    figure.comparator = group[-1].comparator

    def _subjects(self, phrase: str, count: int) -> list[str] | None:
        items = [item for item in re.split(r"、|以及|和|及|与", phrase) if item]
        if len(items) != count:
            items = [item for item in phrase.split("、") if item]
            if len(items) != count:
                return None
        last = items[-1]
        for position in range(len(items) - 1):
            item = items[position]
            ending = next((last[cut:] for cut in range(1, len(last) - 1) if item.endswith(last[cut:])), "")
            if len(ending) < 2:
                cut = len(item) if len(item) < len(last) else 0
                head = next(
                    (
                        last[-size:]
                        for size in (3, 2)
                        if last.endswith(("率", "收入", "人次", "值", "数", "量", "额")) and len(last) > size + 1
                    ),
                    "",
                )
                items[position] = item + (head if last.endswith("率") else last[cut:] if cut else "")
        return items

    # Parts of a whole

    def _link_parts(self, figures: list[Figure]) -> None:
        text = self.text
        whole: Figure | None = None
        remaining = Decimal(0)
        for position, figure in enumerate(figures):
            host = self._host(figure)
            if host is not None:
                if _can_be_part(figure, host):
                    figure.part_of = host
                    self._name_part(figure, host)
                continue
            earlier = [other for other in figures[:position] if other.bracket is None]
            start = earlier[-1].quantity.tail if earlier else 0
            between = text[start : figure.quantity.lead]
            marked = "其中" in between or "包括" in between or "含" in between[:3]
            if marked and earlier:
                whole = next(
                    (other for other in reversed(earlier) if other.part_of is None and _can_be_part(figure, other)),
                    None,
                )
                remaining = (whole.quantity.value_max or whole.quantity.value) if whole else Decimal(0)
            elif (
                earlier
                and re.match(r"[，,]\s?(?:已)?有\s?$", text[figure.low - 1 : figure.quantity.lead])
                and _can_be_part(figure, earlier[-1])
                and not figure.leads_noun
            ):
                figure.part_of = earlier[-1]
                self._name_part(figure, earlier[-1])
                continue
            if whole is not None:
                if _can_be_part(figure, whole) and figure.quantity.value <= remaining and figure.kind == whole.kind:
                    figure.part_of = whole
                    remaining -= figure.quantity.value
                    self._name_part(figure, whole)
                elif figure.quantity.unit_class == whole.quantity.unit_class:
                    whole = None

    def _name_part(self, figure: Figure, whole: Figure) -> None:
        """A part that only says how it differs takes the whole's noun: ICU270张 of 床位2700张."""
        name = figure.indicator
        if whole.indicator in name:
            return
        last = self.line.last_word(
            frozenset(["pred", "act", "nominal"]), max(figure.left, figure.low), figure.quantity.lead
        )
        ends_in_verb = last is not None and not figure.leads_noun and name.endswith(last.text)
        if name.isascii() or name.endswith(MODIFIER_ENDS) or ends_in_verb:
            figure.indicator = name + whole.indicator
            figure.rule = "named_part"


def _can_be_part(figure: Figure, whole: Figure) -> bool:
    part, total = figure.quantity, whole.quantity
    if part.unit_class in ("share", "points", "ratio", "bare", "fraction", "time", "age"):
        return False
    people = ("人", "名", "位")
    same = (
        part.unit == total.unit
        or (part.unit in people and total.unit in people)
        or (part.unit_class == total.unit_class == "count")
    )
    return same and part.value <= (total.value_max or total.value)


def _records(
    document: Document,
    sentence: Sentence,
    offset_map: OffsetMap,
    clean_text: str,
    figures: list[Figure],
    knowledge: FactKnowledge,
) -> Iterator[Fact]:
    base = sentence.clean_start
    for position, figure in enumerate(figures):
        quantity = figure.quantity
        start = base + max(quantity.start - QUOTE_BEFORE, figure.low)
        while clean_text[start].isspace() or clean_text[start] in PADDING:
            start += 1
        limit = figures[position + 1].quantity.start if position + 1 < len(figures) else len(sentence.text) + base
        end = base + min(
            max(quantity.tail, figure.noun_end if figure.leads_noun else 0),
            quantity.tail + QUOTE_AFTER,
            max(limit, quantity.tail),
        )
        end = min(end, sentence.clean_end)
        while clean_text[end - 1].isspace():
            end -= 1
        raw_start, raw_end = offset_map.raw_span(start, end)
        yield Fact(
            fact_id=row_id(document.document_id, "f", base + quantity.start),
            document_id=document.document_id,
            section_id=sentence.section_id,
            sentence_id=sentence.sentence_id,
            indicator=figure.indicator,
            indicator_code=knowledge.indicators.code(figure.indicator, quantity.unit, figure.kind),
            value=plain(quantity.value),
            value_max=None if quantity.value_max is None else plain(quantity.value_max),
            unit=quantity.unit,
            comparator=figure.comparator,
            kind=figure.kind,
            status=figure.status,
            place=figure.place,
            place_code=figure.place_code,
            period=figure.period,
            period_start=None,
            period_end=None,
            part_of_fact_id=row_id(document.document_id, "f", base + figure.part_of.quantity.start)
            if figure.part_of
            else None,
            quote=clean_text[start:end],
            clean_start=start,
            clean_end=end,
            raw_start=raw_start,
            raw_end=raw_end,
            rule=figure.rule,
        )


def plain(value: Decimal) -> Decimal:
    """`value` without exponent or trailing zeros: 3227800.00 -> 3227800."""
    return Decimal(format(value.normalize(), "f"))
