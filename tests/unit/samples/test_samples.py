"""The sample reports really have the defects for which they are there: a lost byte must not go unseen."""

import csv
import json
import re
import unicodedata
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.language.numerals import chinese
from pipeline.readers import read
from pipeline.records import Reject
from pipeline.stages import Knowledge, clean_report, read_report
from tests.formats.build import SAMPLES as BUILT

REPORTS = Path(__file__).resolve().parents[3] / "seeds" / "reports"
SAMPLES = json.loads(Path(__file__).with_name("samples.json").read_text(encoding="utf-8"))
MARKS = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16": b"\xff\xfe"}
GLOSS = r"[\u4e00-\u9fff]\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)"
SPAM = "免费|视频|www|影院"


def text_of(sample):
    return (REPORTS / sample["path"]).read_bytes().decode(sample["encoding"])


def manifest():
    with (REPORTS / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines_of(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


def shuffled(numerals):
    numbers = [int(chinese(numeral)) for numeral in numerals]
    return len(numbers) > 10 and sum(b == a + 1 for a, b in pairwise(numbers)) < 3


def has(pattern):
    return lambda text: re.search(pattern, text, re.M) is not None


def at_least(count, pattern):
    return lambda text: len(re.findall(pattern, text, re.M)) >= count


# Each defect class, and what the text of a file must have to show it.
DEFECTS = {
    "traditional": has("衛生|醫療"),
    "pinyin_glosses": at_least(50, GLOSS),
    "spam_tail": lambda text: len(re.findall(SPAM, lines_of(text)[-1])) >= 5,
    "spam_in_a_sentence": has(rf"[\u4e00-\u9fff](?:{SPAM})[a-z\u4e00-\u9fff]*[成为]"),
    "half_width_punctuation": lambda text: text.count(",") >= 40 and "，" not in text,
    "no_title": lambda text: "，" in lines_of(text)[0] or "," in lines_of(text)[0],
    "repeated_title": lambda text: text.count(lines_of(text)[3]) == 3,
    "title_box": lambda text: all(
        re.search(p, text, re.M) for p in ("^标题:", "^索引号:.* 文号:", "^发布机构:.* 发文日期:")
    ),
    "box_of_cells": has(r"^索 引 号：\n\S+\n公开方式：\n\S+\n文    号：\n\S+\n"),
    "box_in_a_line": has(r"^索引號：\S+ \| 文號：\S+ \| 發佈機構：\S+ \| 發文日期：\d{4}-\d\d-\d\d \|"),
    "release_line": has(r"(?:发布(?:日期|时间)|發布日期) ?[:：] ?\d{4}-\d\d-\d\d"),
    "word_bookmark": has(r"^\[bookmark: _GoBack\]"),
    "source_footer": has(r"\[来源:\S+ 编辑:\S+\]"),
    "page_tail": has("扫一扫在手机打开当前页|版权所有：|主办：|湘公网安备"),
    "headings_of_three_levels": lambda text: all(re.search(p, text, re.M) for p in ("^一、", r"^\(一\)", r"^1\.")),
    "inline_markers": at_least(3, "(?:一|二|三)是"),
    "full_width_markers": at_least(5, "^[１-９]、"),
    "full_width_digits": lambda text: len(re.findall("[０-９]", text)) > 100 and not re.search("[0-9]", text),
    "hard_line_breaks": lambda text: (
        sum(30 <= len(line) <= 36 and line[-1] not in "。；！？" for line in text.splitlines()) >= 30
    ),
    "crlf": lambda text: text.count("\r\n") == text.count("\n") > 10,
    "notice": lambda text: re.search(r"[\u4e00-\u9fff]+〔20\d\d〕\d+号", text) and re.search("^各.*：$", text, re.M),
    "signature": has(r"^\s{10,}\S+委员会\r?\n\s{10,}20\d\d年\d+月\d+日"),
    "attachment": has("^附件1"),
    "responsible_unit": has("(?:责任|牵头)(?:单位|科室|处室)："),
    "economy": lambda text: all(
        word in text for word in ("生产总值", "一般公共预算收入", "城镇新增就业", "托位", "粮食")
    ),
    "no_issuer": lambda text: not re.search("委员会|卫生健康局", text),
    "nested_breakdown": lambda text: all(f"{n}个" in text for n in (25, 17, 5, 3, 51, 39, 12, 22, 7)),
    "no_bytes": lambda text: text == "",
    "white_space_only": lambda text: text != "" and not text.strip(),
    "no_digits": lambda text: not re.search(r"\d", text) and text.count("%") >= 10,
    "masked": lambda text: len(re.findall("(?i)xx|××|某某", text)) >= 30,
    "misread_bytes": lambda text: "�" in text and "卫生" not in text,
    "markers_out_of_order": lambda text: shuffled(re.findall(r"（([一二三四五六七八九十]{1,3})）", text)),
    "synonyms": has("病院"),
}
FILE_DEFECTS = {
    "manifest": lambda path: any(row["path"] == path for row in manifest()),
    "word_file": lambda path: read((REPORTS / path).read_bytes()) == read(BUILT[path]()),
    "workbook": lambda path: read((REPORTS / path).read_bytes()) == read(BUILT[path]()),
    "png": lambda path: (REPORTS / path).read_bytes().startswith(b"\x89PNG\r\n\x1a\n"),
    "copy": lambda path: (
        sum(
            sha256(p.read_bytes()).digest() == sha256((REPORTS / path).read_bytes()).digest()
            for p in REPORTS.rglob("*.txt")
        )
        == 2
    ),
}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["path"])
def test_the_file_shows_its_defects(sample):
    for defect in sample["shows"]:
        if defect in FILE_DEFECTS:
            assert FILE_DEFECTS[defect](sample["path"]), defect
        else:
            text = text_of(sample) if sample["encoding"] else (REPORTS / sample["path"]).read_bytes().decode("ascii")
            assert DEFECTS[defect](text), defect


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s["encoding"]], ids=lambda sample: sample["path"])
def test_the_bytes_have_the_stated_encoding(sample):
    data = (REPORTS / sample["path"]).read_bytes()
    mark = MARKS.get(sample["encoding"])
    if mark:
        assert data.startswith(mark)
    elif sample["encoding"] == "utf-8":
        assert not data.startswith(MARKS["utf-8-sig"])
    else:
        with pytest.raises(UnicodeDecodeError):
            data.decode("utf-8")
    assert text_of(sample)


@pytest.fixture(scope="session")
def knowledge(tables):
    return Knowledge.from_tables(tables)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["path"])
def test_the_stages_accept_or_reject_it(sample, knowledge):
    """A copy of another file is told only beside the other, so by itself it is accepted."""
    path = sample["path"]
    rows = {row["path"]: row for row in manifest()}
    result = read_report(path.split("/")[0], path, (REPORTS / path).read_bytes())
    if not isinstance(result, Reject):
        result = clean_report(result, rows.get(path), knowledge)
    outcome = result.reason if isinstance(result, Reject) else "accepted"
    assert outcome == sample["outcome"].replace("duplicate_content", "accepted")


def test_the_list_names_every_file_and_no_other():
    files = {p.relative_to(REPORTS).as_posix() for p in REPORTS.rglob("*") if p.is_file()}
    assert {sample["path"] for sample in SAMPLES} | {"manifest.csv"} == files


def test_every_defect_class_is_shown():
    shown = {defect for sample in SAMPLES for defect in sample["shows"]}
    assert shown == DEFECTS.keys() | FILE_DEFECTS.keys()


def test_reports_are_of_realistic_length():
    for sample in SAMPLES:
        if sample["outcome"] == "accepted" and sample["encoding"]:
            text = unicodedata.normalize("NFKC", text_of(sample))
            assert 1300 <= len(text) <= 4500, sample["path"]


def test_the_manifest_names_files_that_are_there():
    for row in manifest():
        assert (REPORTS / row["path"]).is_file()
        assert list(row) == [
            "path",
            "title",
            "issuer",
            "issuer_place",
            "doc_type",
            "period_label",
            "published_on",
            "url",
        ]


# (plan or earlier target, later report, indicator words that both print)
PAIRS = [
    (
        "zibo_wjw/2024_plan.txt",
        "zibo_wjw/2024_summary.txt",
        ["老年人签约率", "全人群签约率", "巡诊服务", "县域医疗服务次中心"],
    ),
    (
        "mianyang_wjw/2023_plan_notice.txt",
        "mianyang_wjw/2023_summary.txt",
        ["药占比", "平均住院日", "新增托位", "高血压患者规范管理率"],
    ),
    (
        "宜昌市人民政府/2024_government_work_report.txt",
        "宜昌市人民政府/2025_government_work_report.txt",
        ["城镇新增就业", "新增托位", "改造老旧小区", "建成充电桩"],
    ),
]


@pytest.mark.parametrize(("plan", "outcome", "indicators"), PAIRS)
def test_plans_have_outcomes_of_the_same_indicators(plan, outcome, indicators):
    texts = {sample["path"]: sample for sample in SAMPLES}
    for indicator in indicators:
        assert indicator in text_of(texts[plan])
        assert indicator in text_of(texts[outcome])
