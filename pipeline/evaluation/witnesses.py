"""Which rows of the word tables earn their place: what text witnesses a row, and what its removal changes (词表的证据)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind


class Witness(NamedTuple):
    """A word of a table, with the names of the texts in which it occurs."""

    kind: str
    word: str
    texts: frozenset[str]


def witnesses(rows: Iterable[tuple[str, str]], texts: Mapping[str, str]) -> list[Witness]:
    """For each (kind, word) of `rows` the texts that hold it, in the order of the rows.

    >>> [(seen.word, sorted(seen.texts)) for seen in witnesses([("make", "建"), ("make", "设")], {"a": "新建", "b": "建"})]
    [('建', ['a', 'b']), ('设', [])]
    """
    entries = list(rows)
    words = sorted({word for _, word in entries})
    automaton = AhoCorasick(words, matchkind=MatchKind.Standard)
    found: dict[str, set[str]] = {word: set() for word in words}
    for name, text in texts.items():
        for number in {match[0] for match in automaton.find_matches_as_indexes(text, overlapping=True)}:
            found[words[number]].add(name)
    return [Witness(kind, word, frozenset(found[word])) for kind, word in entries]


def idle(seen: Sequence[Witness], read: Callable[[Witness | None, str], object], fewest: int = 1) -> list[Witness]:
    """The witnessed rows whose removal changes nothing in the texts that hold them.

    `read(left_out, name)` reads the text `name` without the row `left_out`, with all rows for None. Rows witnessed by fewer than `fewest` texts are not tried.
    """
    whole: dict[str, object] = {}
    unchanged = []
    for row in seen:
        if len(row.texts) < fewest:
            continue
        for name in sorted(row.texts):
            if name not in whole:
                whole[name] = read(None, name)
            if read(row, name) != whole[name]:
                break
        else:
            unchanged.append(row)
    return unchanged


def twice(rows: Iterable[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[tuple[str, list[str]]]]:
    """Duplicates (the same kind and word), and contradictions (a word of several kinds).

    >>> twice([("make", "设"), ("nominal", "设"), ("act", "办"), ("act", "办")])
    ([('act', '办')], [('设', ['make', 'nominal'])])
    """
    entries = list(rows)
    kinds: dict[str, set[str]] = {}
    for kind, word in entries:
        kinds.setdefault(word, set()).add(kind)
    duplicates = (
        sorted({entry for entry in entries if entries.count(entry) > 1}) if len(set(entries)) < len(entries) else []
    )
    return duplicates, [(word, sorted(said)) for word, said in kinds.items() if len(said) > 1]
