"""The table `mention_words`, with `offices` and the places, as compiled patterns."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from pipeline.language.patterns import any_of
from pipeline.places import PlaceIndex
from pipeline.tables import Tables

# Within a name no list and no phrase is begun.
PLAIN = "(?![和与及的在等是为])[\u4e00-\u9fff]"
QUOTED = "“[^“”\n]{1,40}”"


@dataclass(frozen=True, repr=False)
class MentionKnowledge:
    """Patterns of `mention_words`; build it with `from_tables`."""

    places: PlaceIndex
    policy_end: re.Pattern[str]
    issue_verb: re.Pattern[str]
    programme: re.Pattern[str]
    known: re.Pattern[str]
    level: re.Pattern[str]
    office: re.Pattern[str]
    organisation_end: re.Pattern[str]
    generic_start: re.Pattern[str]
    stop: re.Pattern[str]

    @classmethod
    def from_tables(cls, tables: Tables, places: PlaceIndex) -> MentionKnowledge:
        """Compile `mention_words` and the names of `offices`."""
        words: dict[str, list[str]] = defaultdict(list)
        for row in tables["mention_words"]:
            words[row["kind"]].append(row["text"])
        offices = {form for row in tables["offices"] for form in [row["name"], *row["aliases"].split("|")] if form}
        suffix = any_of(words["programme_suffix"])
        levels = "".join(words["level"])
        widths = sorted({len(word) for word in words["not_level"]})
        not_levels = "".join(f"(?<!{any_of(word for word in words['not_level'] if len(word) == n)})" for n in widths)
        return cls(
            places=places,
            policy_end=re.compile(f"(?:{any_of(words['policy_suffix'])})(?:[（(][^（）()]{{1,24}}[）)])?$"),
            issue_verb=re.compile(f"(?:{any_of(words['issuer_tail'])})*(?:{any_of(words['issue_verb'])})了?$"),
            programme=re.compile(f"“[^“”\n]{{2,40}}?(?:{suffix})”|{QUOTED}{PLAIN}{{0,6}}(?:{suffix})"),
            known=re.compile(any_of(words["known"])),
            level=re.compile(
                f"[{levels}]{not_levels}(?={any_of([*words['org_office'], *offices])}|[\u4e00-\u9fff]{{0,14}}(?:{any_of(words['org_suffix'])}))"
            ),
            office=re.compile(f"(?!{any_of(words['not_org'])})(?:{any_of([*words['org_office'], *offices])})(?!员)"),
            organisation_end=re.compile(any_of(words["org_suffix"])),
            generic_start=re.compile(any_of(words["generic_start"])),
            stop=re.compile(f"[^\u4e00-\u9fff·]|{any_of(words['org_stop'])}"),
        )
