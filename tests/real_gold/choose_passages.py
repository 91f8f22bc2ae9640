"""Choose the passages of the gold set on real reports: whole paragraphs, by a fixed seed, before anything is labelled.

    python tests/real_gold/choose_passages.py ../shared/corpus > passages.jsonl

A document gives at most one passage and lies whole in one half. Which kind of passage a document gives is decided by
what the quotas still need; where in the document, by the seed.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import NamedTuple

FIRST_YEAR = 1990


# A figure, roughly: digits that name no year, day, session or list item.
FIGURE = re.compile(r"[0-9０-９][0-9０-９.．,，]*(?![0-9０-９年月日届号、.．）)时])")
FEWEST, ENOUGH, MOST = 12, 25, 55
LONGEST = 1500

FIVE_YEARS = re.compile("五年来|过去五年|过去的五年|这五年|五年间|“?[七八九十]+五”?(?:时期|期间)")
TARGETS = re.compile("预期目标|奋斗目标|主要目标|发展目标|工作目标")
PLAN = re.compile(
    "^.{0,12}(?:(?:20..年|今年|本年度|下一步|今后)的?(?:主要|重点)?(?:工作|任务|目标|总体)|.{0,8}(?:工作安排|工作任务|总体要求|主要任务))"
)
# Lists of 民生实事 are few and marked in as many ways, so they were found by eye: how the first paragraph begins.
ANNEXES = {
    "云南省人民政府/2025.txt": "年度目标：全省农村劳动力转移",
    "广东省人民政府/2025.txt": "一、为老年人提供健康管理",
    "浙江省人民政府/2025.txt": "1.医疗卫生方面",
    "顺平县人民政府/2021.txt": "一是高质量编制国土空间规划",
    "容城县人民政府/2012.txt": "突出抓好十件民生实事",
    "贵州省人民政府/2025.txt": "今年将继续统筹安排财力",
    "安国市人民政府/2022.txt": "附件1",
}
# Where reading showed that a passage is of another kind than its rule said.
READ_AS = {
    "国务院/1998.txt": "work",
    "国务院/2000.txt": "opening",
    "国务院/2018.txt": "five_years",
    "唐县人民政府/2020.txt": "opening",
}
GLOSSARY = re.compile("^[^一-龥]*(?:附件?.{0,4})?(?:《政府工作报告》.{0,6})?(?:名词解释|名词注释|注释|短语说明)")


class Round(NamedTuple):
    """How many passages of each kind at most, and of each level of government."""

    seed: int
    quotas: dict[str, int]
    strata: dict[str, int]


ROUNDS = (
    Round(
        20261128,
        {"annex": 7, "five_years": 11, "targets": 15, "opening": 24, "work": 24},
        {"state_council": 25, "province": 27, "county": 28},
    ),
    Round(20261129, {"opening": 6, "five_years": 4}, {"state_council": 5, "province": 1, "county": 4}),
)


class Passage(NamedTuple):
    """Paragraphs of one document: offset and length are str indices of its text."""

    document: str
    kind: str
    offset: int
    length: int
    figures: int


def paragraphs(text: str) -> list[tuple[int, str]]:
    """Offset and text of each paragraph."""
    return [(match.start(), match.group()) for match in re.finditer("[^\n]+", text)]


def kinds(text: str) -> list[str]:
    """The kind of passage that each paragraph may begin, "" where none."""
    lines = [line for _, line in paragraphs(text)]
    plan = next((i for i, line in enumerate(lines) if i > len(lines) / 8 and PLAN.match(line)), int(len(lines) * 0.4))
    found: list[str] = []
    glossary = False
    for i, line in enumerate(lines):
        glossary = glossary or (i > len(lines) / 3 and len(line) < 40 and bool(GLOSSARY.match(line)))
        if glossary:
            found.append("")
        elif TARGETS.search(line) and len(FIGURE.findall(line)) > 2:
            found.append("targets")
        elif i < plan:
            five = any(FIVE_YEARS.search(before) for before in lines[max(0, i - 3) : i + 1])
            found.append("five_years" if five else "opening")
        else:
            found.append("work")
    return found


def windows(document: str, text: str) -> Iterator[Passage]:
    """Every run of whole paragraphs that has figures enough; of a document with an annex, the run that the annex begins."""
    lines, named = paragraphs(text), kinds(text)
    if opening := ANNEXES.get(document):
        first = next(i for i, (_, line) in enumerate(lines) if line.strip().startswith(opening))
        named = ["annex" if i >= first else "" for i in range(len(lines))]
        yield _window(document, text, lines, named, first)
        return
    for i, kind in enumerate(named):
        if kind and FIGURE.search(lines[i][1]):
            window = _window(document, text, lines, named, i)
            fewest = FEWEST if kind == "targets" else FEWEST + 4
            if fewest <= window.figures <= MOST and window.length <= LONGEST:
                yield window


def _window(document: str, text: str, lines: list[tuple[int, str]], named: list[str], first: int) -> Passage:
    """The paragraphs from `first` on, until they hold enough figures, grow too long or come to a glossary."""
    begin = end = lines[first][0]
    for (start, line), kind in zip(lines[first:], named[first:], strict=True):
        if not kind or (end > begin and start + len(line) - begin > LONGEST):
            break
        end = start + len(line)
        if len(FIGURE.findall(text[begin:end])) >= ENOUGH:
            break
    return Passage(document, named[first], begin, end - begin, len(FIGURE.findall(text[begin:end])))


def stratum(document: str) -> str:
    """The level of government of a document."""
    folder = document.split("/")[0]
    if folder == "国务院":
        return "state_council"
    in_county = folder.endswith(("县人民政府", "区人民政府")) and "自治区" not in folder
    return "county" if in_county or folder.startswith(("保定", "安国")) else "province"


def choose(texts: dict[str, str], round_: Round) -> list[Passage]:
    """One passage a document until the strata are full, of the kind that lacks most of its quota."""
    random, taken, strata, chosen = Random(round_.seed), Counter[str](), Counter[str](), list[Passage]()
    candidates = {document: list(windows(document, text)) for document, text in texts.items()}
    order = sorted(texts)
    random.shuffle(order)
    # Rare kinds first: what few documents have is not lost to what all have.
    order.sort(key=lambda document: not any(window.kind == "annex" for window in candidates[document]))
    for document in order:
        level = stratum(document)
        found = {window.kind for window in candidates[document]}
        open_kinds = [kind for kind, quota in round_.quotas.items() if kind in found and taken[kind] < quota]
        if strata[level] >= round_.strata[level] or not open_kinds:
            continue
        kind = min(open_kinds, key=lambda kind: taken[kind] / round_.quotas[kind])
        chosen.append(random.choice([window for window in candidates[document] if window.kind == kind]))
        taken[kind] += 1
        strata[level] += 1
    return chosen


def halves(chosen: list[Passage]) -> dict[str, str]:
    """Half of each document: every second one of each stratum and kind."""

    def place(passage: Passage) -> tuple[str, str, str]:
        return stratum(passage.document), passage.kind, sha256(passage.document.encode()).hexdigest()

    return {passage.document: ("dev", "held_out")[i % 2] for i, passage in enumerate(sorted(chosen, key=place))}


def main(corpus: Path) -> None:
    """Print the passages of both rounds, each with dev first, in the order of their documents."""
    with (corpus / "manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        documents = [row["path"] for row in csv.DictReader(file)]
    data = {path: (corpus / path).read_bytes() for path in documents if int(path[-8:-4]) >= FIRST_YEAR}
    numbers: Counter[str] = Counter()
    for round_ in ROUNDS:
        chosen = choose({path: content.decode() for path, content in data.items()}, round_)
        half = halves(chosen)
        for passage in sorted(chosen, key=lambda passage: (half[passage.document], passage.document)):
            side = half[passage.document]
            numbers[side] += 1
            row = {
                "passage": f"{side[0]}{numbers[side]:02}",
                "half": side,
                "kind": READ_AS.get(passage.document, passage.kind),
                "document": passage.document,
                "offset": passage.offset,
                "length": passage.length,
                "sha256": sha256(data.pop(passage.document)).hexdigest(),
            }
            print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
