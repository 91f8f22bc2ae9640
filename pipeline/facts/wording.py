"""The words that indicators are made of, compiled once from the tables that a domain expert edits (指标用词)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.facts.references import References
from pipeline.tables import Tables

# 连续四年, 屡创历史新高
LASTING = re.compile("(?:连续|持续)[两二三四五六七八九十0-9]{1,3}个?[年月]$|[屡再续连]创(?:历史)?新高?$")
DURATION = re.compile("[0-9两二三四五六七八九十]{1,3}个?[年月](?P<within>[间来内]|中(?![央西东小等医心学]|国(?!家)))?")


@dataclass(frozen=True, eq=False)
class Wording:
    """Word lists of `indicator_words`, `leaning_heads` and `consequence_verbs`, and the reference values; build it with `from_tables`.

    What each list is for, its rows say in their comments. `grades` holds `degrees` too, behind the others.

    >>> Wording(rates=("率", "占比")).rate_before_colon.match("病床使用率：公立医院78%")[1]
    '病床使用率'
    """

    leaning_heads: Mapping[str, str] = field(default_factory=dict)
    consequence_verbs: tuple[str, ...] = ()
    references: References = field(default_factory=lambda: References({}))
    measures: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    degrees: frozenset[str] = frozenset()
    aims: frozenset[str] = frozenset()
    rates: tuple[str, ...] = ()
    averages: tuple[str, ...] = ()
    denominators: tuple[str, ...] = ()
    denominated: tuple[str, ...] = ()
    having: frozenset[str] = frozenset()
    measure_heads: tuple[str, ...] = ()
    shared_heads: tuple[str, ...] = ()
    short_heads: tuple[str, ...] = ()
    shared_nouns: tuple[str, ...] = ()
    rests: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    extremes: frozenset[str] = frozenset()
    tails: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    sectors: frozenset[str] = frozenset()
    said_alone: frozenset[str] = frozenset()
    causatives: frozenset[str] = frozenset()
    wholly: frozenset[str] = frozenset()
    given_out: frozenset[str] = frozenset()
    upgrades: tuple[str, ...] = ()
    bettered: tuple[str, ...] = ()
    of_object: frozenset[str] = frozenset()
    spent_on: frozenset[str] = frozenset()
    against_itself: tuple[str, ...] = ()
    levels_of_government: tuple[str, ...] = ()
    beside_us: tuple[str, ...] = ()
    kinds_of_places: frozenset[str] = frozenset()
    each_alike: tuple[str, ...] = ()
    time_marks: tuple[str, ...] = ()
    passing_times: frozenset[str] = frozenset()
    person_units: tuple[str, ...] = ()
    of_one_time: tuple[str, ...] = ()
    summed_over: frozenset[str] = frozenset()
    total_ends: tuple[str, ...] = ()
    comparing: tuple[str, ...] = ()
    yearly: frozenset[str] = frozenset()
    equal_to: frozenset[str] = frozenset()
    completed: frozenset[str] = frozenset()
    share_verbs: frozenset[str] = frozenset()
    serving: tuple[str, ...] = ()
    modifier_ends: tuple[str, ...] = ()
    beneficiary_marks: frozenset[str] = frozenset()
    kinds_of_things: frozenset[str] = frozenset()
    worked_on: tuple[str, ...] = ()
    works: frozenset[str] = frozenset()
    among: tuple[str, ...] = ()
    carried_out: frozenset[str] = frozenset()
    within: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    named_by_limit: tuple[str, ...] = ()
    scored: tuple[str, ...] = ()
    growth_nouns: frozenset[str] = frozenset()
    for_what: frozenset[str] = frozenset()
    possessing: frozenset[str] = frozenset()
    prices: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    gap_nouns: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    reached_by: frozenset[str] = frozenset()
    thriving: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    account_entries: tuple[str, ...] = ()
    names_of_spans: tuple[str, ...] = ()
    plan_names: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    inner_times: tuple[str, ...] = ()

    @classmethod
    def from_tables(cls, tables: Tables) -> Wording:
        """From the rows of the three tables and of `reference_values`."""
        rows = [(row["word"], row["kind"]) for row in tables["indicator_words"]]

        def words(*kinds: str) -> tuple[str, ...]:
            return tuple(word for word, kind in rows if kind in kinds)

        def longest_first(kind: str) -> tuple[str, ...]:
            return tuple(sorted(words(kind), key=len, reverse=True))

        return cls(
            leaning_heads={row["head"]: row["topic"] for row in tables["leaning_heads"]},
            consequence_verbs=tuple(row["verb"] for row in tables["consequence_verbs"]),
            references=References.from_tables(tables),
            measures=longest_first("measure"),
            grades=(*words("grade"), *words("degree")),
            degrees=frozenset(words("degree")),
            aims=frozenset(words("aim")),
            rates=words("rate"),
            averages=words("average"),
            denominators=words("denominator"),
            denominated=words("denominated"),
            having=frozenset(words("having")),
            measure_heads=longest_first("measure_head"),
            shared_heads=longest_first("shared_head"),
            short_heads=longest_first("short_head"),
            shared_nouns=words("shared_noun"),
            rests=words("rest"),
            states=words("state"),
            extremes=frozenset(words("extreme")),
            tails=longest_first("tail"),
            bodies=words("body"),
            sectors=frozenset(words("sector")),
            said_alone=frozenset(words("said_alone")),
            causatives=frozenset(words("causative")),
            wholly=frozenset(words("wholly")),
            given_out=frozenset(words("given_out")),
            upgrades=words("upgrade"),
            bettered=words("bettered"),
            of_object=frozenset(words("of_object")),
            spent_on=frozenset(words("spent_on")),
            against_itself=words("against_itself"),
            levels_of_government=words("level_of_government"),
            beside_us=words("beside_us"),
            kinds_of_places=frozenset(words("kind_of_place")),
            each_alike=words("each_alike"),
            time_marks=words("time_mark"),
            passing_times=frozenset(words("passing_time")),
            person_units=words("person_unit"),
            of_one_time=words("of_one_time"),
            summed_over=frozenset(words("summed_over")),
            total_ends=words("total_end"),
            comparing=words("comparing"),
            yearly=frozenset(words("yearly")),
            equal_to=frozenset(words("equal_to")),
            completed=frozenset(words("completed")),
            share_verbs=frozenset(words("share_verb")),
            serving=words("serving"),
            modifier_ends=words("modifier_end"),
            beneficiary_marks=frozenset(words("beneficiary_mark")),
            kinds_of_things=frozenset(words("kind_of_thing")),
            worked_on=words("worked_on"),
            works=frozenset(words("work")),
            among=words("among"),
            carried_out=frozenset(words("carried_out")),
            within=words("within"),
            between=words("between"),
            named_by_limit=words("named_by_limit"),
            scored=words("scored"),
            growth_nouns=frozenset(words("growth_noun")),
            for_what=frozenset(words("for_what")),
            possessing=frozenset(words("possessing")),
            prices=longest_first("price"),
            standings=longest_first("standing"),
            gap_nouns=longest_first("gap_noun"),
            schools=words("ends_in_middle"),
            programmes=words("programme"),
            persons=words("person"),
            reached_by=frozenset(words("reached_by")),
            thriving=longest_first("thriving"),
            firms=words("firm"),
            account_entries=longest_first("account_entry"),
            names_of_spans=words("name_of_span"),
            plan_names=words("plan_name"),
            payers=words("payer"),
            inner_times=words("inner_time"),
        )

    @cached_property
    def rate_before_colon(self) -> re.Pattern[str]:
        """A rate at the head of a sentence that holds for all items behind its colon."""
        return re.compile(f"([\u4e00-\u9fff]{{2,12}}(?:{'|'.join(map(re.escape, self.rates))}))[：:]")

    @cached_property
    def person_nouns(self) -> re.Pattern[str]:
        """Nouns of persons, one or a list of them: 医务人员、公安干警."""
        noun = f"[^，、的]*?(?:{'|'.join(map(re.escape, self.persons))})+"
        return re.compile(f"{noun}(?:[、和及]{noun})*")

    @cached_property
    def firms_account(self) -> re.Pattern[str]:
        """Firms and an entry of their account: 大型花卉企业实现利润."""
        firms, entries = ("|".join(map(re.escape, words)) for words in (self.firms, self.account_entries))
        return re.compile(f"(?P<firms>[^，、]{{2,14}}?(?:{firms}))(?:{entries})")

    @cached_property
    def span(self) -> re.Pattern[str]:
        """How long something took, before what was done: 五年 of 五年新增就业, but not of 五年行动方案."""
        names, plans = ("|".join(map(re.escape, words)) for words in (self.names_of_spans, self.plan_names))
        return re.compile(f"{DURATION.pattern}(?!{names}|[^，、]{{0,8}}(?:{plans}))") if names else DURATION

    @cached_property
    def span_of_payer(self) -> re.Pattern[str]:
        """How long one pays, right behind who does: 中央财政五年支出."""
        payers = "|".join(f"(?<={re.escape(payer)})" for payer in self.payers)
        tails = "|".join(map(re.escape, self.tails))
        return re.compile(f"(?:{payers})[^，]{{0,2}}?{DURATION.pattern}(?:{tails})?")

    def without_span(self, phrase: str) -> str:
        """`phrase` without how long the payer in it pays, and when what it names was done.

        >>> wording = Wording(payers=("财政",), tails=("累计",), inner_times=("去年",))
        >>> wording.without_span("市财政连续三年累计投入"), wording.without_span("经营主体去年纳税")
        ('市财政投入', '经营主体纳税')
        """
        phrase = self.span_of_payer.sub("", phrase) if self.payers else phrase
        when = self._inner_time.search(phrase) if self.inner_times else None
        if when is None or DURATION.search(phrase, max(0, when.start() - 2), when.end()):
            # 四年内产量
            return phrase
        return phrase[: when.start()] + phrase[when.end() :]

    @cached_property
    def _inner_time(self) -> re.Pattern[str]:
        return re.compile(rf"(?<=[\w”]{{2}})(?:{'|'.join(map(re.escape, self.inner_times))})(?=\w{{2}})")

    @cached_property
    def _tail_ends(self) -> frozenset[str]:
        return frozenset(tail[-1] for tail in self.tails)

    def without_tail(self, phrase: str) -> str:
        """`phrase` without the adverbs at its end, which say how or how often and not what.

        >>> Wording(tails=("首次", "预计")).without_tail("生产总值预计")
        '生产总值'
        """
        while phrase:
            tail = (
                next((tail for tail in self.tails if phrase.endswith(tail)), "")
                if phrase[-1] in self._tail_ends
                else ""
            )
            lasting = None if tail else LASTING.search(phrase)
            if not tail and lasting is None:
                break
            phrase = phrase[: lasting.start() if lasting else -len(tail)]
        return phrase
