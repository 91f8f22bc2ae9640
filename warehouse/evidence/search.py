"""A search index of small script files, which a browser can load from a folder: Chinese is found by pairs of characters.

search/catalogue.js      names of documents, indicators and places, with their pages
search/pairs-<n>.js      pair of characters -> documents that have it
search/text-<id>.js      the lines of a document
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHARDS = 64
BITS, OF_DOCUMENT = 21, 20
"""A pair and a document in one number of 62 bits: two code points, and the document below them."""
LOW = (1 << BITS) - 1
BLANK = np.array([chr(sign).isspace() for sign in range(1 << 16)])
"""Whether a sign of the first plane is blank; none of another is."""

Pairs = NDArray[np.int64]


def script(call: str, *values: Any) -> str:
    r"""A script file that hands values to the search page.

    >>> script("zhengbao.lines", "a", ["</script>"])
    'zhengbao.lines("a",["\\u003c/script>"]);'
    """
    return f"{call}({','.join(safe_json(value) for value in values)});"


def safe_json(value: Any) -> str:
    """JSON that can stand inside an HTML script element."""
    return inside_script(json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str))


def inside_script(text: str) -> str:
    """JSON, written so that it ends no script element and no line."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def pairs(text: str) -> Pairs:
    """The pairs of neighbouring characters of a text, as the search page makes them of a question; each once, in order.

    >>> [pair_of(int(pair)) for pair in pairs("GDP 增长")]
    ['dp', 'gd', '增长']
    """
    signs = np.frombuffer(text.lower().encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    blank = BLANK[np.minimum(signs, len(BLANK) - 1)]
    found = np.sort((signs[:-1] << BITS | signs[1:])[~(blank[:-1] | blank[1:])])
    return found[np.diff(found, prepend=-1) > 0]  # a sixth of the time of np.unique


def pair_of(number: int) -> str:
    """The two characters of a number that `pairs` gives."""
    return chr(number >> BITS) + chr(number & LOW)


def shards(pairs: Pairs) -> Pairs:
    """The file that holds each pair; search.js computes the same."""
    return ((pairs >> BITS) * 31 + (pairs & LOW)) % SHARDS


def pair_files(texts: Iterable[tuple[int, str]], scratch: Path | None = None) -> Iterator[tuple[int, str]]:
    """Each shard and its script, from numbered documents. What is found lies on disk meanwhile, in `scratch` or the system's folder."""
    with ExitStack() as files:
        held = [files.enter_context(TemporaryFile(dir=scratch)) for _ in range(SHARDS)]
        for number, text in texts:
            found = pairs(text)
            shard = shards(found).astype(np.uint8)
            by_shard = found[np.argsort(shard, kind="stable")] << OF_DOCUMENT | number
            ends = np.cumsum(np.bincount(shard, minlength=SHARDS))
            for own, part in zip(held, np.split(by_shard, ends[:-1]), strict=True):
                own.write(part.tobytes())
        for number, file in enumerate(held):
            file.seek(0)
            yield (
                number,
                script("zhengbao.pairs", number, _holders(np.sort(np.frombuffer(file.read(), dtype=np.int64)))),
            )


def _holders(held: Pairs) -> dict[str, list[int]]:
    """Pair -> its documents."""
    own, first = np.unique(held >> OF_DOCUMENT, return_index=True)
    documents = (held & ((1 << OF_DOCUMENT) - 1)).tolist()
    ends = [*first.tolist(), len(documents)]
    return {
        pair_of(pair): documents[start:end] for pair, (start, end) in zip(own.tolist(), pairwise(ends), strict=True)
    }


def catalogue(
    documents: Sequence[Mapping[str, Any]],
    indicators: Sequence[Mapping[str, Any]],
    places: Sequence[Mapping[str, Any]],
) -> str:
    """The names that are searched first, and the numbering of the documents."""
    return script("zhengbao.catalogue", {"documents": documents, "indicators": indicators, "places": places})
