"""Numbers that are no facts: dates, ordinals, names, slogans, document numbers (排除)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from pipeline.language.number_words import NumberWords
from pipeline.language.quantities import Quantity
from pipeline.language.times import Time, find_times
from pipeline.tables import Tables

# What looks like a time or a ratio and is no quantity: a document number, a time of day or ratio, a decade, the years before.
NO_QUANTITY = re.compile(
    r"[0-9前](?<![0-9.][0-9])(?:"
    r"(?<=[12])[0-9]{3}[〕\]］)）]\s?[0-9]{1,4}号"
    r"|(?<=[0-9])[0-9]{0,3}(?:\.[0-9]{1,3})?[:：∶][0-9]{1,4}(?:\.[0-9]{1,3})?(?:[:：∶][0-9]{1,4}(?:\.[0-9]{1,3})?)?(?=[^0-9亿万])"
    r"|(?<=[0-9])(?<![0-9][0-9])[0-9]年代"
    r"|(?<=前)[一二三四五六七八九十0-9]{1,3}个?[月年])"
)
NAME = re.compile(r"《[^》\n]{1,80}》|“[^”\n]{1,40}”|「[^」\n]{1,40}」|‘[^’\n]{1,40}’|\"[^\"\n]{1,30}\"")
# In the patterns below a set of all first characters stands first, what must stand before it behind it: a search is one scan then.
# 市三院, 区二小, 北医三院: the number of an institution, which its town names. 支七街, 经十路: roads are numbered so, and counted with 条.
NUMBERED = re.compile(
    "[市县区省州旗医一二三四五六七八九十](?:"
    "(?<=[市县区省州旗医])[一二三四五六七八九十]{1,2}(?=院|中(?![心医西])|小(?!区)|幼|医|附)"
    "|(?<=[\u4e00-\u9fff、][二三四五六七八九十])(?=院(?![士校]))"
    "|(?<=[\u4e00-\u9fff][一二三四五六七八九十])(?<![等共第这].)[一二三四五六七八九十]{0,2}[路街](?![网口面]))"
)
# 12345市长热线, 12320卫生热线: a number to call.
CALLED = ("热线", "专线", "举报电话", "服务平台")
HOTLINE = re.compile(
    f"(?:12[0-9]{{3}}|96[0-9]{{3,4}}|11[0-9]|12[0-2])(?![件次个起人条项宗户])(?=[\u4e00-\u9fff“”·]{{0,8}}(?:{'|'.join(CALLED)}))"
)
# 2.3本年度新建: the number of a section, glued to what follows; with more of its kind in the text it may stand before any word.
# 8.6个专项 at the head of a line is the eighth of a list: there is no 0.6 of a thing that is counted.
SECTION_NUMBER = re.compile(
    r"[0-9](?:(?<![^\n].)[0-9]?\.[0-9]{1,3}(?=[个项家条类所批场名大])"
    r"|(?<![^\u4e00-\u9fff%。；\s][0-9])[0-9]?(?:\.[0-9]{1,2}){1,2}(?=本年|今年|上年|去年|全年|年度|截至|截止|20[0-9]{2}年|[一二三四]季度|[上下]半年|[（(]?[一二三四五六七八九十]+[、是]))"
)
# What portals print around a report: 0人参与 0条评论, 已获得0个赞, the title of a collection (工作总结 3篇), a table of contents in one line.
# A line begins behind a line end, which a search finds fastest.
FURNITURE = re.compile(
    r"(?m)\n(?:[^。；\n]{0,40}?\d+\s?人参与[\s|｜,，]*\d+\s?条评论.*$"
    r"|[^\S\n]*(?:已获得|已有|共有|累计)?[^\S\n]*\d+[^\S\n]*(?:个赞|人(?:点赞|喜欢|收藏|评论|阅读|浏览|关注|推荐|觉得)|次(?:阅读|浏览|点击|播放)|条(?:评论|回复|跟帖)|人次?(?:浏览|阅读))[^\n。，；]{0,6}$"
    r"|[^，。；：！？\d\n]{2,24}[^\S\n]+\d{1,3}\s?篇[^\S\n]*$"
    r"|[^\S\n]*目[^\S\n]*录[^\S\n：:]+[^。\n]*?[^\S\n]\d{1,3}(?:[^\S\n][^。\n]*)?$)"
)
# 简报三期, 演练两次: small Chinese numerals of these count where their thing stands before them and the clause ends.
TOLD = frozenset("次期场批轮")
ENDS_CLAUSE = frozenset("，,。；;！\n）)、")
# Phases of a work are named 一期, 二期, counted 两期.
PHASES = frozenset("一二")
# Units that tell the size of a village or a firm; areas that an average is taken over.
SIZES = frozenset("户人名张亩头只")
AREAS = frozenset("省市县区州国")
AVERAGED = ("平均", "的平均", "均值")
# 第3, 每2, 前5
ORDERED = frozenset("第每前")
# G107国道: the letter of a road's number.
ROADS = frozenset("GSXY")
# 全市后10名, 后20位: a rank from the end
BEHIND, PLACE_IN_RANK = "后", "位"
RANK_FROM_END = re.compile("(?:全[国省市县区州旗镇乡校]|排名|排位)后$")
# A measure and 级 name a class of things by their size; things that are counted have 级别, 级次.
CLASS = "级"
CLASSES = ("级别", "级次", "级以")
THINGS = frozenset(["count", "people", "share", "points", "age", "rate"])
# Units of institutions, persons and things of which a single one may be news (建成一所医院); 一个, 一批, 一项 are not.
ONE_OF = frozenset("家所座名位例起处辆架艘台套栋幢")
# Units that leave no doubt that the numeral before them is one.
MEASURED = frozenset(["points", "share", "money"])
# 五个“必须统筹好”: what is to be done, by its number.
SLOGAN = re.compile(
    '[“"](?:必须|坚持|更加|更高|更大|注重|突出|强化|统筹|聚焦|不|深刻|始终|继续|[一二三四五六七八九十两][条大个项])'
)
# 唯一一个, 一一对应
ONE_BY_ONE = "一一"
# 分三批: in how many steps; 部分, 成分 and 积分 are words.
APART, PARTS = "分", frozenset("部成积百学得评满划区组")
POINTS_BACK = "这"
CHINESE_GENERIC = frozenset("度种类方步级次层代度期段节道片块班门首篇章位包")
SESSION, MEETING = "届", "次"
SCORE, TEN = "分", 10
# 增加到目前1.6万人
BEFORE_NOW = ("目前", "此前", "之前")
# 亿万花农, 千百万花农: the greater magnitude before the smaller tells that they are countless.
COUNTLESS = re.compile("[十百千万亿]*?(?:亿[十百千万]|万[十百千]|千[十百]|百十)[十百千万亿]*")
LISTED = frozenset("、和及至")
ORDINALS = re.compile(r"第[\d一二三四五六七八九十]+[、和及至]$")
NTH = re.compile(r"第[\d一二三四五六七八九十]+个$")
LONGEST_ORDINALS = 8


def section_numbers(text: str) -> list[tuple[int, int]]:
    """Where the numbers of sections stand that a page has glued to the words around them: 万元2.3本年度."""
    return [match.span() for match in SECTION_NUMBER.finditer(text)] if "." in text else []


PLACES = ("behind", "behind_digits", "before", "said", "negation", "issued", "sized")


class Exclusions:
    """Tells names and dates from quantities; compiled once from the table `number_names`."""

    def __init__(
        self,
        behind: tuple[str, ...],
        behind_digits: tuple[str, ...],
        before: tuple[str, ...],
        said: tuple[str, ...],
        negation: tuple[str, ...],
        issued: tuple[str, ...],
        sized: tuple[str, ...],
        *,
        words: NumberWords,
    ) -> None:
        # Quotation marks around a limit or a task make no name of it: “不超过35%”的要求, “新建3所托育园”的任务.
        self._said = re.compile(rf"“(?:{'|'.join(map(re.escape, said))})\d[\d.]*[^\d.”][^”]*”")
        self._words = words
        self._negations = negation
        self._issued = frozenset(issued)
        self._sized = tuple(f"{particle}{noun}" for noun in sized for particle in ("", "的"))
        self._behind_digits = behind_digits
        self._behind = _by_character(behind, 0)
        self._before = _by_character(before, -1)
        self._labels = tuple(name for name in before if len(name) > 1)

    @classmethod
    def from_tables(cls, tables: Tables) -> Exclusions:
        """From the rows of `number_names` and `number_words`."""
        sides: dict[str, list[str]] = defaultdict(list)
        for row in tables["number_names"]:
            sides[row["place"]].append(row["name"])
        return cls(
            **{place: tuple(sides[place]) for place in PLACES},
            words=NumberWords(row["word"] for row in tables["number_words"]),
        )

    def spans(self, text: str, times: Iterable[Time] | None = None) -> Spans:
        """The parts of `text` that are times, document numbers, ratios or names in quotes: a number in them is none.

        `times` are those of the text where they are known.
        """
        times = find_times(text) if times is None else times
        dates = [(time.start, time.end) for time in times if time.role != "event"]
        dates += [(match.start(), match.end() - 1) for match in FURNITURE.finditer("\n" + text)]
        for pattern in (NO_QUANTITY, NUMBERED, SECTION_NUMBER):
            dates += [match.span() for match in pattern.finditer(text)]
        if any(called in text for called in CALLED):
            dates += [match.span() for match in HOTLINE.finditer(text)]
        names = (match.span() for match in NAME.finditer(text) if not self._said.fullmatch(match[0]))
        return Spans([*dates, *names])

    def is_name(self, text: str, quantity: Quantity) -> bool:
        """Whether the number is an ordinal or part of a word, a name or a slogan."""
        _, start, number_end, end, tail, value, value_max, unit, unit_class, _, script = quantity
        before = text[start - 1 : start]
        if before in ORDERED and not text.endswith(BEFORE_NOW, 0, start):
            return True
        if before.isspace() and text.endswith("第", 0, start - 1):
            return True
        if before == BEHIND and (unit == PLACE_IN_RANK or RANK_FROM_END.search(text, max(0, start - 3), start)):
            return True
        if (
            script == "arabic"
            and before in ROADS
            and not (text[start - 2 : start - 1].isascii() and text[start - 2 : start - 1].isalpha())
        ):
            # S230张家口至石家庄高速
            return True
        if text.startswith(CLASS, end) and not text.startswith(CLASSES, end) and unit_class not in THINGS:
            # 26兆瓦级风机, 万亿级产业: the class of a thing.
            return True
        if unit == SESSION or (before == SESSION and unit == MEETING):
            # 十九届五次全会
            return True
        if unit_class == "time" and NTH.search(text, max(0, start - LONGEST_ORDINALS), start):
            # 第一个五年
            return True
        left = text[max(0, start - 4) : start]
        if value == 1 and value_max is None and left.endswith(self._negations):
            # 没有1起, 无一例
            return True
        if tail > end and unit in SIZES and text.startswith(self._sized, tail):
            # 20户以上自然村
            return True
        if unit[:1] in AREAS and text.startswith(AVERAGED, tail):
            # 西部12省（区）平均水平
            return True
        if before in LISTED and ORDINALS.search(text, max(0, start - LONGEST_ORDINALS), start):
            # 第81、171位
            return True
        if script == "arabic":
            if unit_class == "bare" and ((before.isascii() and before.isalnum()) or left.endswith(self._labels)):
                return True
            return text.startswith(self._behind_digits, number_end)
        if unit == SCORE and value == TEN and number_end - start == 1:
            # 十分重要
            return True
        if COUNTLESS.fullmatch(text, start, number_end):
            return True
        if script == "share" or unit_class == "fraction":
            return False
        if unit_class == "count" and value <= TEN and SLOGAN.match(text, end):
            return True
        if before == POINTS_BACK and unit_class == "count" and value < TEN:
            # 这两件大事
            return True
        if before == APART and unit_class == "count" and left[-2:-1] not in PARTS:
            # 分三批发放
            return True
        if unit and self._words.hold(text, quantity.start, quantity.number_end):
            return True
        behind = self._behind.get(text[quantity.number_end : quantity.number_end + 1])
        if behind and text.startswith(behind, quantity.number_end):
            return True
        if text[quantity.start : quantity.number_end] == ONE_BY_ONE or left.endswith(
            self._names_before(before, quantity)
        ):
            return True
        if quantity.value_max is None and quantity.value == 1 and text[quantity.start] == "一":
            is_one_of_many = quantity.unit_class in ("count", "people") and quantity.unit not in ONE_OF
            return is_one_of_many or quantity.unit in CHINESE_GENERIC
        if quantity.value > 1 and quantity.unit in TOLD and self._is_told(text, quantity):
            return False
        return quantity.value < 10 and quantity.unit[-1:] in CHINESE_GENERIC

    def _is_told(self, text: str, quantity: Quantity) -> bool:
        """Whether the clause ends with what is counted and its number: 培训村医三次, 印发简报三期."""
        ends = text[quantity.tail : quantity.tail + 1] in ENDS_CLAUSE or quantity.tail == len(text)
        before = text[max(0, quantity.lead - 2) : quantity.lead]
        is_noun = len(before) == 2 and all("\u4e00" <= character <= "\u9fff" for character in before)
        if not ends or not is_noun or before[-1] in "第每分前后头末首这那共":
            return False
        return quantity.unit != "期" or (text[quantity.start] not in PHASES and before in self._issued)

    def _names_before(self, character: str, quantity: Quantity) -> tuple[str, ...]:
        """The names ending in `character` that a Chinese numeral may be a part of (高一, 表里如一)."""
        if quantity.unit_class in MEASURED:
            # 提高三个百分点
            return ()
        names = self._before.get(character, ())
        if quantity.number_end - quantity.start == 1:
            return names
        # 提高五十元, 房间八十间: a longer numeral is no part of a short word, with a unit of none.
        return tuple(name for name in names if len(name) > 1) if quantity.unit_class == "bare" else ()


def _by_character(names: tuple[str, ...], position: int) -> dict[str, tuple[str, ...]]:
    """The names by their first (0) or last (-1) character."""
    return {key: tuple(name for name in names if name[position] == key) for key in {name[position] for name in names}}


class Spans:
    """Half-open intervals, asked for whether they hold a position."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        merged: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        self.merged = merged
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]

    def holds(self, position: int) -> bool:
        """Whether `position` lies in one of the intervals."""
        k = bisect_right(self._starts, position) - 1
        return k >= 0 and position < self._ends[k]
