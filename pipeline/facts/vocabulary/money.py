"""Words that tell who pays and what money is for, compiled once from the table `money_words` (资金用词)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.language.function_words import COMPARATIVE, EVERY, PERFECTIVE, PURPOSIVE, TOWARDS
from pipeline.language.lists import LIST_MARK
from pipeline.language.patterns import NOTHING
from pipeline.language.word_kinds import WordKinds
from pipeline.tables import Tables


@dataclass(frozen=True, eq=False)
class MoneyWords:
    """Build it with `from_tables`."""

    # One that says who pays alone: 中央财政安排64亿元，解决花农安置.
    pays: re.Pattern[str] = NOTHING
    # 省财政安排专项资金2亿元
    paid_by: re.Pattern[str] = NOTHING
    # 中央财政支出52亿元 names itself.
    spends: tuple[str, ...] = ()
    # 投资, 投入资金
    amounts: tuple[str, ...] = ()
    # 统筹2亿元用于花农安居 is 花农安居资金.
    funds: str = ""
    # An amount that says nothing of its own: 投入资金, 市财政投入, but not 投入衔接资金.
    bare: re.Pattern[str] = NOTHING
    # An amount without a name of its own, behind whoever pays: 从基金中拿出, 共筹集, but not 拨付救助金.
    unnamed: re.Pattern[str] = NOTHING
    # 增加花田保护投入，中央财政安排92亿元; 为加快花圃建设，中央财政安排92亿元
    fund: re.Pattern[str] = NOTHING
    # 落实资金2亿元: what is told of all there is, or of what was planned, leans on what stands before.
    told_of_all: re.Pattern[str] = NOTHING
    # 主要用于花种研究
    for_what: str = ""
    says_for_what: re.Pattern[str] = NOTHING
    # 重点支持花种研究
    serves: re.Pattern[str] = NOTHING
    # 对5所学校进行改造提升
    done_to: re.Pattern[str] = NOTHING
    # 比去年预算
    budget: re.Pattern[str] = NOTHING
    # 以每台200元的价格
    priced: re.Pattern[str] = NOTHING
    # 户均增收3000元
    income_rises: frozenset[str] = frozenset()

    @classmethod
    def from_tables(cls, tables: Tables) -> MoneyWords:
        """From the rows of `money_words`."""
        kinds = WordKinds(tables["money_words"])
        level, adverb, treasury = kinds.of("level"), kinds.of("pay_adverb"), kinds.of("treasury")
        payers = kinds.of("level", "payers")
        compares = "".join(COMPARATIVE)
        return cls(
            pays=re.compile(f"{payers}*{treasury}{adverb}?{kinds.of('pay_verb')}?"),
            paid_by=re.compile(f"{payers}|{treasury}"),
            spends=kinds.words("spends"),
            amounts=kinds.words("amount"),
            funds=kinds.only("funds"),
            bare=re.compile(f"{level}?{treasury}?{adverb}?{kinds.of('gather_verb')}?{kinds.of('amount')}"),
            unnamed=re.compile(f".*{kinds.of('pay_verb', 'gather_verb', 'spends')}"),
            fund=re.compile(
                f"{kinds.of('increases')}[{TOWARDS}{PERFECTIVE}]?"
                f"(?P<what>(?:(?!{kinds.of('increases')})[^，]){{2,12}}{kinds.of('fund')})$"
                f"|^{PURPOSIVE}{PERFECTIVE}?{kinds.of('further')}?{kinds.of('furthers')}(?P<aim>[^，、]{{4,14}})$"
            ),
            told_of_all=kinds.pattern("told_of_all"),
            for_what=kinds.only("for_what"),
            says_for_what=re.compile(f"{kinds.of('mainly')}?{kinds.of('for_what')}"),
            serves=re.compile(f"{kinds.of('mainly')}?{kinds.of('serves')}"),
            done_to=re.compile(
                f"[{TOWARDS}{PURPOSIVE}](?P<whom>[^，]+?){kinds.of('done_to')}{PERFECTIVE}?(?P<act>[^，{LIST_MARK}]{{2,10}})"
            ),
            budget=re.compile(
                f"[^{compares}]{{0,2}}[{compares}][^，]{{0,4}}?{kinds.of('budget_stage')}?"
                f"{kinds.of('budget')}{kinds.of('budget_item')}?"
            ),
            priced=re.compile(f"{kinds.of('at_price')}(?={EVERY})"),
            income_rises=kinds.set("income_rises"),
        )

    def is_bare(self, payer: str) -> bool:
        """Whether the words of an amount say nothing of what it is for: 投入资金, 中央财政拟投入."""
        return self.bare.fullmatch(payer) is not None

    def has_no_name(self, payer: str) -> bool:
        """Whether the words of an amount do not name it, so that only what it is for tells which it is: 中央财政安排, 从基金中拿出."""
        return self.is_bare(payer) or any(what.fullmatch(payer) is not None for what in (self.pays, self.unnamed))
