# ruff: noqa: RUF005 - long rows are built of their parts
"""A small, wholly good set of tables, made by hand: what every check must pass, and mutations spoil.

Four reports of two sources. Texts are composed from headings and sentences, so that every place is
known without the pipeline; a portal line before and after each text makes raw and clean places differ.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import polars as pl

from warehouse.candidate import write_candidate
from warehouse.contract import contract, tables_of

Frames = dict[str, pl.DataFrame]

BEFORE = "首页 > 信息公开 > 工作总结\n"
AFTER = "\n扫一扫在手机打开当前页"


def _fact(quote, indicator, value, unit, **more):
    return {"quote": quote, "indicator": indicator, "value": Decimal(value), "unit": unit} | more


REPORTS = [
    {
        "source": "suzhou_wjw",
        "path": "suzhou_wjw/plan-2024.txt",
        "title": "苏州市卫生健康委员会2024年工作计划",
        "issuer": "苏州市卫生健康委员会",
        "place": ("苏州市", "320500"),
        "doc_type": "plan",
        "period": ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        "published_on": date(2024, 2, 20),
        "parts": [
            (0, "", "", None, ["新的一年，全市卫生健康系统要把群众满意作为衡量工作的尺子。"]),
            (
                1,
                "一、",
                "夯实基层服务",
                None,
                ["年内家庭医生签约率达到45%以上，新建村卫生室12个。", "责任单位为基层卫生处。"],
            ),
            (2, "（一）", "补齐短板", 1, ["力争每千人口床位数达到6.5张。"]),
            (1, "二、", "推进中医药发展", None, ["培育名中医30名，其中青年名中医10名。", "贯彻《苏州市中医药条例》。"]),
        ],
        "facts": [
            _fact(
                "家庭医生签约率达到45%以上",
                "家庭医生签约率",
                "45",
                "%",
                code="T001",
                comparator=">=",
                status="target",
                period="年内",
            ),
            _fact("新建村卫生室12个", "新建村卫生室", "12", "个", status="target"),
            _fact("每千人口床位数达到6.5张", "每千人口床位数", "6.5", "张", code="T002", status="target"),
            _fact("名中医30名", "名中医", "30", "名", status="target"),
            _fact("青年名中医10名", "青年名中医", "10", "名", status="target", part_of=3),
        ],
        "commitments": [("新建村卫生室12个", "新建", "村卫生室", [1])],
        "rankings": [],
        "mentions": [("《苏州市中医药条例》", "policy")],
    },
    {
        "source": "suzhou_wjw",
        "path": "suzhou_wjw/summary-2024.txt",
        "title": "苏州市卫生健康委员会2024年工作总结",
        "issuer": "苏州市卫生健康委员会",
        "place": ("苏州市", "320500"),
        "doc_type": "summary",
        "period": ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        "published_on": date(2025, 1, 15),
        "parts": [
            (0, "", "", None, ["过去一年，各项任务总体顺利。"]),
            (
                1,
                "一、",
                "主要成绩",
                None,
                ["家庭医生签约率达到47.2%，较上年提高2.1个百分点。", "昆山市建成社区医院8家。"],
            ),
            (
                2,
                "（一）",
                "招引项目",
                1,
                ["全年签约项目25个，其中产业类17个、战略类5个、技术类3个。", "签约总数居全省第二位。"],
            ),
            (1, "二、", "主要问题", None, ["每千人口床位数为6.4张，仍需2-3年补齐。"]),
        ],
        "facts": [
            _fact("家庭医生签约率达到47.2%", "家庭医生签约率", "47.2", "%", code="T001"),
            _fact("提高2.1个百分点", "家庭医生签约率", "2.1", "百分点", code="T001", kind="delta"),
            _fact("昆山市建成社区医院8家", "社区医院", "8", "家", place=("昆山市", "320583")),
            _fact("签约项目25个", "签约项目", "25", "个"),
            _fact("产业类17个", "产业类签约项目", "17", "个", part_of=3),
            _fact("战略类5个", "战略类签约项目", "5", "个", part_of=3),
            _fact("技术类3个", "技术类签约项目", "3", "个", part_of=3),
            _fact("每千人口床位数为6.4张", "每千人口床位数", "6.4", "张", code="T002"),
            _fact("需2-3年补齐", "补齐年限", "2", "年", value_max=Decimal(3)),
        ],
        "commitments": [],
        "rankings": [("签约总数居全省第二位", "签约总数", "全省", 2)],
        "mentions": [("昆山市", "place")],
    },
    {
        "source": "suzhou_wjw",
        "path": "suzhou_wjw/summary-2023.txt",
        "title": "苏州市卫生健康委员会2023年工作总结",
        "issuer": "苏州市卫生健康委员会",
        "place": ("苏州市", "320500"),
        "doc_type": "summary",
        "period": ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        "published_on": date(2024, 1, 16),
        "parts": [
            (0, "", "", None, ["这一年，疫情平稳转段，服务秩序全面恢复。"]),
            (1, "一、", "主要成绩", None, ["家庭医生签约率达到45.1%。", "每千人口床位数为6.2张。"]),
        ],
        "facts": [
            _fact("家庭医生签约率达到45.1%", "家庭医生签约率", "45.1", "%", code="T001"),
            _fact("每千人口床位数为6.2张", "每千人口床位数", "6.2", "张", code="T002"),
        ],
        "commitments": [],
        "rankings": [],
        "mentions": [],
    },
    {
        "source": "xiamen_wjw",
        "path": "xiamen_wjw/h1-2024.txt",
        "title": "厦门市2024年上半年卫生健康工作总结",
        "issuer": "厦门市卫生健康委员会",
        "place": ("厦门市", "350200"),
        "doc_type": "summary",
        "period": ("2024H1", date(2024, 1, 1), date(2024, 6, 30)),
        "published_on": date(2024, 7, 12),
        "parts": [
            (0, "", "", None, ["上半年，全市卫生健康工作取得新的进展。"]),
            (1, "一、", "医疗服务", None, ["全市诊疗19.1万人次。", "三级医院14家，其中思明区5家。"]),
            (4, "一是", "便民", 1, ["开设夜间门诊20余个。"]),
        ],
        "facts": [
            _fact("诊疗19.1万人次", "诊疗", "191000", "人次"),
            _fact("三级医院14家", "三级医院", "14", "家"),
            _fact("思明区5家", "三级医院", "5", "家", place=("思明区", "350203"), part_of=1),
            _fact("夜间门诊20余个", "夜间门诊", "20", "个", comparator=">"),
        ],
        "commitments": [],
        "rankings": [],
        "mentions": [],
    },
]

REFERENCE = {
    "indicators.csv": "code,name_zh,name_en,family,quantity,unit,better,plausible_min,plausible_max,definition,source,is_core\n"
    "T001,家庭医生签约率,family doctor contracts,基层,share,%,up,0,100,签约人数占比,样例,true\n"
    "T002,每千人口床位数,beds per thousand,资源,rate,张,up,1,30,床位与人口之比,样例,false\n",
    "indicator_names.csv": "code,scope,subject,measure,holds_for\nT001,-,家庭医生签约率|签约率,-,\n",
    "indicator_relations.csv": "code,relation,other_code,since,comment\nT001,beside,T002,,\n",
    "places.csv": "adcode,name,short_name,level,parent_adcode,until,successor_adcode,comment\n320000,江苏省,江苏,province,,,,\n320500,苏州市,苏州,city,320000,,,\n"
    "320583,昆山市,昆山,county,320500,,,\n350000,福建省,福建,province,,,,\n350200,厦门市,厦门,city,350000,,,\n350203,思明区,思明,county,350200,,,\n",
    "units.csv": "unit,canonical_unit,unit_class,not_before,comment\n"
    + "".join(f"{unit},{unit},count,,\n" for unit in ("%", "百分点", "个", "张", "名", "家", "年", "人次")),
}


def write_reference(folder):
    """The reference tables that the good set was made with."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in REFERENCE.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def write_good_candidate(folder):
    """A candidate of the good set, as run1 writes it."""
    files = {}
    for table, frame in good_frames().items():
        files[table] = [folder / f"{table}.parquet"]
        frame.write_parquet(files[table][0])
    path = folder / "candidate.duckdb"
    write_candidate(
        path, files, reference=write_reference(folder / "reference"), run_id="run1", built_at=datetime(2025, 1, 1)
    )
    return path


def stored(frames: Frames, folder: Path) -> dict[str, list[Path]]:
    """Table -> its Parquet file in a folder."""
    folder.mkdir(exist_ok=True)
    for table, frame in frames.items():
        frame.write_parquet(folder / f"{table}.parquet")
    return {table: [folder / f"{table}.parquet"] for table in frames}


def good_frames() -> Frames:
    """Every stage table of the good set."""
    rows: dict[str, list[tuple]] = {
        table: []
        for stage in ("raw", "clean", "sections", "facts")
        for table in [made.table for made in tables_of(stage)]
    }
    for report in REPORTS:
        _add(rows, report)
    for source in sorted({report["source"] for report in REPORTS}):
        own = [row for row in rows["raw_reports"] if row[1] == source]
        rows["sources"].append((source, len(own), sum(row[3] for row in own), "0" * 64))
    return {table: pl.DataFrame(own, schema=contract(table).schema(), orient="row") for table, own in rows.items()}


def _add(rows, report):
    document = sha256(f"{report['source']}\n{report['path']}".encode()).hexdigest()[:16]
    clean, sections, sentences = _compose(document, report)
    raw = BEFORE + clean + AFTER
    shift = len(BEFORE)
    data = raw.encode()
    digest = sha256(data).hexdigest()
    place, place_code = report["place"]
    label, first, last = report["period"]
    rows["raw_reports"].append(
        (document, report["source"], report["path"], len(data), digest, "text/plain", "utf-8", "valid")
        + ("text", "1", raw, "")
    )
    rows["documents"].append(
        (document, report["source"], report["path"], report["title"], report["issuer"], place, place_code)
        + (report["doc_type"], label, first, last, "printed", report["published_on"], None, None, None)
        + (
            digest,
            "utf-8",
            "text/plain",
            "text",
            "1",
            "hans",
            len(raw),
            len(clean),
            (len(raw) - len(clean)) / len(raw),
            None,
        )
    )
    rows["texts"].append((document, raw, clean, [0], [shift]))
    rows["text_signatures"].append((document, [int(document[k : k + 4], 16) for k in (0, 4, 8)]))
    rows["cleaning_steps"] += [
        (document, "page_furniture", 0, shift, BEFORE, ""),
        (document, "page_furniture", shift + len(clean), len(raw), AFTER, ""),
    ]
    rows["document_evidence"] += [
        (document, "issuer", report["issuer"], "printed", report["issuer"]),
        (document, "period_label", label, "printed", report["title"]),
    ]
    words, end = clean[:6], shift + 6
    rows["blocks"].append((document, 1, "paragraph", None, 2, "page 2", "90 100 200 116", shift, end))
    rows["table_cells"].append(
        (document, 1, 2, 2, "指标", "2024年", "亿元", words, None, "table 1 row 2 column 2", shift, end)
    )
    rows["sections"] += sections
    rows["sentences"] += sentences
    ids = []
    for fact in report["facts"]:
        ids.append(_add_fact(rows, report, document, clean, shift, sections, sentences, fact, ids))
    _add_statements(rows, report, document, clean, shift, sections, sentences, ids)


def _compose(document, report):
    """The cleaned text, its sections and its sentences."""
    text, spans, sentences = "", [], []
    for number, (_, marker, heading, _, lines) in enumerate(report["parts"]):
        start = len(text)
        section = f"{document}-s{start}"
        if heading:
            sentences.append((section, len(text), len(text) + len(marker + heading)))
            text += marker + heading + "\n"
        for line in lines:
            sentences.append((section, len(text), len(text) + len(line)))
            text += line
        text += "\n" if number + 1 < len(report["parts"]) else ""
        spans.append((section, start, len(text)))
    rows = []
    for number, (level, marker, heading, parent, _) in enumerate(report["parts"]):
        section, start, own_end = spans[number]
        children = [
            end for (_, _, _, above, _), (_, _, end) in zip(report["parts"], spans, strict=True) if above == number
        ]
        end = max([own_end, *children])
        above = None if parent is None else spans[parent][0]
        path = heading if parent is None else f"{report['parts'][parent][2]} / {heading}"
        shift = len(BEFORE)
        rows.append(
            (section, document, above, number, level, marker, heading, path, None, start, end, own_end)
            + (start + shift, end + shift, text[start:own_end])
        )
    made = [
        (f"{document}-t{start}", section, document, number, start, end, text[start:end])
        for number, (section, start, end) in enumerate(sentences)
    ]
    return text, rows, made


def _locate(clean, quote, sections, sentences):
    start = clean.index(quote)
    end = start + len(quote)
    section = next(row[0] for row in sections if row[9] <= start and end <= row[11])
    sentence = next(row[0] for row in sentences if row[4] <= start and end <= row[5])
    return start, end, section, sentence


def _add_fact(rows, report, document, clean, shift, sections, sentences, fact, ids):
    start, end, section, sentence = _locate(clean, fact["quote"], sections, sentences)
    place, place_code = fact.get("place", report["place"])
    fact_id = f"{document}-f{start}"
    whole = ids[fact["part_of"]] if "part_of" in fact else None
    rows["facts"].append(
        (
            fact_id,
            document,
            section,
            sentence,
            fact["indicator"],
            fact.get("code"),
            fact["value"],
            fact.get("value_max"),
        )
        + (fact["unit"], fact.get("comparator", "="), fact.get("kind", "level"), fact.get("status", "actual"))
        + (place, place_code, fact.get("period"), *report["period"][1:], whole, fact["quote"], start, end)
        + (start + shift, end + shift, "subject_before_number")
        + (
            fact["indicator"],
            *fact.get("measure", ("points", None) if fact["unit"] == "百分点" else ("level", None)),
            None,
            None,
            None,
            fact["value"],
            fact["unit"],
        )
    )
    decided = {
        "indicator": True,
        "value": True,
        "unit": True,
        "comparator": "comparator" in fact,
        "kind": "kind" in fact,
        "status": fact.get("status", "actual") != ("target" if report["doc_type"] == "plan" else "actual"),
        "place": (place, place_code) != report["place"],
        "period": "period" in fact,
        "part_of_fact_id": "part_of" in fact,
        "indicator_code": "code" in fact,
    }
    rows["fact_evidence"] += [
        (fact_id, document, field, "by_hand", fact["quote"], start, end, None, None)
        for field, is_decided in decided.items()
        if is_decided
    ]
    return fact_id


def _add_statements(rows, report, document, clean, shift, sections, sentences, fact_ids):
    for quote, verb, thing, quantified in report["commitments"]:
        start, end, section, sentence = _locate(clean, quote, sections, sentences)
        commitment = f"{document}-c{start}"
        rows["commitments"].append(
            (
                commitment,
                document,
                section,
                sentence,
                verb,
                thing,
                "年内",
                date(2024, 12, 31),
                None,
                "确保",
                "planned",
                quote,
            )
            + (start, end, start + shift, end + shift, "task_sentence")
        )
        rows["commitment_facts"] += [(commitment, fact_ids[number], document) for number in quantified]
    for quote, subject, scope, rank in report["rankings"]:
        start, end, section, sentence = _locate(clean, quote, sections, sentences)
        rows["rankings"].append(
            (f"{document}-r{start}", document, section, sentence, subject, scope, rank, "=", quote)
            + (start, end, start + shift, end + shift, "rank_in_scope", None, None, None)
        )
    for text, kind in report["mentions"]:
        start, end, section, _ = _locate(clean, text, sections, sentences)
        rows["mentions"].append(
            (
                f"{document}-m{start}",
                document,
                section,
                kind,
                text,
                None,
                None,
                None,
                start,
                end,
                start + shift,
                end + shift,
            )
        )
