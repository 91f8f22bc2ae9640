"""The report (invented, as the samples of seeds/ are) that each writer puts into its format."""

from __future__ import annotations

TITLE = "芜湖市卫生健康委员会2024年工作总结"
ISSUER = "芜湖市卫生健康委员会"
PUBLISHED = "2025-01-20"
SIGNATURE = (ISSUER, "2025年1月20日")
TABLE_UNIT = "单位：万人次"
TABLE = (
    ("指标", "2023年", "2024年", "增速（%）"),
    ("总诊疗人次", "2815.6", "2967.4", "5.4"),
    ("住院人次", "71.3", "74.8", "4.9"),
    ("互联网诊疗人次", "38.2", "46.1", "20.7"),
)
# (kind, text without its number): h1 is numbered 一、, h2 （一）.
BODY = (
    ("p", "2024年，全市卫生健康系统围绕强基层、补短板、提质量，推动医疗卫生服务能力继续提升。现将主要情况总结如下。"),
    ("h1", "基层服务能力稳步提升"),
    ("h2", "基础设施更加完善"),
    ("p", "全年投入资金2.36亿元，改造乡镇卫生院41家，新建村卫生室126所，远程心电覆盖1180个村卫生室。"),
    ("h2", "签约服务扩面提质"),
    ("p", "组建家庭医生团队1249个，重点人群签约率达到88.6%，比上年提高2.3个百分点。"),
    ("h1", "医疗服务量质齐升"),
    (
        "p",
        "全市新增省级临床重点专科6个，三级医院平均住院日降至7.1天，检查检验结果互认项目达到186项，为群众节约费用约1900万元。",
    ),
    ("h1", "主要指标完成情况"),
    ("table", ""),
    ("h1", "2025年工作安排"),
    ("p", "2025年，计划改造社区卫生服务中心15家，培训基层医务人员3200人次，力争县域内就诊率达到92%以上。"),
)
_NUMERALS = "一二三四五六七八九十"


def lines() -> list[tuple[str, str]]:
    """(kind, line) of the whole report in reading order, numbers written out; a table row has tabs."""
    found = [("title", TITLE)]
    first = second = 0
    for kind, text in BODY:
        if kind == "h1":
            found.append(("h1", f"{_NUMERALS[first]}、{text}"))
            first, second = first + 1, 0
        elif kind == "h2":
            found.append(("h2", f"（{_NUMERALS[second]}）{text}"))
            second += 1
        elif kind == "table":
            found.append(("p", TABLE_UNIT))
            found += [("row", "\t".join(row)) for row in TABLE]
        else:
            found.append(("p", text))
    return [*found, *(("signature", line) for line in SIGNATURE)]


def plain_text() -> str:
    """The report as a text file."""
    return "".join(f"{line}\n" for _, line in lines())
