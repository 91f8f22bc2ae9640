"""The words that indicators are made of, compiled once from the tables that a domain expert edits (指标用词)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.facts.references import References
from pipeline.facts.vocabulary.limits import LimitWords
from pipeline.facts.vocabulary.money import MoneyWords
from pipeline.facts.vocabulary.parts import PartWords
from pipeline.facts.vocabulary.places import PlaceWords
from pipeline.facts.vocabulary.qualifiers import QualifierWords
from pipeline.facts.vocabulary.times import TimeWords
from pipeline.facts.vocabulary.topics import TopicWords
from pipeline.language.function_words import ATTRIBUTIVE, EVERY, INSIDE, LOCATIVE, PART_OF, RELATIVE, WITHIN
from pipeline.language.lists import COORDINATORS, LIST_BETWEEN, LIST_MARK
from pipeline.language.patterns import HAN, NOTHING, any_of, begins_with
from pipeline.language.time_contexts import DURATION, LASTING, LASTING_ENDS
from pipeline.language.word_kinds import WordKinds
from pipeline.tables import Tables


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
    limits: LimitWords = field(default_factory=LimitWords)
    money: MoneyWords = field(default_factory=MoneyWords)
    parts: PartWords = field(default_factory=PartWords)
    places: PlaceWords = field(default_factory=PlaceWords)
    qualifiers: QualifierWords = field(default_factory=QualifierWords)
    times: TimeWords = field(default_factory=TimeWords)
    topics: TopicWords = field(default_factory=TopicWords)
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
    counted_ends: tuple[str, ...] = ()
    sectors: frozenset[str] = frozenset()
    said_alone: frozenset[str] = frozenset()
    causatives: frozenset[str] = frozenset()
    wholly: frozenset[str] = frozenset()
    striving: frozenset[str] = frozenset()
    kept_at: tuple[str, ...] = ()
    given_out: frozenset[str] = frozenset()
    for_all_items: frozenset[str] = frozenset()
    names_its_change: frozenset[str] = frozenset()
    handling: tuple[str, ...] = ()
    reaching: frozenset[str] = frozenset()
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
    kind_ends: tuple[str, ...] = ()
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
    speeds: tuple[str, ...] = ()
    all_in_one: re.Pattern[str] = NOTHING
    growth_nouns: frozenset[str] = frozenset()
    for_what: frozenset[str] = frozenset()
    possessing: frozenset[str] = frozenset()
    prices: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    gap_nouns: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    planned_works: frozenset[str] = frozenset()
    capacities: tuple[str, ...] = ()
    extents: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    yields: frozenset[str] = frozenset()
    parallel_ends: tuple[str, ...] = ()
    shared_measures: tuple[str, ...] = ()
    measures_of_products: frozenset[str] = frozenset()
    measures_in_any_unit: frozenset[str] = frozenset()
    arranging: frozenset[str] = frozenset()
    keeping: frozenset[str] = frozenset()
    growing: re.Pattern[str] = NOTHING
    funds_of_clause: tuple[str, ...] = ()
    attributes: frozenset[str] = frozenset()
    persons: tuple[str, ...] = ()
    reached_by: frozenset[str] = frozenset()
    thriving: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    account_entries: tuple[str, ...] = ()
    names_of_spans: tuple[str, ...] = ()
    plan_names: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    inner_times: tuple[str, ...] = ()
    listed_measures: tuple[str, ...] = ()
    sole_measures: tuple[str, ...] = ()
    determiners: frozenset[str] = frozenset()
    schooling_rates: frozenset[str] = frozenset()
    schooling: tuple[str, ...] = ()
    shared_starts: tuple[str, ...] = ()
    adding_up: tuple[str, ...] = ()
    faster: tuple[str, ...] = ()
    units_of_change: frozenset[str] = frozenset()
    only_when: frozenset[str] = frozenset()
    raised: frozenset[str] = frozenset()
    rate_suffix: tuple[str, ...] = ()
    rates_of_processes: tuple[str, ...] = ()
    count_suffixes: frozenset[str] = frozenset()
    act_nouns: frozenset[str] = frozenset()
    all_kinds: re.Pattern[str] = NOTHING
    beside_values: Mapping[str, str] = field(default_factory=dict)
    remark: re.Pattern[str] = NOTHING
    units_of_kinds: frozenset[str] = frozenset()
    go_on: tuple[str, ...] = ()
    paces: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    kinds_of_zones: frozenset[str] = frozenset()
    carried_on: tuple[str, ...] = ()
    told_of_others: tuple[str, ...] = ()
    aimed_growth: re.Pattern[str] = NOTHING
    share_nouns: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    falls: re.Pattern[str] = NOTHING
    reaches: tuple[str, ...] = ()
    end_nouns: frozenset[str] = frozenset()
    end_nouns_unlinked: frozenset[str] = frozenset()
    thing_ends: tuple[frozenset[str], ...] = ()
    named_sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def sets_by_start(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """城 -> (城乡, 城镇): the named sets with the members that begin with these characters."""
        found: dict[str, list[tuple[str, str]]] = {}
        for name, ones in self.named_sets.items():
            for one in ones:
                for size in range(len(one)):
                    found.setdefault(one[: size + 1], []).append((name, one))
        return found

    @classmethod
    def from_tables(cls, tables: Tables) -> Wording:
        """From the rows of the three tables and of `reference_values`, and the topics of `pipeline.facts.vocabulary`."""
        kinds = WordKinds(tables["indicator_words"])
        words, longest_first = kinds.words, kinds.longest
        remark = f"{kinds.of('remark_start')}[^（）()]*|{kinds.of('remark')}"
        named_sets = sorted(kinds.rows("named_set"), key=lambda row: -len(row["word"]))

        return cls(
            leaning_heads={row["head"]: row["topic"] for row in tables["leaning_heads"]},
            consequence_verbs=tuple(row["verb"] for row in tables["consequence_verbs"]),
            references=References.from_tables(tables),
            limits=LimitWords.from_tables(tables),
            money=MoneyWords.from_tables(tables),
            parts=PartWords.from_tables(tables),
            places=PlaceWords.from_tables(tables),
            qualifiers=QualifierWords.from_tables(tables),
            times=TimeWords.from_tables(tables),
            topics=TopicWords.from_tables(tables, kinds.of("person_unit")),
            measures=longest_first("measure"),
            grades=(*words("grade"), *words("degree")),
            degrees=kinds.set("degree"),
            aims=kinds.set("aim"),
            rates=words("rate"),
            averages=words("average"),
            denominators=words("denominator"),
            denominated=words("denominated"),
            having=kinds.set("having"),
            measure_heads=longest_first("measure_head"),
            shared_heads=longest_first("shared_head"),
            short_heads=longest_first("short_head"),
            shared_nouns=words("shared_noun"),
            rests=words("rest"),
            states=words("state"),
            extremes=kinds.set("extreme"),
            tails=longest_first("tail"),
            bodies=words("body"),
            counted_ends=words("counted_end"),
            sectors=kinds.set("sector"),
            said_alone=kinds.set("said_alone"),
            causatives=kinds.set("causative"),
            wholly=kinds.set("wholly"),
            striving=kinds.set("striving"),
            kept_at=words("kept_at"),
            given_out=kinds.set("given_out"),
            for_all_items=kinds.set("for_all_items"),
            names_its_change=kinds.set("names_its_change"),
            handling=longest_first("handling"),
            reaching=kinds.set("reaching"),
            upgrades=words("upgrade"),
            bettered=words("bettered"),
            of_object=kinds.set("of_object"),
            spent_on=kinds.set("spent_on"),
            against_itself=words("against_itself"),
            levels_of_government=words("level_of_government"),
            beside_us=words("beside_us"),
            kinds_of_places=kinds.set("kind_of_place"),
            each_alike=words("each_alike"),
            time_marks=words("time_mark"),
            passing_times=kinds.set("passing_time"),
            person_units=words("person_unit"),
            of_one_time=words("of_one_time"),
            summed_over=kinds.set("summed_over"),
            total_ends=words("total_end"),
            comparing=words("comparing"),
            yearly=kinds.set("yearly"),
            equal_to=kinds.set("equal_to"),
            completed=kinds.set("completed"),
            share_verbs=kinds.set("share_verb"),
            serving=words("serving"),
            modifier_ends=words("modifier_end"),
            kind_ends=words("kind_end"),
            beneficiary_marks=kinds.set("beneficiary_mark"),
            kinds_of_things=kinds.set("kind_of_thing"),
            worked_on=words("worked_on"),
            works=kinds.set("work"),
            among=words("among"),
            carried_out=kinds.set("carried_out"),
            within=words("within"),
            between=words("between"),
            named_by_limit=words("named_by_limit"),
            scored=words("scored"),
            speeds=words("speed"),
            all_in_one=re.compile(f"{kinds.of('gathers')}[^，]{{2,30}}?{kinds.of('into_one')}{ATTRIBUTIVE}"),
            growth_nouns=kinds.set("growth_noun"),
            for_what=kinds.set("for_what"),
            possessing=kinds.set("possessing"),
            prices=longest_first("price"),
            standings=longest_first("standing"),
            gap_nouns=longest_first("gap_noun"),
            schools=words("ends_in_middle"),
            programmes=words("programme"),
            planned_works=kinds.set("planned_work"),
            capacities=longest_first("capacity"),
            extents=words("extent"),
            facets=longest_first("facet"),
            yields=kinds.set("yield"),
            parallel_ends=words("parallel_end"),
            shared_measures=longest_first("shared_measure"),
            measures_of_products=kinds.set("measure_of_products"),
            measures_in_any_unit=kinds.set("measure_in_any_unit"),
            arranging=kinds.set("arranging"),
            keeping=kinds.set("keeping"),
            growing=re.compile(f"{kinds.of('pace_quality')}?{ATTRIBUTIVE}?{kinds.of('growth_noun', 'pace')}"),
            funds_of_clause=words("fund_of_clause"),
            attributes=kinds.set("attribute"),
            persons=words("person"),
            reached_by=kinds.set("reached_by"),
            thriving=longest_first("thriving"),
            firms=words("firm"),
            account_entries=longest_first("account_entry"),
            names_of_spans=words("name_of_span"),
            plan_names=words("plan_name"),
            payers=words("payer"),
            inner_times=words("inner_time"),
            listed_measures=words("listed_measure"),
            sole_measures=words("sole_measure"),
            determiners=kinds.set("determiner"),
            schooling_rates=kinds.set("schooling_rate"),
            schooling=longest_first("schooling"),
            shared_starts=words("shared_start"),
            adding_up=words("adding_up"),
            faster=words("faster"),
            units_of_change=kinds.set("unit_of_change"),
            only_when=kinds.set("only_when"),
            raised=kinds.set("raised"),
            rate_suffix=words("rate_suffix"),
            rates_of_processes=words("rate_of_process"),
            count_suffixes=kinds.set("count_suffix"),
            act_nouns=kinds.set("act_noun"),
            all_kinds=kinds.pattern("all_kinds"),
            beside_values={row["word"]: row["status"] for row in kinds.rows("beside_value")},
            remark=re.compile(f"[（(](?:{remark}|[^（）()]*\\d[^（）()]*|[^（）()、]{{3,}}、[^（）()]*(?=.$))[）)]"),
            units_of_kinds=kinds.set("unit_of_kinds"),
            go_on=words("goes_on"),
            paces=words("pace"),
            outputs=words("output"),
            kinds_of_zones=kinds.set("kind_of_zone"),
            carried_on=words("carried_on"),
            told_of_others=words("told_of_others"),
            aimed_growth=re.compile(f"{kinds.of('pace', 'growth_noun')}{ATTRIBUTIVE}?{kinds.of('aim_of_growth')}$"),
            share_nouns=words("share_noun"),
            about=words("about"),
            falls=kinds.pattern("falls"),
            reaches=words("reaches"),
            end_nouns=kinds.set("ends_noun"),
            end_nouns_unlinked=kinds.set("ends_noun_unlinked"),
            thing_ends=tuple(map(kinds.set, ("illness_end", "person_end", "body_end"))),
            named_sets={row["word"]: tuple(row["members"].split(LIST_MARK)) for row in named_sets},
        )

    @cached_property
    def front_of_list(self) -> re.Pattern[str]:
        """What only the first of several subjects says for all: 财政用于教育、卫生的支出, 每万元产值的能源和电力消耗."""
        per = f"{EVERY}[^{LIST_MARK}{ATTRIBUTIVE}]{{2,10}}{ATTRIBUTIVE}(?=..)"
        return re.compile(f"[^{LIST_MARK}]{{2,10}}{self.money.for_what}(?=..)|{per}" if self.money.for_what else per)

    @cached_property
    def no_object_starts(self) -> tuple[str, ...]:
        """What behind a verb begins no object of it: 上报的, 签约率, 建成、."""
        return (ATTRIBUTIVE, *self.rate_suffix, *LIST_BETWEEN)

    @cached_property
    def nouns_or_plans(self) -> frozenset[str]:
        """Words of how something is done in which a noun may end: 改革试点, 培训计划."""
        return self.end_nouns | self.end_nouns_unlinked

    @cached_property
    def in_whole(self) -> re.Pattern[str]:
        """What something is a share of: 在生产总值中的比重, 在户主中所占比例."""
        link = f"(?:{RELATIVE}?{PART_OF}|{ATTRIBUTIVE})?"
        return re.compile(f"{LOCATIVE}[^，{LOCATIVE}]{{2,14}}[{INSIDE}{WITHIN}]{link}(?:{any_of(self.share_nouns)})$")

    @cached_property
    def rate_before_colon(self) -> re.Pattern[str]:
        """A rate at the head of a sentence that holds for all items behind its colon."""
        return re.compile(f"({HAN}{{2,12}}(?:{any_of(self.rates)}))[：:]")

    @cached_property
    def measure_before_colon(self) -> re.Pattern[str]:
        """What is measured of each item behind a colon: 主要花材产量都有增长：."""
        return re.compile(f"[^：:]*?(?P<measure>{any_of(self.listed_measures)})[^，：:]{{0,14}}[：:]")

    @cached_property
    def opens_with_measure(self) -> re.Pattern[str]:
        """A sentence that begins with what is measured and does not say of what: 全年产量达到9万吨."""
        times = any_of(self.inner_times)
        return re.compile(f"\\W*(?:{times}|\\d{{4}}{HAN})?(?:{any_of(self.sole_measures)})")

    @cached_property
    def opens_with_funds(self) -> re.Pattern[str]:
        """A sentence that begins with money that does not say what it is for: 共下达补助资金3亿元."""
        funds = sorted((head for head, kind in self.leaning_heads.items() if kind == "clause"), key=len, reverse=True)
        named = any_of(tuple(head for head in funds if head.endswith(self.money.funds)) or ("",))
        return re.compile(f"\\W*(?:{any_of(self.inner_times)})?{HAN}{{0,4}}?(?:{named})[^，、]{{0,4}}?\\d")

    @cached_property
    def person_nouns(self) -> re.Pattern[str]:
        """Nouns of persons, one or a list of them: 医务人员、公安干警."""
        noun = f"[^，、{ATTRIBUTIVE}]*?(?:{any_of(self.persons)})+"
        return re.compile(f"{noun}(?:(?:{any_of((LIST_MARK, *COORDINATORS))}){noun})*")

    @cached_property
    def firms_account(self) -> re.Pattern[str]:
        """Firms and an entry of their account: 大型花卉企业实现利润."""
        firms, entries = any_of(self.firms), any_of(self.account_entries)
        return re.compile(f"(?P<firms>[^，、]{{2,14}}?(?:{firms}))(?:{entries})")

    @cached_property
    def span(self) -> re.Pattern[str]:
        """How long something took, before what was done: 五年 of 五年新增就业, but not of 五年行动方案."""
        names, plans = any_of(self.names_of_spans), any_of(self.plan_names)
        return re.compile(f"{DURATION.pattern}(?!{names}|[^，、]{{0,8}}(?:{plans}))") if names else DURATION

    @cached_property
    def span_of_payer(self) -> re.Pattern[str]:
        """How long one pays, right behind who does: 中央财政五年支出."""
        payers = "|".join(f"(?<={re.escape(payer)})" for payer in self.payers)
        tails = any_of(self.tails)
        return re.compile(f"(?:{payers})[^，]{{0,2}}?{DURATION.pattern}(?:{tails})?")

    def without_span(self, phrase: str) -> str:
        """`phrase` without how long the payer in it pays, and when what it names was done.

        >>> wording = Wording(payers=("财政",), tails=("累计",), inner_times=("去年",))
        >>> wording.without_span("市财政连续三年累计投入"), wording.without_span("经营主体去年纳税")
        ('市财政投入', '经营主体纳税')
        """
        if self.payers and DURATION.search(phrase):
            phrase = self.span_of_payer.sub("", phrase)
        when = self._inner_time.search(phrase) if self.inner_times else None
        if when is None or DURATION.search(phrase, max(0, when.start() - 2), when.end()):
            # 四年内产量
            return phrase
        return phrase[: when.start()] + phrase[when.end() :]

    @cached_property
    def _inner_time(self) -> re.Pattern[str]:
        return re.compile(rf"{begins_with(self.inner_times)}(?<=[\w”]{{2}})(?:{any_of(self.inner_times)})(?=\w{{2}})")

    @cached_property
    def modifier_starts(self) -> frozenset[str]:
        """The first characters of the modifiers among the leaning heads: 年均, 群众."""
        return frozenset(modifier[0] for modifier in self.heads_on("modifier"))

    def heads_on(self, topic: str) -> tuple[str, ...]:
        """The leaning heads of which the table says this topic, in its order."""
        return self._heads_by_topic.get(topic, ())

    @cached_property
    def _heads_by_topic(self) -> dict[str, tuple[str, ...]]:
        heads = self.leaning_heads
        return {topic: tuple(head for head in heads if heads[head] == topic) for topic in set(heads.values())}

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
            lasting = LASTING.search(phrase) if not tail and phrase[-1] in LASTING_ENDS else None
            if not tail and lasting is None:
                break
            phrase = phrase[: lasting.start() if lasting else -len(tail)]
        return phrase
