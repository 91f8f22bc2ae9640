"""What a figure counts or measures: the indicator assembled from the words around it (指标)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.facts.figures import (
    AMONG,
    CARRIED_OUT,
    COUNTED,
    EXISTS,
    SEPARATORS_ONLY,
    SPENT_ON,
    STARTING_PREPOSITIONS,
    Figure,
    right_end,
)
from pipeline.facts.lexicon import Word
from pipeline.facts.phrases import CONJUNCTIONS, ENDS_NOUN, GROWTH_NOUNS, PADDING, VERB_ROLES, Line, Trimmed
from pipeline.facts.references import COMPARES, REFERENCE
from pipeline.facts.wording import Wording

MODIFIER_ENDS = ("甲", "乙", "级", "类别", "类", "型", "性", "层次")
LONGEST_PREDICATE = 60
LONGEST_MODIFIER = 20
STRIPPED = PADDING + "了"
REACH, GAP, CMP, MAKE, PREP = (frozenset([role]) for role in ("reach", "gap", "cmp", "make", "prep"))
GOVERNORS = VERB_ROLES | {"delta"}
SHARE_WORDS = frozenset(["占", "占到", "约占", "仅占"])
WORKS = frozenset(["提升", "拓展", "扩大", "精简", "提速"])
CAUSATIVES = frozenset(["确保", "保证", "推动", "促进", "实现", "争取", "推进"])
COMPLETED = frozenset(["完成", "已完成", "超额完成"])
SHARE_OF_PLAN = ("任务", "计划", "目标", "任务数", "总数", "总量")
LONGEST_LEANING = 6
LONGEST_SUBJECT = 12
LONGEST_AGENT = 8
LONGEST_TOPIC = 16
LONGEST_CLAUSE = 24
LONGEST_RATE = 4
LONGEST_ORIGIN = 12
SERVING = ("为", "对", "向", "给")
WHOLLY = frozenset(["全部", "全面", "基本", "均已", "顺利", "确保", "力争"])
SKIPPED = frozenset(["adv", "time"])
FOR = frozenset(["为", "给", "面向"])
NOMINAL = frozenset(["nominal"])
LIMITS = (
    ("不低于", ">="),
    ("不少于", ">="),
    ("不超过", "<="),
    ("不高于", "<="),
    ("超过", ">"),
    ("约占", "~"),
    ("约为", "~"),
)
# These also say what kind of thing it is: 淘汰落后设备.
AGES = re.compile("(?:\\d+[-—－~至])?\\d+(?:周)?岁(?:及?以[上下])?")
STANDINGS = frozenset(["落后", "领先"])
COMPARING = ("比", "较", "距", "与")
# 开展地中海贫血、唐氏综合征等产前筛查: examples before what they are of.
LISTED = re.compile("(?<=[\u4e00-\u9fff]{2})[^，的]*、[^，的]*[等的](?=[\u4e00-\u9fff]{3})")
# 检出高血压、结核病等重点疾病患者
EXAMPLES = re.compile("(?<=[\u4e00-\u9fff])[^，、]{2,}、[^，]*等(?=[\u4e00-\u9fff]{4})")
PER_HEAD = re.compile("每[百千万十]+(?:名)?(?:常住|户籍|老年)?人口?")
# 低于全省2.6人、全国2.9人的平均水平
NEXT = re.compile("(?:、|以及|[和及与或])(?:全国|全省|全市|全区)?")
# 药占比（不含中药饮片）
REMARK = re.compile("[（(](?:不含|含|不包括|包括|折|扣除|不计)[^（）()]*[）)]")
TO_ZERO = re.compile("(?:下降|降低|减少|压降|降|减|归|清)(?:到|至|为)?(?:零|0(?![\\d.]))|[归清]零")
ALL_KINDS = re.compile("各级各类|各类|各项|各种")
# What a bracket sets beside the value before it, and its status.
BESIDE = {"实际": "actual", "实际值": "actual", "上年": "baseline", "去年": "baseline", "上年同期": "baseline"}
# What only points back to figures before.
ANAPHORA = re.compile(r"[前后上述以这该两二三四五六各]{0,4}(?:项|者|类)?(?:指标)?(?:均|都|双双)?")
AREA_ITEM = re.compile(
    r"[\u4e00-\u9fff]{1,6}(?:镇|乡|街道|苏木|新区|高新区|经开区|开发区|灌区|片区|林区|矿区|库区|示范区)"
)
LIMIT = re.compile(r"\d*(?:\.\d+)?[百千万亿]*元(?:及)?(?:以上|以下)")
LIST_BETWEEN = ("、", *CONJUNCTIONS)


class IndicatorReader:
    """Reads the indicator and kind of the figures of one sentence, from left to right."""

    def __init__(
        self,
        line: Line,
        wording: Wording,
        heading: str,
        before: Sequence[Figure],
        *,
        continues: bool = False,
    ) -> None:
        self.line = line
        self.text = line.text
        self.wording = wording
        self.heading = heading
        # The figures of the sentence before, on which this one may lean.
        self.before = before
        self.earlier = before[-1] if before else None
        # Whether the sentence goes on behind a semicolon, so that its subjects may lean on the one before.
        self.continues = continues
        self.figures: list[Figure] = []
        self.done: list[Figure] = []

    def read(self, figures: list[Figure]) -> list[Figure]:
        """`figures` with indicator, kind and rule; those without any indicator are left out."""
        self.figures = figures
        for figure in figures:
            if not (self._reference(figure) or self._step(figure)):
                start = self.line.trim_left(max(figure.left, figure.low), figure.quantity.lead)
                start = max(start, self._behind_reference(figure, start))
                if figure.leads_noun:
                    self._counted_noun(figure, start)
                else:
                    self._figure_of_subject(figure, start)
            if "（" in figure.indicator or "(" in figure.indicator:
                figure.indicator = REMARK.sub("", figure.indicator)
            if figure.indicator:
                self.done.append(figure)
        return self.done

    # 建成5个X, 55%的X已…, A的13家X

    def _counted_noun(self, figure: Figure, start: int) -> None:
        line, quantity = self.line, figure.quantity
        trimmed = line.trim_right(start, quantity.lead, keep_particle=True)
        modifier, governor, is_relative = self._modifier(figure, start, trimmed)
        if trimmed.is_delta or (governor is not None and governor.role == "delta"):
            figure.kind = "delta"
        prefix = governor.text if governor and governor.role in ("new", "act", "nominal") and not is_relative else ""
        sibling = self._sibling(figure)
        if sibling and not prefix and not modifier and governor is None:
            prefix = sibling.verb
            figure.kind = sibling.kind if sibling.leads_noun else figure.kind
        if governor is not None and governor.role == "new":
            figure.verb = governor.text
        elif sibling and prefix == sibling.verb:
            figure.verb = prefix
        noun = self._shared_head(figure, self.text[figure.noun_start : figure.noun_end])
        money = governor.text if governor is not None and quantity.unit_class == "money" else ""
        if (
            self.text[figure.noun_start - 1] == "的"
            and (modifier or money)
            and quantity.unit_class not in (*COUNTED, "share", "fraction")
        ):
            # 总投资25亿元的新院区: the amount belongs to the noun behind it.
            figure.indicator, figure.rule, figure.topic = noun + (modifier or money), "amount_of_noun", noun
            return
        predicate = ""
        if (
            not is_relative
            and (
                governor is None
                or governor.role in ("act", "nominal")
                or governor.text.endswith(EXISTS)
                or governor.text in CAUSATIVES
            )
            and not figure.verb
        ):
            predicate = self._predicate(figure, trimmed.preposition in SERVING)
        if predicate:
            figure.indicator, figure.rule = f"{predicate}的{modifier}{noun}", "counted_noun_with_predicate"
        else:
            figure.indicator, figure.rule = f"{prefix}{modifier}{noun}", "counted_noun"
            if (
                prefix in self.wording.consequence_verbs
                or self.wording.leaning_heads.get(figure.indicator) == "heading"
            ):
                before = self.text[start : governor.start].strip(STRIPPED) if governor else ""
                figure.indicator = (
                    before + figure.indicator if before else self._with_topic(figure, figure.indicator, False)
                )
        if quantity.unit_class in ("share", "fraction"):
            figure.rule = "share_of"

    def _modifier(self, figure: Figure, start: int, trimmed: Trimmed) -> tuple[str, Word | None, bool]:
        """What stands before the figure and belongs to its noun, the verb that governs it, and whether it is a relative clause."""
        line, text, end, lead = self.line, self.text, trimmed.end, figure.quantity.lead
        if trimmed.preposition or end <= start:
            return "", None, False
        governor = line.last_word(GOVERNORS, start, end)
        nominal = line.starts.get(start)
        if governor is None and nominal is not None and nominal.role == "nominal" and nominal.end <= end:
            governor = nominal
        if text[end - 1] == "的":
            first = line.starts.get(start)
            begin = first.end if first and first.role == "make" else start
            modifier = text[begin:end]
            return (modifier if len(modifier) <= LONGEST_MODIFIER + 10 else ""), governor, True
        begin = governor.end if governor else start
        last = line.last_word(ENDS_NOUN, begin, end)
        if last is not None:
            begin = last.end
            governor = governor or (last if last.role == "pred" else None)
        begin = line.trim_left(begin, end) if begin < end else begin
        modifier = text[begin:end].strip(STRIPPED)
        listed = text.endswith("等", begin, lead) or modifier.endswith("等") or modifier.endswith(CONJUNCTIONS)
        return ("" if listed or len(modifier) > LONGEST_MODIFIER else modifier), governor, False

    def _predicate(self, figure: Figure, is_served: bool) -> str:
        """What is said of the counted noun behind it; a list of counted nouns shares what is said of the last.

        `is_served`: 为3万名学生体检, where the verb belongs to the noun even if another figure follows it.
        """
        line, text = self.line, self.text
        start, end = figure.noun_end, min(right_end(line, figure), figure.noun_end + LONGEST_PREDICATE)
        following = figure.following
        if following is not None and end == following.quantity.lead:
            if SEPARATORS_ONLY.fullmatch(text[start:end]):
                return self._predicate(following, is_served) if following.leads_noun else ""
            if following.left <= start:
                if not is_served:
                    return ""
            else:
                end = following.left
        start += next((len(mark) for mark in AMONG if text.startswith(mark, start, end)), 0)
        word = line.starts.get(start)
        while word and (word.role in SKIPPED or word.text in WHOLLY) and word.end <= end:
            start = word.end
            word = line.starts.get(start)
        for mark in ("并", "且"):
            cut = text.find(mark, start + 2, end)
            end = cut if cut > 0 else end
        return LISTED.sub("", text[start:end]).strip(STRIPPED)

    def _shared_head(self, figure: Figure, noun: str) -> str:
        """2个综合类别、4个专科类别医疗中心: the first takes the head of the last."""
        following = figure.following
        if following is not None and following.leads_noun and noun.endswith(MODIFIER_ENDS):
            later = self.text[following.noun_start : following.noun_end]
            for ending in MODIFIER_ENDS:
                at = later.find(ending)
                if noun.endswith(ending) and 0 <= at < len(later) - len(ending):
                    return noun + later[at + len(ending) :]
        return noun

    def _sibling(self, figure: Figure) -> Figure | None:
        """The item before `figure` in the same list, whose verb holds for it too."""
        previous = figure.previous
        if previous is None or not previous.indicator:
            return None
        behind = max(previous.noun_end, previous.quantity.tail)
        return previous if self.text[behind : figure.quantity.lead].startswith(LIST_BETWEEN) else None

    # X达到N%, 完成X 5个, X增长5%

    def _figure_of_subject(self, figure: Figure, start: int) -> None:
        line, quantity = self.line, figure.quantity
        trimmed = line.trim_right(start, quantity.lead)
        end = trimmed.end
        figure.rule = "figure_of_subject"
        if trimmed.change in WORKS and quantity.unit_class not in ("share", "points", "money", "time"):
            carried = line.last_word(MAKE, start - 4 if start > 4 else 0, end)
            if carried is not None and carried.text in CARRIED_OUT and carried.start >= figure.low:
                # 实施精细化提升100公里: a work, no change.
                end, trimmed = trimmed.end + len(trimmed.change), trimmed._replace(is_delta=False)
        if quantity.unit_class == "points" and self.text.endswith("加快", start, end):
            end, trimmed = end - 2, trimmed._replace(is_delta=True)
        share = line.last_word(REACH, max(figure.left, figure.low), quantity.lead)
        if share is None or share.text not in SHARE_WORDS:
            share = line.last_word(VERB_ROLES, max(figure.left, figure.low), quantity.lead)
            if not (
                share
                and share.text in COMPLETED
                and quantity.unit_class == "share"
                and text_ends_of(self.text, start, quantity.lead)
            ):
                share = None
        if share is not None:
            following, behind = figure.following, self.text[share.end : trimmed.end]
            is_whole = following is not None and self.text[quantity.tail : following.quantity.lead] == "的"
            aim = self.wording.references.aim_in(behind, quantity.unit) if is_whole else ""
            if aim:
                # 占年度任务7.5万人的77.3%
                self._aim(figure, behind, aim)
            else:
                self._share_of_whole(figure, start, share)
            return
        if self._share_of_aim(figure):
            return
        limit = ""
        if self.text.endswith("的", start, quantity.lead):
            limit = next((cue for cue, _ in LIMITS if self.text.find(cue, start, quantity.lead) >= 0), "")
        if limit:
            figure.comparator = dict(LIMITS)[limit]
            end = min(end, self.text.find(limit, start))
        gap = line.last_word(GAP, start, quantity.lead)
        negated = gap is not None and self.text[gap.start - 1 : gap.start] == "不"
        is_gap = (
            gap is not None
            and not negated
            and (
                quantity.unit_class in ("points", "ratio")
                or ((trimmed.is_delta or quantity.lead - gap.end >= 2) and gap.text not in STANDINGS)
            )
        )
        if gap is not None and is_gap:
            end, trimmed = gap.start, trimmed._replace(is_delta=True)
        comparison = line.last_word(CMP, start, end)
        if comparison is not None and (trimmed.is_delta or comparison.text not in ("较", "比")):
            end = comparison.start
        end = line.trim_right(start, end).end if end > start else start
        if self.text.endswith("基础上", start, end):
            # 发病率在2019年的基础上再降20%
            end = line.trim_right(start, max(start, self.text.rfind("在", start, end))).end
        first = line.starts.get(start)
        if (
            first is not None
            and first.role == "delta"
            and len(first.text) > 1
            and first.text != "提前"
            and first.end < end
            and not trimmed.is_reached
        ):
            start, trimmed = line.trim_left(first.end, end), trimmed._replace(is_delta=True)
        if trimmed.is_delta or quantity.unit_class == "points" or quantity.unit == "番":
            figure.kind, figure.rule = "delta", "gap" if is_gap else "change"
        leans = (
            trimmed.is_delta or trimmed.is_reached or quantity.lead < quantity.start or quantity.unit_class == "share"
        )
        subject = self._subject_through_counted_noun(figure) or self._object(figure, start, end)
        spent = (
            self._predicate_alone(figure)
            if quantity.unit_class == "money" and start < end <= start + LONGEST_LEANING
            else ""
        )
        if spent and not trimmed.is_delta:
            # 投资2.6亿元建设医院: the money of what is done with it.
            done = line.starts[figure.noun_start]
            object_of = spent.removeprefix(done.text)
            following = figure.following
            if not object_of and following is not None and following.leads_noun:
                # 投入3.7亿元实施33项民生工程
                object_of = self.text[following.noun_start : following.noun_end]
            figure.topic = object_of or spent
            figure.indicator, figure.rule = figure.topic + text_of(self.text, start, end), "amount_of_noun"
            return
        subject = self._with_predicate(figure, subject)
        host = host_of(figure, self.done)
        if host is not None and subject in BESIDE:
            # 控制在10%以内（实际为9.3%）
            figure.indicator, figure.kind, figure.rule = host.indicator, host.kind, "bracket_part"
            figure.status = BESIDE[subject]
            return
        if host is not None and subject in self.wording.aims:
            # 增长4.2%（计划目标5.5%）
            figure.indicator, figure.kind, figure.status, figure.rule = (
                host.indicator,
                host.kind,
                "target",
                "bracket_part",
            )
            return
        item = self._item_of_list(figure, subject, start)
        if item:
            figure.indicator, figure.rule = item, "named_part"
            return
        if subject and self.text.endswith("的", start, quantity.lead) and quantity.unit_class in COUNTED:
            whole = self._thing_counted(figure)
            if whole:
                # 实施新项目843项，其中填补空白的612项
                said = text_of(self.text, start, end).removesuffix("的")
                figure.indicator, figure.rule = f"{said}的{whole}", "named_part"
                return
        aim = self.wording.references.aim_in(subject, quantity.unit) if subject else ""
        if aim and not self.text.endswith("的", start, quantity.lead):
            self._aim(figure, subject, aim)
            return
        subject = self._served(figure, self._under_head(figure, subject))
        subject = self._with_topic(figure, subject, trimmed.is_delta) if subject else self._inherited(figure, leans)
        sibling = self._sibling(figure)
        if sibling is not None and sibling.kind == "delta" and sibling.quantity.unit == quantity.unit:
            behind = self.text[max(sibling.noun_end, sibling.quantity.tail) : quantity.lead]
            if behind in LIST_BETWEEN and quantity.unit_class == "share":
                # 下降3%和2%
                figure.kind, figure.rule = "delta", sibling.rule
        if (
            sibling is not None
            and subject
            and (per := PER_HEAD.match(sibling.indicator))
            and not subject.startswith("每")
        ):
            # 每千常住人口床位7.83张、注册护士3.87人
            subject = per[0] + subject if quantity.unit_class in COUNTED else subject
        if sibling is not None and subject and not trimmed.is_reached:
            own_verb = line.last_word(GOVERNORS, max(figure.left, figure.low), quantity.lead)
            if sibling.verb and sibling.verb not in subject and own_verb is None:
                subject, figure.verb = sibling.verb + subject, sibling.verb
            if (
                sibling.kind == "delta"
                and own_verb is None
                and quantity.unit_class in COUNTED
                and sibling.quantity.unit_class in COUNTED
            ):
                figure.kind = "delta"
        figure.indicator = subject

    def _aim(self, figure: Figure, subject: str, aim: str) -> None:
        """农村改厕任务3.8万座, 完成年目标任务1.2万人的98%: what was to be done, which the figures behind lean on."""
        named = subject.removesuffix(aim).removesuffix("的")
        if named.startswith(COMPARING):
            # 比年目标任务4%低0.6个百分点
            figure.indicator, figure.status, figure.rule = self._topic(figure) or subject, "target", REFERENCE
            return
        figure.topic = named if len(named) > 1 else self._topic(figure)
        figure.indicator = subject if len(named) > 1 else joined(figure.topic, subject)
        done = self.line.last_word(MAKE, max(figure.left, figure.low), figure.quantity.lead)
        is_measured = self.text.startswith("的", figure.quantity.tail)
        if is_measured or done is None:
            figure.status = "target"

    def _share_of_aim(self, figure: Figure) -> bool:
        previous = figure.previous
        if previous is None or figure.quantity.unit_class != "share":
            return False
        aim = self.wording.references.aim_in(previous.indicator, previous.quantity.unit)
        if not aim or not previous.topic or self.text[previous.quantity.tail : figure.quantity.lead] != "的":
            return False
        link = "占" if "占" in self.text[previous.low : previous.quantity.lead] else "完成"
        figure.indicator, figure.rule, figure.is_leaning = f"{previous.topic}{link}{aim}", "share_of_whole", True
        return True

    def _under_head(self, figure: Figure, subject: str) -> str:
        """病床使用率：公立医院78%，民营医院57%: what is measured stands once before the colon."""
        head = self.wording.rate_before_colon.match(self.text)
        if head is None or figure.quantity.unit_class != "share" or not subject or subject.endswith(self.wording.rates):
            return subject
        return subject + head[1] if head.end() <= figure.low else subject

    def _served(self, figure: Figure, subject: str) -> str:
        """为8.2万名残疾人发放护理补贴3656万元: the money is theirs."""
        previous, quantity = figure.previous, figure.quantity
        if quantity.unit_class != "money" or previous is None or not previous.leads_noun:
            return subject
        serves = self.line.first_word(PREP, previous.low, previous.quantity.lead)
        verb = self.line.first_word(VERB_ROLES | NOMINAL, previous.noun_end, quantity.lead)
        if serves is None or serves.text not in SERVING or verb is None or not subject.startswith(verb.text):
            return subject
        theirs = subject.removeprefix(verb.text)
        return joined(self.text[previous.noun_start : previous.noun_end], theirs) if theirs else subject

    def _share_of_whole(self, figure: Figure, start: int, share: Word) -> None:
        """X占Y的N%, or 占N% of what was named before."""
        line, text = self.line, self.text
        part = (
            text[start : max(start, line.trim_right(start, share.start).end)].strip(STRIPPED)
            if start < share.start
            else ""
        )
        part = self._object(figure, start, start + len(part)) if part else ""
        whole = line.trim_right(share.end, figure.quantity.lead)
        if share.text.startswith("约"):
            figure.comparator = "~"
        of_what = text[share.end : whole.end].strip(STRIPPED).removesuffix("的")
        if not part:
            part = self.done[-1].indicator if of_what and self.done else self._topic(figure)
        figure.is_leaning = True
        figure.rule = "share_of_whole"
        link = share.text if share.text in COMPLETED else "占"
        figure.indicator = f"{part}{link}{of_what}" if of_what else f"{part}占比"

    def _subject_through_counted_noun(self, figure: Figure) -> str:
        """等3项指标完成率超过50%: the subject runs through the figure before."""
        previous = figure.previous
        if previous is None or not previous.leads_noun or figure.left != previous.noun_end:
            return ""
        trimmed = self.line.trim_right(previous.noun_end, figure.quantity.lead)
        links = trimmed.is_reached or figure.quantity.lead < figure.quantity.start
        if trimmed.end > previous.noun_end or not links or self.text[previous.noun_end] in PADDING:
            return ""
        start = self.line.trim_left(previous.low, previous.quantity.lead)
        before = self.text[start : previous.quantity.lead].strip(PADDING)
        return before + self.text[previous.noun_start : previous.noun_end]

    def _with_predicate(self, figure: Figure, subject: str) -> str:
        """医院100%达到标准: what is said behind a share belongs to the subject."""
        if figure.quantity.unit_class != "share" or not subject or figure.following is not None:
            return subject
        word = self.line.starts.get(figure.noun_start)
        rest = self.text[figure.noun_start : right_end(self.line, figure)].strip(PADDING)
        if word is not None and word.role in ("reach", "act", "make", "pred") and len(rest) > 2:
            figure.rule = "share_of"
            return f"{rest}的{subject}"
        return subject

    def _object(self, figure: Figure, start: int, end: int) -> str:
        """The noun phrase in [start, end), with its verb where the verb tells what is counted."""
        line, text = self.line, self.text
        if start >= end:
            return ""
        if text[start:end] in self.wording.leaning_heads:
            return text[start:end]
        start = start if figure.quantity.unit_class == "money" else self._behind_beneficiary(start, end)
        verb = line.last_word(VERB_ROLES, start, end)
        rest = text[verb.end : end].strip(STRIPPED) if verb else ""
        while verb is not None and rest.startswith(("的", "、", *CONJUNCTIONS)):
            verb = line.last_word(VERB_ROLES, start, verb.start)
            rest = text[verb.end : end].strip(STRIPPED) if verb else ""
        if verb is None:
            whole = line.starts.get(start)
            phrase = text[start:end].strip(STRIPPED)
            if (
                whole is not None
                and whole.role == "nominal"
                and whole.text == phrase
                and phrase not in self.wording.leaning_heads
            ):
                figure.verb = phrase
                return ""
            return phrase
        if rest.endswith(self.wording.rates) and "的" in rest:
            # 综合医院设立老年医学科的比例
            return text[start:end].strip(STRIPPED)
        if verb.role == "new":
            figure.verb = verb.text
        if not rest:
            # 重大项目开工6个 has its noun before the verb; 开工6个、竣工9个项目 has none.
            earlier = line.last_word(VERB_ROLES, start, verb.start)
            while earlier is not None and earlier.end == verb.start and earlier.role in ("act", "nominal"):
                # 老人免费体检: verbs in a row
                verb = earlier
                earlier = line.last_word(VERB_ROLES, start, verb.start)
            begin = line.trim_left(earlier.end if earlier else start, verb.start)
            if text[begin : verb.start].strip(STRIPPED):
                return text[begin : end if verb.role != "make" else verb.start].strip(STRIPPED)
            figure.verb = "" if verb.role == "make" else verb.text
            return ""
        if text.startswith(self.wording.denominators, start) and start < verb.start:
            # 每千人口拥有医师3.9人、护士4.7人
            figure.verb = text[start : verb.start].strip(STRIPPED)
            return figure.verb + rest
        begin = line.trim_left(verb.end, end) if verb.role == "make" else verb.start
        governor = line.last_word(VERB_ROLES, start, verb.start)
        subject = governor.end if governor is not None and governor.role == "make" else start
        longest = LONGEST_SUBJECT if verb.text in self.wording.consequence_verbs else LONGEST_AGENT
        if verb.role != "make" and subject < verb.start <= subject + longest and (governor is None or subject > start):
            # 城镇新增就业: a short subject stays.
            begin = subject
        if verb.role != "make" and begin == verb.start > start and self._is_verb(rest) and governor is None:
            # 适龄女生HPV疫苗免费接种: what is done to whom.
            begin = start
        if (
            verb.text in self.wording.having
            and start < verb.start
            and rest in self.wording.leaning_heads
            and governor is None
        ):
            # 医疗卫生机构实有床位
            return text[start : verb.start].strip(STRIPPED) + rest
        before = line.ends.get(begin)
        while before is not None and before.role in ("new", "act") and before.start >= start and verb.role != "make":
            # 新建改扩建幼儿园: verbs in a row.
            begin = before.start
            before = line.ends.get(begin)
        if verb.role == "make" and len(text[begin:end].strip(STRIPPED)) <= 2 and start >= verb.start:
            begin = verb.start
        figure.act = text[begin : verb.end] if verb.role == "act" and begin < verb.end else ""
        phrase = EXAMPLES.sub("", text[begin:end]).strip(STRIPPED)
        return ALL_KINDS.sub("", phrase) if verb.role == "act" else phrase

    def _is_verb(self, phrase: str) -> bool:
        return any(word.role == "nominal" and word.text == phrase for word in self.line.words)

    def _behind_beneficiary(self, start: int, end: int) -> int:
        """Behind 为村卫生室 and 面向老年人, where a verb with an object follows; else `start`."""
        first = self.line.starts.get(start)
        if first is None or not (first.role == "prep" and first.text in FOR):
            return start
        verb = self.line.last_word(VERB_ROLES | NOMINAL, first.end + 2, end)
        return verb.start if verb is not None and verb.end < end else start

    def _item_of_list(self, figure: Figure, subject: str, start: int) -> str:
        """齐齐哈尔市3个, 省级1200家: a place or grade alone says whose; what is counted the figure before says."""
        before = self.before if self.continues or self.text.lstrip(PADDING).startswith("其中") else []
        known = (*reversed(self.done), *reversed(before))
        previous = next((other for other in known if other.quantity.unit == figure.quantity.unit), None)
        if not subject or previous is None or previous.bracket != figure.bracket:
            return ""
        place = self.line.place_starts.get(self.text.find(subject, start))
        if place is not None and place.text == subject:
            return previous.indicator
        if AREA_ITEM.fullmatch(subject):
            figure.place = subject
            return previous.indicator
        if LIMIT.fullmatch(subject):
            return (
                LIMIT.sub(subject, previous.indicator, count=1)
                if LIMIT.search(previous.indicator)
                else subject + previous.indicator
            )
        if AGES.fullmatch(subject) and AGES.search(previous.indicator):
            return AGES.sub(subject, previous.indicator, count=1)
        if subject in self.wording.grades:
            bare = "" if subject in self.wording.degrees else subject + previous.indicator
            grade = next((grade for grade in self.wording.grades if grade in previous.indicator), "")
            return previous.indicator.replace(grade, subject, 1) if grade else bare
        return ""

    # Subjects from elsewhere in the sentence

    def _with_topic(self, figure: Figure, subject: str, is_delta: bool) -> str:
        """A subject that says too little alone (总投资, 签约率, 惠及居民) behind what it belongs to."""
        if (
            subject.startswith(self.wording.denominators)
            and subject.endswith(self.wording.denominated)
            and len(subject) <= LONGEST_LEANING
        ):
            return subject + self._topic(figure)
        listed = self._sibling(figure)
        head = self._head_of(listed.indicator) if listed is not None and self._leans(subject) else ""
        if listed is not None and head and not listed.is_leaning and not subject.endswith(head):
            # 新增建筑面积6.3万平方米、床位450张
            return listed.indicator.removesuffix(head) + subject
        new = next((word.text for word in self.line.words if word.role == "new" and subject.startswith(word.text)), "")
        if new and self._leans(subject.removeprefix(new)) == "clause":
            # 三期工程竣工，新增床位450张
            return self._clause_before(figure) + subject
        topic = self._leans(subject) or ("clause" if self._is_further_step(figure, subject) else "")
        if topic == "heading":
            return joined(self.heading if len(self.heading) <= LONGEST_TOPIC else "", subject)
        serves = (
            subject.startswith(self.wording.consequence_verbs) and len(subject) <= LONGEST_LEANING and figure.low > 0
        )
        if not (topic or serves or (subject.endswith(SHARE_OF_PLAN) and len(subject) <= 6)):
            return subject
        if is_delta and subject not in self.wording.averages and not subject.endswith(self.wording.rates):
            return subject
        figure.is_leaning = True
        is_rate = subject.endswith(self.wording.rates)
        named = self._named_in_heading(subject) or self._topic(figure, past_rates=is_rate)
        at = named.find(subject[:2])
        if at > 0 and not serves:
            # 课后服务参与学生, 参与率: what stands before the verb that both share.
            return named[:at] + subject
        if (
            not serves
            and not subject.startswith("总")
            and (named.endswith(subject[-2:]) or (named.endswith(self.wording.rates) and is_rate))
        ):
            # 存款余额…，贷款余额…: two of a kind, side by side.
            figure.is_leaning = False
            return subject
        verb = next((verb for verb in self.wording.consequence_verbs if subject.startswith(verb)), "") if serves else ""
        if verb and len(verb) < len(subject):
            figure.verb = joined(named, verb)
        if subject.startswith("总") and self.line.starts:
            # 新登记A户、总数达B户: the total is not of the new ones.
            made = (word.text for word in self.line.words if word.role == "new" and named.startswith(word.text))
            named = named.removeprefix(next(made, ""))
        named = named.removesuffix("总数")
        return joined(self._without_measure(named) if self._measure(subject) else named, subject)

    def _leans(self, subject: str) -> str:
        """How the table has `subject` lean, with or without modifiers (年均, 群众) before its head; a short rate leans on what it rates unless it stands alone (失业率)."""
        topic = self.wording.leaning_heads.get(subject, "")
        if topic:
            return "" if topic in ("own", "modifier") else topic
        rest = subject
        for _ in range(2):
            size = 4
            while size and self.wording.leaning_heads.get(rest[:size]) != "modifier":
                size -= 1
            if not size:
                break
            rest = rest[size:]
            if rest and self.wording.leaning_heads.get(rest, "own") == "clause":
                return "clause"
        is_short_rate = rest.endswith("率") and len(rest) <= LONGEST_RATE and not rest.endswith("化率")
        return "clause" if is_short_rate and self.wording.leaning_heads.get(rest) != "own" else ""

    def _head_of(self, indicator: str) -> str:
        """The longest head in which `indicator` ends that leans on something, empty where it is all of it or none."""
        sizes = range(min(len(indicator) - 1, LONGEST_LEANING), 1, -1)
        return next((indicator[-k:] for k in sizes if self.wording.leaning_heads.get(indicator[-k:]) == "clause"), "")

    def _is_further_step(self, figure: Figure, subject: str) -> bool:
        """7岁以下儿童3.1万人，健康管理3.0万人: a verb with no more than modifiers, behind a figure in the same unit."""
        if not any(other.bracket is None and other.quantity.unit == figure.quantity.unit for other in self.done):
            return False
        if self.text.rfind("其中", 0, figure.low + 2) >= 0:
            return False
        verb = subject
        for _ in range(2):
            verb = verb[
                next((size for size in (4, 3, 2) if self.wording.leaning_heads.get(verb[:size]) == "modifier"), 0) :
            ]
        return verb != subject and any(
            word.text == verb and word.role in ("nominal", "act") and figure.low <= word.start < figure.quantity.lead
            for word in self.line.words
        )

    def _measure(self, subject: str) -> str:
        """The measure (面积, 收入) that `subject` ends in."""
        return next((measure for measure in self.wording.measures if subject.endswith(measure)), "")

    def _without_measure(self, topic: str) -> str:
        """粮食播种面积 without 面积, so that 产量 may take its place."""
        measure = self._measure(topic)
        return "" if topic == measure else topic.removesuffix(measure)

    def _named_in_heading(self, subject: str) -> str:
        """签约率 under 做实家庭医生签约服务 is 家庭医生签约率."""
        at = self.heading.find(subject[:2])
        if at <= 0 or not subject.endswith("率"):
            return ""
        return self.heading[max(0, at - 6) : at]

    def _topic(self, figure: Figure, *, past_rates: bool = False) -> str:
        """The indicator or clause that a leaning subject belongs to; a rate is no topic of another where there is a count."""
        named = ""
        if figure.bracket is not None and host_of(figure, self.done) is None:
            low = self.line.trim_left(self.line.clause(figure.bracket[0])[0], figure.bracket[0])
            bracketed = self._object(figure, low, figure.bracket[0])
            if 2 <= len(bracketed) <= LONGEST_TOPIC:
                return bracketed
        parted = self.text.rfind("其中", 0, figure.low)
        parts = [earlier for earlier in self.done if parted >= 0 and earlier.quantity.start > parted]
        for earlier in reversed(self.done):
            if len(parts) > 1 and earlier in parts and len(parts) < len(self.done) and not past_rates:
                # 机构80家，其中甲类10家、乙类20家，床位…: of the whole.
                continue
            if past_rates and earlier.indicator.endswith(self.wording.rates) and not earlier.topic:
                named = named or earlier.indicator
                continue
            if earlier.quantity.tail <= figure.low and earlier.bracket is None:
                nearer = (
                    self._clause_before(figure)
                    if self.line.clause(max(0, figure.low - 2))[0] > earlier.quantity.tail
                    else ""
                )
                if nearer and not earlier.is_leaning:
                    return nearer
            if not earlier.is_leaning:
                return earlier.topic or earlier.indicator
        before = named or self._clause_before(figure)
        if not before and self.continues and self.earlier is not None:
            independent = (other for other in self.before if not other.is_leaning and other.part_of is None)
            named_before = next(independent, self.earlier.part_of or self.earlier)
            return named_before.topic or named_before.indicator
        return before

    def _clause_before(self, figure: Figure) -> str:
        """The subject, or else the object, of the clause before, where that clause has no figure."""
        if figure.low <= 1:
            return ""
        start, end = self.line.clause(figure.low - 2)
        if self.line.first_word(REACH, start, end):
            return ""
        if any(start <= other.quantity.start < end for other in self.figures):
            return ""
        start = self.line.trim_left(start, end)
        if self.text.startswith(self.wording.denominators, start) and end - start <= LONGEST_CLAUSE:
            # 每千人口拥有托位数，2020年1.2个
            return self.text[start:end].strip(STRIPPED)
        verb = self.line.first_word(ENDS_NOUN, start, end)
        while verb is not None and verb.start == start:
            start = self.line.trim_left(verb.end, end)
            verb = self.line.first_word(ENDS_NOUN, start, end)
        if verb is not None:
            end = verb.start
        phrase = self.text[start:end].strip(STRIPPED)
        return phrase if 2 <= len(phrase) <= LONGEST_CLAUSE else ""

    def _inherited(self, figure: Figure, leans: bool) -> str:
        """The subject that a figure without one takes from another figure or clause."""
        borrowed = "" if leans else self._noun_of_next(figure)
        if borrowed:
            return figure.verb + borrowed
        predicate = "" if leans else self._predicate_alone(figure)
        host = host_of(figure, self.done)
        open_before = (other for other in reversed(self.done) if other.bracket in (None, figure.bracket))
        previous = host or next(open_before, self.done[-1] if self.done else None)
        if figure.bracket is not None and host is None:
            item = self._before_bracket(figure)
            if item:
                return item
        figure.rule = "bracket_part" if host else "inherited_subject"
        if host is None and (previous is None or self.line.clause(max(0, figure.low - 2))[0] > previous.quantity.tail):
            clause = self._clause_before(figure) if figure.low > 1 else ""
            if clause:
                return figure.verb + clause
        if previous is None and (leans or predicate or figure.verb):
            previous = next(
                (other for other in reversed(self.before) if other.quantity.unit == figure.quantity.unit), self.earlier
            )
        if previous is None:
            return figure.verb or predicate
        if predicate and figure.quantity.unit_class == "people" and host is None:
            return predicate
        if figure.verb and previous.quantity.unit != figure.quantity.unit:
            return figure.verb + self._thing_counted(figure)
        made = self.line.last_word(MAKE, max(figure.left, figure.low), figure.quantity.lead)
        noun = self._counted_by(previous) if predicate or figure.verb else previous.indicator
        if made is not None and previous.topic and self.wording.references.aim_in(noun, previous.quantity.unit):
            noun = previous.topic
        if (made is not None and not leans) or figure.verb:
            new = next((word.text for word in self.line.words if word.role == "new" and noun.startswith(word.text)), "")
            noun = noun.removeprefix(new or previous.verb) or noun
        between = self.line.trim_left(previous.quantity.tail, figure.quantity.lead)
        if between >= figure.quantity.lead and (
            previous.quantity.unit == figure.quantity.unit or previous.quantity.tail == figure.quantity.lead
        ):
            # 减少2156户8633人; 增长12%，力争13%
            figure.kind = previous.kind
        if figure.verb:
            noun = self._without_verbs(noun.removeprefix(previous.verb))
            event = self._event(figure)
            if event:
                # 新生儿疾病筛查2725例，召回58例: a further step of what was done.
                figure.is_leaning = True
                return event + figure.verb
        return f"{predicate}的{noun}" if predicate else figure.verb + noun

    def _before_bracket(self, figure: Figure) -> str:
        """依次为肺结核（612例）、乙肝（371例）: the item before the bracket."""
        if figure.bracket is None:
            return ""
        end = figure.bracket[0]
        low = self.line.clause(end)[0]
        low = max(
            low, self.line.list_mark(low, end) + 1, *(close + 1 for _, close in self.line.brackets if close < end)
        )
        linked = self.line.last_word(REACH, low, end)
        low = self.line.trim_left(max(low, linked.end if linked else low), end)
        return self._object(figure, low, end) if low < end else ""

    def _without_verbs(self, noun: str) -> str:
        """和改造提升高标准农田 without the verbs that another figure has."""
        for _ in range(3):
            mark = next((mark for mark in LIST_BETWEEN if noun.startswith(mark)), "")
            noun = noun.removeprefix(mark)
            roles = ("new", "act", "nominal") if mark else ("new", "act")
            verbs = (word.text for word in self.line.words if word.role in roles)
            verb = next((verb for verb in verbs if noun.startswith(verb) and len(noun) - len(verb) >= 2), "")
            if not verb:
                break
            noun = noun.removeprefix(verb)
        return noun

    def _event(self, figure: Figure) -> str:
        """The last independent indicator in the figure's unit, where it names something done (筛查, 接种) rather than a thing."""
        alike = (
            other
            for other in reversed(self.done)
            if other.bracket is None and not other.is_leaning and other.quantity.unit == figure.quantity.unit
        )
        indicator = next(alike, figure).indicator
        if any(word.role == "new" and indicator.startswith(word.text) for word in self.line.words):
            return ""
        return (
            indicator
            if any(word.role == "nominal" and indicator.endswith(word.text) for word in self.line.words)
            else ""
        )

    def _thing_counted(self, figure: Figure) -> str:
        """The thing that the nearest figure in the same unit counts, without the verb that governs it; empty for none."""
        known = (*reversed(self.done), *(reversed(self.before) if self.continues else ()))
        alike = (other for other in known if other.bracket is None and other.quantity.unit == figure.quantity.unit)
        other = next(alike, None)
        if other is None:
            return ""
        if other.leads_noun and other in self.done:
            return self.text[other.noun_start : other.noun_end]
        return self._without_verbs(other.indicator.removeprefix(other.act).removeprefix(other.verb))

    def _counted_by(self, figure: Figure) -> str:
        """The bare noun of `figure`, without what was said of it."""
        if figure.leads_noun:
            return self.text[figure.noun_start : figure.noun_end] if figure in self.done else figure.indicator
        return figure.indicator

    def _noun_of_next(self, figure: Figure) -> str:
        """开工6个、竣工9个重点项目: the first takes the noun of the second."""
        following = figure.following
        if following is None or not following.leads_noun or figure.previous is not None:
            return ""
        is_next = figure.quantity.tail == following.quantity.lead and figure.quantity.unit_class == "people"
        if not (is_next or self.text[figure.quantity.tail :].startswith(LIST_BETWEEN)):
            return ""
        return self.text[following.noun_start : following.noun_end]

    def _predicate_alone(self, figure: Figure) -> str:
        """What stands behind a figure without a noun: 12个已竣工."""
        word = self.line.starts.get(figure.noun_start)
        if word is None or word.role not in (*ENDS_NOUN, "nominal"):
            return ""
        end = right_end(self.line, figure)
        if figure.following is not None and end == figure.following.quantity.lead:
            end = max(figure.noun_start, figure.following.left, word.end if word.text in SPENT_ON else 0)
        return self.text[figure.noun_start : end].strip(STRIPPED)

    # What a figure is only measured by

    def _reference(self, figure: Figure) -> bool:
        """An average, an aim or an earlier value beside the figure that it measures: it has that figure's indicator."""
        status = self.wording.references.status_of(self.line, figure)
        listed = figure.previous
        if (
            status is None
            and listed is not None
            and (listed.rule, listed.quantity.unit) == (REFERENCE, figure.quantity.unit)
            and self._is_next(listed, figure)
        ):
            status = listed.status
        if status is None and figure.following is not None and self._is_next(figure, figure.following):
            # 超出省定60%、90%的任务指标
            last = figure.following
            while last.following is not None and self._is_next(last, last.following):
                last = last.following
            status = self.wording.references.status_of(self.line, last)
        if status is None:
            return False
        measured = [other for other in self.done if other.rule != REFERENCE and other.bracket is None]
        alike = [other for other in measured if other.quantity.unit == figure.quantity.unit]
        # 治疗覆盖率、成功率分别达95.2%、96.1%，较上年的62.0%、58.3%上升: the last two were measured.
        place, size = self._place_in_list(figure)
        if len(alike) >= size:
            measured = alike[len(alike) - size : len(alike) - size + place + 1]
        figure.indicator = self._compared(figure) or (measured[-1].indicator if measured else "")
        if not figure.indicator:
            return False
        figure.status, figure.rule = status, REFERENCE
        if figure.quantity.lead < figure.quantity.start:
            figure.comparator = "="
        return True

    def _place_in_list(self, figure: Figure) -> tuple[int, int]:
        """How many figures stand before this one in its bare list (62.0%、58.3%), and how many the list has."""
        first, last, place, size = figure, figure, 0, 1
        while first.previous is not None and self._is_next(first.previous, first):
            first, place, size = first.previous, place + 1, size + 1
        while last.following is not None and self._is_next(last, last.following):
            last, size = last.following, size + 1
        return place, size

    def _is_next(self, first: Figure, second: Figure) -> bool:
        return NEXT.fullmatch(self.text, first.quantity.tail, second.quantity.lead) is not None

    def _behind_reference(self, figure: Figure, start: int) -> int:
        """Where the words of a gap begin behind the aim in brackets that it is a gap to: 超出省定目标(60%)11.6个百分点."""
        last = self.done[-1] if self.done else None
        if last is None or last.rule != REFERENCE or last.bracket is None or last.bracket[1] < start:
            return start
        is_share = self.text.startswith("的", last.bracket[1] + 1)
        return start if is_share else self.line.trim_left(last.bracket[1] + 1, figure.quantity.lead)

    def _compared(self, figure: Figure) -> str:
        """What the words before the comparison say is measured; empty where only a figure before says it (两项指标均高于)."""
        line, low, end = self.line, figure.low, figure.quantity.start
        if figure.bracket is not None:
            low, end = line.clause(figure.bracket[0])[0], figure.bracket[0]
        low = line.trim_left(low, end)
        compared = COMPARES.search(self.text, low, end)
        if compared is None or compared.start() <= low:
            return ""
        end = line.trim_right(low, compared.start()).end
        return "" if ANAPHORA.fullmatch(self.text, low, end) else self._object(figure, low, end)

    # 由A提高到B

    def _step(self, figure: Figure) -> bool:
        """Both values of a change have the subject before 由; the first is the baseline."""
        previous, following = figure.previous, figure.following
        if previous is not None and previous.rule == "from_to" and previous.status == "baseline":
            figure.indicator, figure.rule = previous.indicator, "from_to"
            return True
        if following is None or figure.leads_noun or not self._steps_to(figure, following):
            return self._falls_to_zero(figure)
        start = self.line.trim_left(max(figure.left, figure.low), figure.quantity.lead)
        origin = self._origin(figure)
        trimmed = self.line.trim_right(start, origin.start if origin and origin.start > start else figure.quantity.lead)
        subject = self._object(figure, start, trimmed.end)
        figure.indicator = self._with_topic(figure, subject, False) if subject else self._inherited(figure, True)
        figure.status, figure.rule = "baseline", "from_to"
        if trimmed.is_delta and trimmed.change in GROWTH_NOUNS:
            # 增速由14.2%回落至6.7%
            figure.kind = following.kind = "delta"
        return bool(figure.indicator)

    def _falls_to_zero(self, figure: Figure) -> bool:
        """贫困发生率从11.57%降为零."""
        if figure.leads_noun or self._origin(figure) is None or not TO_ZERO.match(self.text, figure.quantity.tail):
            return False
        self._figure_of_subject(figure, self.line.trim_left(max(figure.left, figure.low), figure.quantity.lead))
        figure.kind, figure.status, figure.rule = "level", "baseline", "from_to"
        return True

    def _origin(self, figure: Figure) -> Word | None:
        """The 由 of 由改革前的45%提高到60%: words that only say when or where may stand before the first value."""
        low, lead = max(figure.left, figure.low), figure.quantity.lead
        word = self.line.last_word(PREP, low, lead)
        if word is None or word.text not in STARTING_PREPOSITIONS or lead - word.end > LONGEST_ORIGIN:
            return None
        said = self.text[word.end : lead]
        if not said.endswith(("的", "年", "末", "初", "底", "月", "前", "时")) and said.strip(PADDING):
            return None
        return word

    def _steps_to(self, first: Figure, second: Figure) -> bool:
        same_kind = first.quantity.unit_class in ("bare", "time", "money") and second.quantity.unit_class in (
            first.quantity.unit_class,
            "people",
            "count",
            "money",
        )
        if second.quantity.unit != first.quantity.unit and not same_kind:
            return False
        said = self.text[first.quantity.tail : second.quantity.lead]
        between = self.line.trim_right(first.quantity.tail, second.quantity.lead)
        begins = (
            self.line.trim_left(first.quantity.tail, between.end) if between.end > first.quantity.tail else between.end
        )
        if self.text[begins : between.end].strip(PADDING):
            return False
        before = self.line.trim_right(max(first.left, first.low), first.quantity.lead)
        if before.preposition in STARTING_PREPOSITIONS or self._origin(first) is not None:
            return between.is_reached or between.is_delta or said in ("到", "至")
        return (
            between.is_reached
            and said[-1:] in ("到", "至", "为")
            and len(said) > 2
            and not said.startswith(("、", "，", "达"))
        )


def text_of(text: str, start: int, end: int) -> str:
    """text[start:end] without padding."""
    return text[start:end].strip(STRIPPED)


def text_ends_of(text: str, start: int, end: int) -> bool:
    """Whether [start, end) ends in 的: a share of what stands before."""
    return text.endswith("的", start, end)


def joined(topic: str, subject: str) -> str:
    """`topic` and `subject` without saying twice what one ends and the other begins with.

    >>> joined("农村妇女检查", "检查标准")
    '农村妇女检查标准'
    """
    if subject in topic:
        return topic
    for size in range(min(len(topic), len(subject)), 0, -1):
        if topic.endswith(subject[:size]):
            return topic + subject[size:]
    return topic + subject


def host_of(figure: Figure, done: list[Figure]) -> Figure | None:
    """The figure before the bracket that `figure` stands in."""
    if figure.bracket is None:
        return None
    for earlier in reversed(done):
        if earlier.bracket != figure.bracket and earlier.quantity.end <= figure.bracket[0]:
            # 二期（占地108亩、…): the bracket belongs to the noun before it, not to a figure of an earlier clause.
            return earlier if earlier.high >= figure.bracket[0] else None
    return None
