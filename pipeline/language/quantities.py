"""Where a text has a number with its unit, and what the two say (数量): the extractor's first step.

A quantity is found by its form alone; whether it is a fact of the report is decided later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from pipeline.language.numerals import (
    CAPITALS,
    DIGITS,
    NUMERAL_CHARACTERS,
    SCALE,
    arabic,
    chinese,
    from_capitals,
    magnitude,
    mixed,
    rough_pair,
)
from pipeline.tables import Tables

DIGIT = "".join(DIGITS)
CAPITAL = "".join(CAPITALS)
ARABIC = (
    r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d++)?(?![\d,])|\d{1,3}(?:，\d{3}){1,5}(?![\d，.])(?=[\u4e00-\u9fff])"
    r"|(?<=[\u4e00-\u9fff])[1-9]\d{0,2}(?: \d{3}){1,5}(?![\d.])(?=[\u4e00-\u9fff])|\d++(?:\.\d++)?"
)
# 三分之一一类卫生院: one digit, or one on each side of 十 or 百.
PART = rf"[{DIGIT}]?[十百](?:零?[{DIGIT}]十?[{DIGIT}]?)?|[{DIGIT}]|\d++"
ABOUT = "数几上好成"
# Where a numeral may be; the class comes first, so that the search for it is one scan. Of single characters only digits,
# and Chinese ones before a unit or a range, can become a quantity: most (统一, 上级, 完成) are parts of words.
RUN = r"[\d{all}壹贰叁肆伍陆柒捌玖](?:(?<=\d)|(?=[\d{all}拾佰仟])|(?<![{about}])(?=[\s{goes_on}]))[\d{all}]*+"
NUMERAL = re.compile(
    # Most numerals: no scale, fraction or group of thousands can follow.
    r"(?<![\d.])(?P<plain>\d++(?:\.\d++)?)(?![\d.,，/ \u3000十百千万亿多余几分])"
    rf"|(?P<per>百分之|千分之|万分之)(?P<per_value>{ARABIC}|[{DIGIT}{SCALE}]++(?:点[{DIGIT}]++)?)(?:[到至—](?P<per_max>\d++(?:\.\d++)?|[{DIGIT}{SCALE}]++(?:点[{DIGIT}]++)?)(?!\d|分之|[%％年月]))?"
    rf"|(?<![{DIGIT}{SCALE}\d.])(?P<denominator>{PART})分之(?P<numerator>{PART})"
    r"|(?<![\d./年月])(?P<part>[1-9]\d?)/(?P<whole>[2-9]|1[0-9]|100)(?=以[下上]|左右|强|弱|的|[，。；、）)\n]|$)"
    rf"|(?<![\d.])(?P<mixed>\d++(?:\.\d++)?[百千万亿]++(?:零?\d{{1,4}}[百千万亿]++)*(?:零?\d{{1,4}}(?:[百万亿]++|千(?![瓦米克卡升伏])|[多余几]万)|零\d{{1,4}}(?![\d.]))(?:[多余几]?[万亿]++)?)"
    rf"|(?<![\d.])(?P<arabic>{ARABIC})(?P<over>[多余几](?=[十百千万亿]))?(?:[ \u3000](?=(?:[百千]?[万亿]|万亿)[多余]?(?P<blank>[\u4e00-\u9fff])))?(?P<scale>[{SCALE}]*+)(?:(?<=[十百千万])[多余](?P<beyond>万?亿|(?<!万.)万))?"
    rf"|(?P<capital>[壹贰叁肆伍陆柒捌玖](?:[拾佰仟](?:[{CAPITAL}])*[万亿]*|[万亿]+(?=[元圆])))"
    rf"|(?<![{DIGIT}{SCALE}点])(?P<few>(?:[数几上]|(?<![\u4e00-\u9fff])(?:好|成(?!十)))(?=[{SCALE}]))?(?P<chinese>[{DIGIT}{SCALE}]++(?:点[{DIGIT}]++[{SCALE}]*+)?)(?:(?P<more>[多余几])(?P<more_scale>[万亿]++))?"
)
RANGE_MARK = re.compile(r"\s?(?:[-－–—―~～]{1,2}|至|到)\s?")
# What may stand between a numeral and its unit, its decimals, a second value or a denominator, besides white space.
GOES_ON = "多余点分/-－–—―~～至到"
DENOMINATOR_SCALE = re.compile(rf"/(?P<scale>(?:10{{0,2}}(?=[万千亿]))?[{SCALE}]*+)")
LONGEST_RANGE_MARK = 4
LIST_MARKS = ("、", "和", "及", "与", "以及")
STARTS = ("由", "从")
STEP = re.compile("[\u4e00-\u9fff]{0,4}[到至为]")
PER_UNITS = {"百分之": "%", "千分之": "‰", "万分之": "‱"}
# Before a bare magnitude these make it a number: 过百亿, 近千.
ROUNDS = frozenset("超过破近逾约达到")
LINKS = ("为", "有", "达", "了")
MINUTES = ("分", "分钟")
SECONDS = re.compile(r"(\d{1,2})秒")
PER_VOLUME = re.compile("每(?P<unit>立方米|升)$")
PER_VOLUME_BEHIND = re.compile("每(?P<unit>立方米|升)")
LONGEST_PER = 4
# 3.5个亿, 2个多亿
GREAT = re.compile("个(?P<more>[多余])?(?P<scale>亿)(?![级元])")
# The tenths and hundredths of a 元.
CHANGE = re.compile(
    rf"(?P<tenths>[0-9{DIGIT}])[角毛](?![梅形洲债地度落色])(?:零?(?P<hundredths>[0-9{DIGIT}])分(?![别类级之期享布批离工]))?|零?(?P<only>[0-9{DIGIT}])分(?![别类级之期享布批离工])"
)
MORE = frozenset("多余几")
# What may stand before the unit: 20多个, 3 个, 5个半小时, 2个亿.
BEFORE_UNIT = MORE | frozenset(" 个")
PLUS = "+＋"
SIGNS = PLUS + "-－−–"
CURRENCY = "￥¥"
PREFIXES = SIGNS + CURRENCY + "负"
# What may stand before a minus that is no dash: linking verbs, heads of balances, rates and temperatures.
BELOW_ZERO = frozenset("为是约达至长加减入出额值量余润数率温差亏，：；（( ")
# 减负, 自负 and 肩负 are words.
BEFORE_NEGATIVE = frozenset("为是约达至率额润温值，：；（( ")
SIGNED = frozenset(["share", "points", "ratio"])
BRACKETS_AND_SLASHES = frozenset("（(/·／")
# What may make another quantity of a unit: 元/人, 台（套）, 2年半; the units that parts may follow: 20元5角, 九成八, 10分30秒.
MAKES_ANOTHER = BRACKETS_AND_SLASHES | {"半"}
HAS_PARTS = frozenset(["元", "成", *MINUTES])
# Longer runs of digits are codes.
LONGEST_NUMERAL = 20
HALF = Decimal("0.5")
SIX_PLACES = Decimal("0.000001")
UNIT_STARTS_WITH_SCALE = "千百"


class Unit(NamedTuple):
    """A measure word or unit of the table `units`; `not_before` are characters that make a longer word of it."""

    text: str
    canonical: str
    unit_class: str
    not_before: str


class Cue(NamedTuple):
    """A comparator of the table `comparators`: `not_after` and `not_before` are characters that make another word of it (节约, 多功能); with `unit_classes`, only behind a unit of these."""

    comparator: str
    not_after: str
    not_before: str
    unit_classes: frozenset[str]


class Quantity(NamedTuple):
    """text[start:end] is a number with its unit; `lead` and `tail` take in the comparators around it.

    `number_end` is where the numeral ends; `script` is "arabic", "chinese" or "share" (百分之三).
    """

    lead: int
    start: int
    number_end: int
    end: int
    tail: int
    value: Decimal
    value_max: Decimal | None
    unit: str
    unit_class: str
    comparator: str
    script: str

    def shifted(self, by: int) -> Quantity:
        """The same quantity in another text, that holds this one or is a part of it: all positions `by` further on."""
        return Quantity(
            self.lead + by,
            self.start + by,
            self.number_end + by,
            self.end + by,
            self.tail + by,
            *self[5:],
        )


class QuantityReader:
    """Finds quantities; compiled once from the tables `units` and `comparators`."""

    def __init__(self, units: dict[str, Unit], before: dict[str, Cue], after: dict[str, Cue]) -> None:
        self._units = units
        self._unit_lengths = _lengths(units, 0)
        goes_on = re.escape(GOES_ON + "".join(sorted(self._unit_lengths)))
        self._run = re.compile(RUN.format(all=DIGIT + SCALE + ABOUT, about=ABOUT, goes_on=goes_on))
        self._before = before
        self._before_lengths = _lengths(before, -1)
        self._after = after
        self._after_lengths = _lengths(after, 0)

    @classmethod
    def from_tables(cls, tables: Tables) -> QuantityReader:
        """From the rows of `units` and `comparators`."""
        units = {
            row["unit"]: Unit(row["unit"], row["canonical_unit"], row["unit_class"], row["not_before"])
            for row in tables["units"]
        }
        sides: dict[str, dict[str, Cue]] = {"before": {}, "after": {}}
        for row in (row for row in tables["comparators"] if row["side"] in sides):
            unit_classes = frozenset(row["unit_classes"].split())
            sides[row["side"]][row["cue"]] = Cue(row["comparator"], row["not_after"], row["not_before"], unit_classes)
        return cls(units, sides["before"], sides["after"])

    def find(self, text: str, hidden: Sequence[tuple[int, int]] = ()) -> Iterator[Quantity]:
        """The quantities of `text` in order, ranges as one; the unit that only the last of a list has holds for all.

        `hidden` are parts of the text, sorted and disjoint, in which a number is none: times, names.
        """
        listed: list[Quantity] = []
        for quantity in self._ranges(text, hidden):
            if listed and not _go_on(text, listed[-1], quantity):
                yield from listed
                listed = []
            if _lacks_unit(text, quantity):
                listed.append(quantity)
                continue
            for earlier in listed:
                shares = earlier.unit_class == "bare" or quantity.unit.endswith("百分点")
                yield earlier._replace(unit=quantity.unit, unit_class=quantity.unit_class) if shares else earlier
            listed = []
            yield quantity
        yield from listed

    def _ranges(self, text: str, hidden: Sequence[tuple[int, int]]) -> Iterator[Quantity]:
        taken = 0
        pending: Quantity | None = None
        for match in _numerals(text, self._run, hidden):
            if match.start() < taken:
                continue
            found = self._read(text, match)
            if found is None:
                continue
            taken = found.end
            if pending is not None:
                joined = _range(text, pending, found) if found.start - pending.end <= LONGEST_RANGE_MARK else None
                if joined:
                    pending = joined
                    continue
                if pending.unit_class != "none":
                    yield self._compared(text, pending)
            pending = found
        if pending is not None and pending.unit_class != "none":
            yield self._compared(text, pending)

    def _read(self, text: str, match: re.Match[str]) -> Quantity | None:
        start, end = match.span()
        if end - start > LONGEST_NUMERAL:
            return None
        if plain := match["plain"]:
            found = self._with_unit(text, start, end, arabic(plain), None, "=", "arabic", "")
            return _signed(text, found) if start and text[start - 1] in PREFIXES else found
        joined, digits, over, scale, blank, beyond = match.group("mixed", "arabic", "over", "scale", "blank", "beyond")
        if digits:
            if blank and not self._unit_at(text, end + (text[end : end + 1] in MORE)):
                end, scale = match.end("arabic"), ""
            value = arabic(digits) * magnitude(scale) if scale else arabic(digits)
            if beyond:
                # 3万多亿元
                value, over, scale = value * magnitude(beyond), "多", beyond
            found = self._with_unit(text, start, end, value, None, ">" if over else "=", "arabic", scale)
            return _signed(text, found) if start and text[start - 1] in PREFIXES else found
        if joined:
            comparator = ">" if any(more in joined for more in MORE) else "="
            return self._with_unit(text, start, end, mixed(joined), None, comparator, "arabic", "")
        if per := match["per"]:
            value, value_max = _spoken(match["per_value"]), _spoken(match["per_max"]) if match["per_max"] else None
            return Quantity(start, start, end, end, end, value, value_max, PER_UNITS[per], "share", "=", "share")
        if match["denominator"] or match["part"]:
            return _fraction(match)
        if match["capital"]:
            return self._with_unit(text, start, end, chinese(from_capitals(match["capital"])), None, "=", "chinese", "")
        few, numeral, more, more_scale = match["few"], match["chinese"], match["more"], match["more_scale"]
        if numeral[0] == "○":
            # A bullet.
            return None
        if (
            len(numeral) > 1
            and numeral[-1] in UNIT_STARTS_WITH_SCALE
            and numeral[-2] in SCALE
            and self._longer_unit(text, end - 1)
        ):
            # 九百万千瓦: no numeral goes on with 千 behind another magnitude.
            numeral, end = numeral[:-1], end - 1
        approximate = rough_pair(numeral) if len(numeral) > 1 else None
        if approximate:
            return self._with_unit(text, start, end, approximate[0], approximate[1], "=", "chinese", "")
        rounded = few or text[end : end + 1] in ("余", "多") or text[start - 1 : start] in ROUNDS
        if not rounded and numeral[0] in SCALE[1:] and (unit := self._unit_at(text, end)):
            # 千名左右医师
            rounded = text.startswith("左右", end + len(unit.text))
        if numeral[0] in SCALE[1:] and not rounded:
            return None
        # 六亿三千多万: what goes on behind 多 is of the last part alone.
        value = chinese(numeral + (more_scale or ""))
        comparator = ">" if more else "="
        if few:
            comparator = ">=" if few == "上" else ">"
        return self._with_unit(text, start, end, value, None, comparator, "chinese", "")

    def _with_unit(
        self,
        text: str,
        start: int,
        number_end: int,
        value: Decimal,
        value_max: Decimal | None,
        comparator: str,
        script: str,
        scale: str,
    ) -> Quantity | None:
        at = number_end
        great: re.Match[str] | None = None
        if text[at : at + 1] in BEFORE_UNIT:
            if text[at] in MORE:
                comparator, at = ">", at + 1
            while text[at : at + 1] == " " and at - number_end < 3:
                at += 1
            if text.startswith("个半", at) and self._unit_at(text, at + 2):
                value, at = value + HALF, at + 2
            great = GREAT.match(text, at)
        if great:
            # 3.5个亿: money unless another unit follows.
            value, comparator, at = value * magnitude(great["scale"]), ">" if great["more"] else comparator, great.end()
            if self._unit_at(text, at) is None:
                return Quantity(start, start, number_end, at, at, value, value_max, "元", "money", comparator, script)
        unit = self._unit_at(text, at)
        if scale and scale[-1] in UNIT_STARTS_WITH_SCALE and number_end == at:
            longer = self._longer_unit(text, at - 1)
            if longer:
                unit, at = longer, at - 1
                number_end, value = at, value / magnitude(scale[-1])
        per = DENOMINATOR_SCALE.match(text, at) if unit is None else None
        if per and per["scale"]:
            name = f"1/{per['scale'].replace('十万', '10万')}"
            return Quantity(
                start, start, number_end, per.end(), per.end(), value, value_max, name, "share", comparator, script
            )
        if unit is None:
            return Quantity(
                start,
                start,
                number_end,
                at,
                at,
                value,
                value_max,
                "",
                "bare" if scale or script == "arabic" or self._is_great(text, start, number_end) else "none",
                comparator,
                script,
            )
        end = at + len(unit.text)
        name, unit_class = unit.canonical, unit.unit_class
        behind = text[end : end + 1]
        if behind not in MAKES_ANOTHER and name not in HAS_PARTS and unit_class != "mass":
            return Quantity(start, start, number_end, end, end, value, value_max, name, unit_class, comparator, script)
        tenths = DIGITS.get(behind) if name == "成" else None
        if tenths and text[end + 1 : end + 2] not in NUMERAL_CHARACTERS and not self._unit_at(text, end + 1):
            # 九成八 is 9.8 tenths.
            value, end = value + Decimal(tenths) / 10, end + 1
        if behind in BRACKETS_AND_SLASHES:
            name, end = self._compound(text, at, end, name)
        per_volume = PER_VOLUME.search(text, max(0, start - LONGEST_PER), start) if unit_class == "mass" else None
        if per_volume:
            # 平均浓度为每立方米31微克
            name, lead = f"{name}/{per_volume['unit']}", per_volume.start()
            return Quantity(
                lead, start, number_end, end, end, value, value_max, name, "ratio_of_mass", comparator, script
            )
        behind_it = PER_VOLUME_BEHIND.match(text, end) if unit_class == "mass" else None
        if behind_it:
            # 31微克每立方米
            name, end = f"{name}/{behind_it['unit']}", behind_it.end()
            return Quantity(
                start, start, number_end, end, end, value, value_max, name, "ratio_of_mass", comparator, script
            )
        change = CHANGE.match(text, end) if name == "元" else None
        if change:
            # 20元5角, 十元三角八分
            value, end = value + _cents(change), change.end()
        elif name == "元" and text[end : end + 1] == "整":
            end += 1
        seconds = SECONDS.match(text, end) if name in MINUTES else None
        if seconds:
            # 10分30秒 is one duration, in seconds.
            name, unit_class, end = "秒", "time", seconds.end()
            value = value * 60 + Decimal(seconds[1])
        if text[end : end + 1] == "半" and (unit_class in ("time", "ratio") or name == "成"):
            value, end = value + HALF, end + 1
        return Quantity(start, start, number_end, end, end, value, value_max, name, unit_class, comparator, script)

    def _longer_unit(self, text: str, at: int) -> Unit | None:
        """The unit of more than one character that stands at `at`: 千瓦, 百分点."""
        unit = self._unit_at(text, at)
        return unit if unit is not None and len(unit.text) > 1 else None

    def _is_great(self, text: str, start: int, end: int) -> bool:
        """近三百万群众: a Chinese numeral of ten thousands, rounded by a word, counts without a measure word."""
        return end - start > 1 and text[end - 1] in "万亿" and text[start - 1 : start] in ROUNDS

    def _compound(self, text: str, start: int, end: int, name: str) -> tuple[str, int]:
        """The unit text[start:end] with what makes another of it (元/人, 张/千人, 台（套）), and where it ends."""
        if text[end] in "（(":
            # 台（套）, 头（只、匹）
            inner = end + 1
            while other := self._unit_at(text, inner):
                inner += len(other.text)
                if text[inner : inner + 1] in ("）", ")"):
                    name, end = text[start : inner + 1], inner + 1
                    break
                if text[inner : inner + 1] != "、":
                    break
                inner += 1
        while text[end : end + 1] in ("/", "·", "／"):
            scale = DENOMINATOR_SCALE.match(text, end)
            below = scale.end() if scale else end + 1
            denominator = self._unit_at(text, below)
            if denominator:
                below += len(denominator.text)
            elif not (scale and scale["scale"]):
                break
            name += text[end:below]
            end = below
        return name, end

    def _unit_at(self, text: str, at: int) -> Unit | None:
        for length in self._unit_lengths.get(text[at : at + 1], ()):
            unit = self._units.get(text[at : at + length])
            if unit is not None and len(unit.text) == length:
                following = text[at + length : at + length + 1]
                if following and following in unit.not_before:
                    continue
                if unit.text[-1].isascii() and unit.text[-1].isalpha() and following.isascii() and following.isalnum():
                    continue
                return unit
        return None

    def _compared(self, text: str, quantity: Quantity) -> Quantity:
        """`quantity`, which takes in the comparators that stand before and behind it."""
        _, start, _, end, tail, _, _, _, unit_class, comparator, _ = quantity
        lead = start
        gap = unit_class in ("points", "ratio")
        while True:
            cue = self._cue_before(text, lead, gap)
            # 至少有1家, 约为52%: a linking verb may stand between.
            if not cue and lead == start and text[lead - 1 : lead] in LINKS:
                cue = self._cue_before(text, lead - 1, gap)
                lead -= 1 if cue else 0
            if not cue:
                break
            if comparator == "=":
                comparator = self._before[cue].comparator
            lead -= len(cue)
        while text[tail : tail + 1] == " " and tail - end < 2:
            tail += 1
        for length in self._after_lengths.get(text[tail : tail + 1], ()):
            behind = self._after.get(text[tail : tail + length])
            if behind is not None and _may_follow(text, behind, tail + length, unit_class):
                return quantity._replace(lead=lead, tail=tail + length, comparator=behind.comparator)
        return quantity if lead == start else quantity._replace(lead=lead, comparator=comparator)

    def _cue_before(self, text: str, end: int, gap: bool) -> str:
        for length in self._before_lengths.get(text[end - 1 : end], ()):
            cue = text[end - length : end] if end >= length else ""
            if cue in self._before:
                preceding = text[end - length - 1 : end - length] if end > length else ""
                is_word = preceding != "" and preceding in self._before[cue].not_after
                return "" if is_word or (gap and cue in GAP_CUES) else cue
        return ""


# Before a gap in points or times these are the change itself: 高于全省, 低于.
GAP_CUES = frozenset(["高于", "低于", "多于", "少于", "大于", "小于"])


def _lengths(words: Iterable[str], position: int) -> dict[str, list[int]]:
    """First (position 0) or last (-1) character -> the lengths of the words that have it, longest first."""
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[position], set()).add(len(word))
    return {character: sorted(sizes, reverse=True) for character, sizes in lengths.items()}


def _numerals(text: str, runs: re.Pattern[str], hidden: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The numerals of `text` that are not hidden; each run of their characters is looked at once."""
    parts = iter([*hidden, (len(text), len(text))])
    first, last = next(parts)
    for run in runs.finditer(text):
        at, end = run.span()
        while last <= at:
            first, last = next(parts)
        if first <= at and end <= last:
            continue
        while at < end:
            match = NUMERAL.match(text, at)
            if match:
                yield match
            at = match.end() if match else at + 1


def _signed(text: str, quantity: Quantity | None) -> Quantity | None:
    """The quantity with the sign before it; a dash behind a number or a time is none.

    增速分别为-3.6%和1.9%, 门诊1.2万人次（＋4.3%）, 收支结余为-1.2亿元, 利润率为负3.5%, 捐款￥300
    """
    if quantity is None:
        return None
    sign, before = text[quantity.start - 1], text[quantity.start - 2 : quantity.start - 1]
    if sign in CURRENCY:
        money = quantity._replace(unit="元", unit_class="money") if quantity.unit_class == "bare" else quantity
        return money._replace(lead=money.start - 1, start=money.start - 1)
    if sign == "负":
        return _with_sign("-", quantity) if not before or before in BEFORE_NEGATIVE else quantity
    if quantity.unit_class not in SIGNED:
        return _with_sign(sign, quantity) if sign not in PLUS and before in BELOW_ZERO and before else quantity
    if not before or before.isascii() or before in "％年月日至到" or before in SIGNS + NUMERAL_CHARACTERS:
        return quantity if before not in ("(", ",", " ") else _with_sign(sign, quantity)
    return _with_sign(sign, quantity)


def _with_sign(sign: str, quantity: Quantity) -> Quantity:
    start, value = quantity.start - 1, quantity.value
    return quantity._replace(lead=start, start=start, value=value if sign in PLUS else -value)


def _go_on(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether the two are of a list (9.8和7.5个百分点) or the steps of a change (由32降至27微克)."""
    between = text[first.tail : second.lead]
    return between in LIST_MARKS or (
        text[first.lead - 1 : first.lead] in STARTS and STEP.fullmatch(between) is not None
    )


def _lacks_unit(text: str, quantity: Quantity) -> bool:
    """Whether the unit may stand only behind a later number of its list: 9.8和7.5个百分点, 2个、1.5个百分点."""
    if quantity.script != "arabic" or quantity.tail > quantity.end:
        return False
    before = text[quantity.start - 1 : quantity.start]
    return quantity.unit == "个" or (quantity.unit_class == "bare" and not (before.isascii() and before.isalnum()))


def _may_follow(text: str, cue: Cue, after: int, unit_class: str) -> bool:
    """Whether `cue`, which ends before text[after], says something of a unit of `unit_class`: 20公里多, not 20个多功能厅."""
    following = text[after : after + 1]
    is_word = following != "" and following in cue.not_before
    return not is_word and (not cue.unit_classes or unit_class in cue.unit_classes)


def _cents(change: re.Match[str]) -> Decimal:
    tenths, hundredths = change["tenths"] or "0", change["hundredths"] or change["only"] or "0"
    return _spoken(tenths) / 10 + _spoken(hundredths) / 100


def _spoken(numeral: str) -> Decimal:
    return arabic(numeral) if numeral[0].isascii() else chinese(numeral)


def _fraction(match: re.Match[str]) -> Quantity | None:
    """三分之二, 1/4."""
    part, whole = _spoken(match["numerator"] or match["part"]), _spoken(match["denominator"] or match["whole"])
    if not part or not whole or (match["part"] and part >= whole):
        return None
    start, end = match.span()
    value = (part / whole).quantize(SIX_PLACES)
    return Quantity(start, start, end, end, end, value, None, "", "fraction", "=", "chinese")


def _range(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    """The two as one range (2-3个, 4.5%—5%, 5至10年), or None."""
    mark = RANGE_MARK.match(text, first.end)
    if not mark or mark.end() != second.start or first.value_max is not None or second.unit_class == "none":
        return None
    spoken = mark[0].strip() in ("至", "到")
    if spoken and text[first.start - 1 : first.start] in ("从", "由", "自"):
        return None
    if first.unit_class not in ("bare", "none") and first.unit != second.unit:
        return None
    low, high = first.value, second.value
    if first.unit_class in ("bare", "none") and first.number_end - first.start <= 4 and second.value >= 10**4 > low:
        scaled = low * _scale_of(text, second)
        low = scaled if scaled <= high else low
    if low > high:
        return None
    return second._replace(lead=first.start, start=first.start, value=low, value_max=high)


def _scale_of(text: str, quantity: Quantity) -> Decimal:
    characters = text[quantity.start : quantity.number_end]
    return magnitude(characters[len(characters.rstrip(SCALE)) :])
