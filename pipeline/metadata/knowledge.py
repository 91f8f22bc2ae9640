"""The language knowledge that reading metadata needs."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.language.times import A_YEAR
from pipeline.metadata.box import BoxKeys
from pipeline.metadata.offices import Offices
from pipeline.tables import Tables

BOTH = "summary+plan"


class Cues(NamedTuple):
    """The words of one place of `document_cues`, each with its kind of report."""

    kind_of: dict[str, str]
    any_word: re.Pattern[str]
    words: AhoCorasick
    names: re.Pattern[str]

    @classmethod
    def of(cls, kind_of: dict[str, str], names: Iterable[str]) -> Cues:
        """Compile the words; `names` are those that only hold a cue (计划免疫, 计划生育)."""
        any_word, any_name = (re.compile("|".join(map(re.escape, words))) for words in (kind_of, names))
        return cls(kind_of, any_word, AhoCorasick(list(kind_of), matchkind=MatchKind.LeftmostFirst), any_name)

    def kinds(self, text: str) -> set[str]:
        """What the words in `text` say; 政府工作报告 gives way to a plainer word."""
        if not self.any_word.search(text):
            return set()
        text = self.names.sub("", text)
        found = {kind for word, kind in self.kind_of.items() if word in text}
        if BOTH in found:
            found = (found - {BOTH}) or {"summary", "plan"}
        return found

    def counts(self, text: str) -> Counter[str]:
        """How often `text` has words of each kind."""
        kinds = list(self.kind_of.values())
        return Counter(kinds[word] for word, _, _ in self.words.find_matches_as_indexes(text))


class Campaign(NamedTuple):
    """A phrase that dates a text: it is only used between `start` and `end` (None: still in use)."""

    phrase: str
    start: date
    end: date | None


class MetadataKnowledge(NamedTuple):
    """The compiled tables `metadata_keys`, `offices`, `campaigns` and `document_cues`."""

    keys: BoxKeys
    offices: Offices
    campaigns: list[Campaign]
    cues: dict[str, Cues]
    turns: re.Pattern[str]

    @classmethod
    def from_tables(cls, tables: Tables) -> MetadataKnowledge:
        """Compile the tables."""
        words: dict[str, dict[str, str]] = defaultdict(dict)
        for row in tables["document_cues"]:
            words[row["place"]][row["text"]] = row["doc_type"]
        names = words.pop("name")
        cues = {place: Cues.of(kind_of, names) for place, kind_of in words.items()}
        turns, verbs = ("|".join(map(re.escape, words[place])) for place in ("turn", "turn_verb"))
        turns += f"|(?:{A_YEAR}|我[局委院县市区省州])[^\\n。；]{{0,15}}(?:{verbs})"
        campaigns = [
            Campaign(
                row["phrase"], date.fromisoformat(row["start"]), date.fromisoformat(row["end"]) if row["end"] else None
            )
            for row in tables["campaigns"]
        ]
        return cls(
            BoxKeys.from_tables(tables),
            Offices.from_tables(tables),
            campaigns,
            cues,
            # Behind a line end, which a search finds fastest; the text gets one before it.
            re.compile(f"\\n([ \\t\\u3000]{{0,12}}(?:{turns})[^\\n]{{0,40}})"),
        )
