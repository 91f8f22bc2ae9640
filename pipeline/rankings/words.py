"""The table `ranking_words` as compiled patterns."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from pipeline.language.numerals import COUNTING, NAUGHTS
from pipeline.language.patterns import any_of, begins_with
from pipeline.language.times import A_YEAR, YEARS_LONG
from pipeline.tables import Tables

NUMERAL = f"[0-9]{{1,4}}|[{COUNTING}百{NAUGHTS}]{{1,6}}"
# 健全国家 and 安全省 hold no 全国 and no 全省.
WHOLE = "(?<![健安完保周齐])"

OWN_PLACE = re.compile("^[全我][省市州区县旗盟](?:的)?")


@dataclass(frozen=True, repr=False)
class RankingKnowledge:
    """Patterns and words of `ranking_words`; build it with `from_tables`.

    `core` finds what may say a rank and names the way it does by its group: ordinal (第3位),
    within (前三), top (首位), first (首家), only (唯一) or superlative (最低).
    """

    core: re.Pattern[str]
    core_start: re.Pattern[str]
    scope: re.Pattern[str]
    scopes: dict[str, str]
    nearby_scopes: dict[str, str]
    dropped_groups: frozenset[str]
    verb_at_end: re.Pattern[str]
    not_verbs: tuple[str, ...]
    kind_at_end: re.Pattern[str]
    target: re.Pattern[str]
    measured_in: re.Pattern[str]
    earlier: tuple[str, ...]
    not_after: tuple[str, ...]
    not_after_unit: tuple[str, ...]
    tops: dict[str, int]
    firsts: frozenset[str]
    copula_at_end: re.Pattern[str]
    subject_leads: re.Pattern[str]
    subject_tails: re.Pattern[str]
    value_start: re.Pattern[str]
    comparisons: tuple[str, ...]
    generic: dict[str, str]
    noun_end: re.Pattern[str]

    @staticmethod
    def without_own_place(subject: str) -> str:
        """全市签约率 and 我区签约率 are 签约率."""
        return OWN_PLACE.sub("", subject)

    @classmethod
    def from_tables(cls, tables: Tables) -> RankingKnowledge:
        """Compile `ranking_words`; provinces and cities of `places` are scopes too (福建省首家)."""
        words: dict[str, dict[str, str]] = defaultdict(dict)
        for row in tables["ranking_words"]:
            words[row["kind"]][row["text"]] = row["value"]
        nearby = dict(words["nearby_scope"])
        for level in ("province", "city"):
            for row in tables["places"]:
                if row["level"] == level and not row.get("until"):
                    nearby.setdefault(row["name"], row["name"])
                    nearby.setdefault(row["short_name"], row["name"])
        unit, first = any_of(words["unit"]), any_of(words["first"])
        verbs = f"(?:{any_of(words['verb'])})(?:{any_of(words['particle'])})?$"
        return cls(
            core=re.compile(
                f"第 ?(?P<ordinal>{NUMERAL})(?P<unit>{unit}|{first})?|前 ?(?P<within>{NUMERAL})(?P<within_unit>{unit})?"
                f"|(?P<top>{any_of(words['top'])})|首(?P<first>{first})|(?P<only>唯一)"
                f"|(?P<superlative>{any_of(words['superlative'])})"
            ),
            # One class of characters is searched for many times faster than alternatives are.
            core_start=re.compile(
                f"[第前首唯{''.join(sorted({word[0] for word in [*words['top'], *words['superlative']]}))}]"
            ),
            scope=re.compile(
                f"(?P<scope>{begins_with(words['scope'])}{WHOLE}(?:{any_of(words['scope'])}))(?P<group>{any_of(words['group'])})?"
            ),
            scopes=words["scope"],
            nearby_scopes=nearby,
            dropped_groups=frozenset(text for text, value in words["group"].items() if value == "drop"),
            verb_at_end=re.compile(verbs),
            not_verbs=tuple(words["not_verb"]),
            kind_at_end=re.compile(f"(?:{any_of(words['kind_ending'])})$"),
            target=re.compile(any_of(words["target"])),
            measured_in=re.compile(any_of(words["measured_in"])),
            earlier=tuple(words["earlier"]),
            not_after=tuple(words["not_after"]),
            not_after_unit=tuple(words["not_after_unit"]),
            tops={text: int(value) for text, value in words["top"].items()},
            firsts=frozenset(words["first"]),
            copula_at_end=re.compile(f"(?:{any_of(words['copula'])})$"),
            subject_leads=re.compile(f"(?:(?:{any_of(words['subject_lead'])}|{A_YEAR}|[^，]{{0,6}}[底末止]，)+的?)"),
            subject_tails=re.compile(
                f"(?:{any_of(words['subject_tail'])}|在[^在]{{1,20}}[中里内]|连续{YEARS_LONG}|{YEARS_LONG})$"
            ),
            # 签约 and 节约 do not begin a value.
            value_start=re.compile(f"(?<![签节预合])(?:{any_of(words['value_start'])})|[0-9]"),
            comparisons=tuple(words["comparison"]),
            generic=words["generic"],
            noun_end=re.compile(any_of(words["noun_end"])),
        )
