"""The extractor's measures: taken by a process that reads, and once for the same code, tables and labels."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from assets import ahead
from assets.quality.gold_sets import CORPUS, GOLD, SHARED_GOLD, splits
from assets.stages.code_version import evaluation_version
from assets.stages.knowledge import knowledge
from assets.stages.workers import beside, most
from pipeline.evaluation import Evaluation, evaluate

CACHE_VARIABLE = "ZHENGBAO_CACHE"


class Measures(NamedTuple):
    """What the asset shows of the measures."""

    by_split: Mapping[str, Mapping[str, float]]
    phenomena: str
    """A Markdown table."""
    misses: str
    """A Markdown table."""


class Measured(NamedTuple):
    """A split's evaluation; `shown` says whether its misses may be looked at while rules are written."""

    evaluation: Evaluation
    shown: bool


def measure(names: Collection[str] = ()) -> dict[str, Measured]:
    """The evaluation of the named splits, of all where none is named; real reports first."""
    return {
        split.name: Measured(evaluate(split.texts, split.gold, split.predicted()), split.shown)
        for split in splits(knowledge)
        if not names or split.name in names
    }


def begin() -> None:
    """Begin to measure, in a process that reads, what the asset will ask for behind the reading."""
    if beside.is_started and cached() is None:
        ahead.begin("measures", evaluation_version(), beside, measure)


def taken() -> dict[str, Measured]:
    """The evaluation of all splits, begun before or taken now."""
    work = partial(beside.ask, measure) if most() > 1 else measure
    return ahead.done("measures", evaluation_version(), work)


def cached() -> Measures | None:
    """The measures that were taken before with the same code, tables and labels."""
    try:
        return Measures(**json.loads(_file().read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def keep(measures: Measures) -> None:
    """Remember them; a cache that cannot be written costs time only."""
    file = _file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        for old in sorted(file.parent.glob("*.json"), key=lambda old: old.stat().st_mtime)[:-20]:
            old.unlink()
        aside = file.with_suffix(f".{os.getpid()}")
        aside.write_text(json.dumps(measures._asdict(), ensure_ascii=False), encoding="utf-8")
        aside.replace(file)
    except OSError:
        return


def _file() -> Path:
    return _folder() / f"{_key()}.json"


def _folder() -> Path:
    """ZHENGBAO_CACHE, else the user's cache folder."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get(CACHE_VARIABLE) or Path(home) / "zhengbao") / "measures"


def _key() -> str:
    digest = sha256(evaluation_version().encode())
    labels = [file for folder in (GOLD, SHARED_GOLD) for file in sorted(folder.rglob("*")) if file.is_file()]
    for file in labels:
        if file.name != "floors.yaml":
            digest.update(str(file.name).encode() + file.read_bytes())
    for file in sorted(CORPUS.rglob("*")):
        digest.update(f"{file.name} {file.stat().st_size}".encode())
    return digest.hexdigest()[:32]
