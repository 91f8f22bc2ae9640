"""The table `commitment_words` as compiled patterns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.commitments.deadlines import DeadlineReader
from pipeline.language.numerals import COUNTING
from pipeline.language.patterns import any_of, longest_first
from pipeline.report_parts import PartCues
from pipeline.tables import Tables

BY = "由"
FIRST, MATTERS = "重点", ("工作", "任务", "事项", "方面")


class HeadWords:
    """The words with which clauses begin: verb, adverb (进一步), lead (我们将) and firm (确保); some are of two kinds."""

    def __init__(self, kinds: Mapping[str, Iterable[str]], noun_tails: tuple[str, ...]) -> None:
        """`kinds`: kind -> words. A verb before one of `noun_tails` is none (签约率)."""
        kinds_of: dict[str, frozenset[str]] = {}
        for kind, words in kinds.items():
            for word in words:
                kinds_of[word] = kinds_of.get(word, frozenset()) | {kind}
        # First one or two characters -> the words that they may begin and their kinds, the longest first.
        self._words: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for word in sorted(kinds_of, key=len, reverse=True):
            self._words[word[:2]].append((word, kinds_of[word]))
        for first, words_of_first in self._words.items():
            if len(first) > 1:
                words_of_first += self._words.get(first[0], [])
        self._noun_tails = noun_tails

    def at(self, clause: str, start: int) -> tuple[str, frozenset[str]]:
        """The longest word that begins at `start` and its kinds; ("", empty) if there is none."""
        first = clause[start : start + 2]
        for word, kinds in self._words.get(first) or self._words.get(first[:1]) or ():
            if clause.startswith(word, start):
                if "verb" in kinds and clause.startswith(self._noun_tails, start + len(word)):
                    kinds -= {"verb"}
                if kinds:
                    return word, kinds
        return "", frozenset()


@dataclass(frozen=True, repr=False)
class CommitmentKnowledge:
    """Patterns of `commitment_words`; build it with `from_tables`. `parts` tells plans from reviews by headings and leads."""

    verb: re.Pattern[str]
    middle_verb: re.Pattern[str]
    reach: re.Pattern[str]
    reach_verb: re.Pattern[str]
    states: tuple[str, ...]
    state: re.Pattern[str]
    heads: HeadWords
    prepositions: tuple[str, ...]
    principles: tuple[str, ...]
    noun_tails: tuple[str, ...]
    part: tuple[str, ...]
    announcement_ends: tuple[str, ...]
    announcement: re.Pattern[str]
    cue: re.Pattern[str]
    """What may make a task firm, explored, ongoing or done: a clause without it is none of these."""
    firm: re.Pattern[str]
    firmness: dict[str, str]
    explore: re.Pattern[str]
    ongoing: re.Pattern[str]
    done: re.Pattern[str]
    problem: re.Pattern[str]
    turn_starts: frozenset[str]
    turn: re.Pattern[str]
    will: re.Pattern[str]
    object_tails: tuple[str, ...]
    unit_word: re.Pattern[str]
    unit_label: re.Pattern[str]
    unit_bracket: re.Pattern[str]
    unit_inline: re.Pattern[str]
    deadlines: DeadlineReader
    parts: PartCues

    @classmethod
    def from_tables(cls, tables: Tables) -> CommitmentKnowledge:
        """Compile `commitment_words`, with `status_cues` for the sections that plan."""
        words: dict[str, list[str]] = defaultdict(list)
        for row in tables["commitment_words"]:
            words[row["kind"]].append(row["text"])
            if row["value"] in ("middle", "other"):
                words[f"{row['kind']}:{row['value']}"].append(row["text"])
        no_noun = f"(?!{any_of(words['noun_tail'])})"
        hardness = any_of([*words["must"], *words["strive"]])
        responsible = any_of(set(words["unit_label"]) - set(words["unit_label:other"]))
        other = any_of(words["unit_label:other"])
        not_done = any_of(words["not_done"])
        return cls(
            verb=re.compile(f"(?:{any_of(words['verb'])}){no_noun}"),
            middle_verb=re.compile(f"(?:{any_of(words['verb:middle'])}){no_noun}"),
            reach=re.compile(
                f"(?:{any_of(words['reach'])})(?!标){no_noun}(?=[^0-9{COUNTING}百两]{{0,4}}[0-9{COUNTING}百两])"
            ),
            reach_verb=re.compile(any_of(words["reach"])),
            states=tuple(words["state"]),
            state=re.compile(f"(?:{any_of(words['state'])})$"),
            heads=HeadWords(
                {kind: words[kind] for kind in ("verb", "adverb", "lead")} | {"firm": words["must"] + words["strive"]},
                tuple(words["noun_tail"]),
            ),
            prepositions=tuple(words["preposition"]),
            principles=tuple(words["principle"]),
            noun_tails=tuple(words["noun_tail"]),
            part=tuple(words["part"]),
            announcement_ends=(*words["announcement"], FIRST, *MATTERS),
            announcement=re.compile(f"(?:{any_of(words['announcement'])})(?:{FIRST})?(?:{any_of(MATTERS)})?$"),
            cue=re.compile(
                any_of([*words["must"], *words["strive"], *words["explore"], *words["ongoing"], *words["done"]])
            ),
            firm=re.compile(hardness),
            firmness={word: kind for kind in ("strive", "must") for word in words[kind]},
            explore=re.compile(f"(?!{any_of(words['not_explore'])})(?:{any_of(words['explore'])})"),
            ongoing=re.compile(any_of(words["ongoing"])),
            done=re.compile(f"(?:{not_done})|(?P<done>{any_of(words['done'])})"),
            problem=re.compile(any_of(words["problem"])),
            turn_starts=frozenset(word[0] for word in words["turn"]),
            turn=re.compile(f"(?:{any_of(words['turn'])})(?!.{{0,12}}(?:奠定|打下|提供))"),
            will=re.compile("[，,]?[^，。]{0,12}(?:将|要)"),
            object_tails=tuple(longest_first([*words["object_tail"], *words["must"], *words["strive"]])),
            unit_word=re.compile(f"(?:{responsible}|{other})[：:]"),
            unit_label=re.compile(f"(?:{responsible})[：:][ \u3000]?(?P<units>[^；;。）)\n：:]{{1,80}})"),
            unit_bracket=re.compile(f"[（(](?:{responsible}|{other})[：:]"),
            unit_inline=re.compile(f"{BY}(?P<units>[^，。；：由]{{2,24}}?)(?:{any_of(words['unit_verb'])})"),
            deadlines=DeadlineReader(tables["commitment_words"]),
            parts=PartCues.from_tables(tables),
        )
