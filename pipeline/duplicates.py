"""What near duplicates (近似重复) are told by: reports that say nearly the same, whatever the order of their sentences.

A report's signature is the MinHash of its five-character shingles. Of the shingles only those whose
hash falls into one of a few classes are kept, which samples both reports of a pair alike. warehouse/duplicates.py compares them.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

_PERMUTATIONS = 64
_SHINGLE = 5
_CLASSES = 4
_FEWEST = 32  # a text of which fewer are kept keeps all
_SEED, _SCHEME = 1, "affine32"
_BASE = np.uint64(1_000_003)
_MIX = np.uint64(0x9E3779B97F4A7C15)

# Beyond the first plane stand hanzi, and nothing else that reports are written with.
_IS_LETTER = np.array([chr(c).isalnum() for c in range(0x10000)] + [True])

Signature = list[int]
"""The hash values of a MinHash; [] for a text too short to have any."""


def signature(text: str) -> Signature:
    """The MinHash of `text`, of its letters, digits and hanzi only.

    >>> signature("工作总结。") == signature("工作 总结")
    True
    """
    characters = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    letters = characters[_IS_LETTER.take(characters, mode="clip")].astype(np.uint64)
    if not len(letters):
        return []
    width = min(_SHINGLE, len(letters))
    shingles = np.zeros(len(letters) - width + 1, dtype=np.uint64)
    for k in range(width):
        shingles = shingles * _BASE + letters[k : len(letters) - width + 1 + k]
    hashes = (shingles * _MIX) >> np.uint64(32)
    sampled = hashes[hashes % np.uint64(_CLASSES) == 0]
    minhash = _empty().copy()
    minhash.update_batch((sampled if len(sampled) >= _FEWEST else hashes).tolist())
    values: Signature = minhash.hashvalues.tolist()
    return values


@cache
def _empty() -> Any:
    """A MinHash that takes hashes as they are, since the shingles are hashed already."""
    from datasketch import MinHash  # loads scipy, which a run that reads nothing itself need not

    return MinHash(num_perm=_PERMUTATIONS, seed=_SEED, hashfunc=int, scheme=_SCHEME)
