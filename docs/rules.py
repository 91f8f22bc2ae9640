"""The page docs/rules.md, made of the rules and their examples: `python -m docs.rules` writes it anew; a test compares."""

from itertools import groupby

from assets.locations import PROJECT
from pipeline.facts.plan import PLAN
from pipeline.facts.rules import FORMS, rules

PAGE = PROJECT / "docs" / "rules.md"
HEAD = """# Rules of the reader

Made of the code by `python -m docs.rules`; a test reads every example (`tests/unit/facts/test_rules.py`), as a 2024 summary of 青岛市 unless it says otherwise.

A quantity with its clause is a frozen *candidate* (`candidates.py`, `framing.py`). The steps of the plan (`plan.py`) ask rules in order; a rule returns *claims*: field, value, rule,
the words that decided it, the row of a table where there was one. Of several claims of one field the latest holds. A fact is composed of the claims that hold, and table `fact_evidence`
keeps them: `make explain FILE=… FACT=…` and `make read TEXT="…"` show them for any sentence.
"""
CONVENTIONS = """## Conventions

- `kind` is delta for a change or a gap, else level; 新增 N is a level and the word stays in the indicator. A fall keeps the printed positive value.
- `status`: a plan gives target, a summary actual; 力争, 预计, 年底前 make a target, 已, 目前, 截至 an actual, in either. 由A is a baseline, and so is another place's figure given for
  comparison. Headings such as 下步工作打算 hold for all under them; a lead (2025年，我们将…, 过去一年) holds to the end of its paragraph, and in a report that is
  summary and plan a paragraph that opens a plan opens it for all that follows, up to a heading or lead that tells otherwise. An aim in a bracket holds there only.
- `place` is the issuer's own territory unless the clause names another; A、B、C各 keeps the list.
- `period` is the time as printed, or null; `period_start` and `period_end` are its days, those of the report where the text states none.
- `part_of_fact_id` links a part to its whole: behind 其中 until the whole is used up (also where the next sentence begins with it), in a bracket, after 有. Only counts and amounts have parts, shares have not.
- `indicator_code` needs the whole name or alias of the table `indicators`, and a unit that fits: 新增 and 总数, 每千 and 每万, 户籍 and 全人口 are never merged.

No fact: dates, ordinals, list marks, slogans and names (in quotes, or by the table `number_names`), grades (三级医院), ages and durations that only qualify, 10亿元以上项目,
document and telephone numbers, 一个 and 一批.
"""


def page() -> str:
    """The page as Markdown."""
    lines = [HEAD, "## The plan", "", "| step | decides |", "|---|---|"]
    lines += [f"| {step.name} | {', '.join(step.decides)} |" for step in PLAN]
    lines += [
        "",
        "## Forms: what `facts.rule` says",
        "",
        "| form | what it reads | example | facts: indicator = value unit |",
        "|---|---|---|---|",
    ]
    lines += [f"| {form.name} | {form.reads} | {form.example} | {form.facts} |" for form in FORMS]
    for field, group in groupby(rules(), key=lambda rule: rule.field):
        lines += ["", f"## {field}", "", "| rule | what it goes by | example | gives |", "|---|---|---|---|"]
        for rule in group:
            report = "".join(f" ({name}: {value})" for name, value in rule.report)
            # Rows and cells of an example that is a table.
            example = rule.example.replace("\n", " ↵ ").replace("\t", " ⇥ ")
            lines.append(f"| {rule.name} | {rule.says} | {example}{report} | {rule.gives} |")
    return "\n".join([*lines, "", CONVENTIONS])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
