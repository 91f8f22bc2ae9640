"""A search index of small script files, which a browser can load from a folder: Chinese is found by pairs of characters.

search/catalogue.js      names of documents, indicators and places, with their pages
search/pairs-<n>.js      pair of characters -> documents that have it
search/text-<id>.js      the lines of a document
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

SHARDS = 64


def script(call: str, *values: Any) -> str:
    r"""A script file that hands values to the search page.

    >>> script("zhengbao.lines", "a", ["</script>"])
    'zhengbao.lines("a",["\\u003c/script>"]);'
    """
    return f"{call}({','.join(safe_json(value) for value in values)});"


def safe_json(value: Any) -> str:
    """JSON that can stand inside an HTML script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def pairs(text: str) -> set[str]:
    """The pairs of neighbouring characters of a text, as the search page makes them of a question.

    >>> sorted(pairs("GDP 增长"))
    ['dp', 'gd', '增长']
    """
    folded = text.lower()
    return {first + second for first, second in set(pairwise(folded)) if not (first.isspace() or second.isspace())}


def shard(pair: str) -> int:
    """The file that holds a pair; search.js computes the same."""
    return (ord(pair[0]) * 31 + ord(pair[1])) % SHARDS


def pair_files(texts: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Shard -> its script, from numbered documents in rising order."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, text in texts:
        for pair in pairs(text):
            holders[pair].append(number)
    found: list[dict[str, list[int]]] = [{} for _ in range(SHARDS)]
    for pair in sorted(holders):
        found[shard(pair)][pair] = holders[pair]
    return {number: script("zhengbao.pairs", number, own) for number, own in enumerate(found)}


def catalogue(
    documents: Sequence[Mapping[str, Any]],
    indicators: Sequence[Mapping[str, Any]],
    places: Sequence[Mapping[str, Any]],
) -> str:
    """The names that are searched first, and the numbering of the documents."""
    return script("zhengbao.catalogue", {"documents": documents, "indicators": indicators, "places": places})
