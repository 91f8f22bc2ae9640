"""One grammar of time and one of numerals: only the floor of language parses a year, a month, a day or a Chinese numeral by a pattern."""

import ast
import re
from pathlib import Path

PIPELINE = Path(__file__).resolve().parents[3] / "pipeline"
FLOOR = PIPELINE / "language"
DIGIT = r"(?:\\d|\[\^?[^\[\]]*(?:[0-9]|[〇零一二三四五六七八九十])[^\[\]]*\]|[0-9一二三四五六七八九十〇零])"
OFTEN = r"(?:\{\d*,?\d*\}|[+*?])*[)\s?*\\]*"
UNIT = "[年月日季]"
# A class of digits right before 年 within one string, or a value that is put right before it.
DATED = re.compile(rf"{DIGIT}{OFTEN}\[?{UNIT}")
BEHIND_VALUE = re.compile(rf"{OFTEN}\[?{UNIT}")
ROW_OF_DIGITS = "一二三"
IS_PATTERN = re.compile(r"[\[(\\|?*+^$]")


def own_grammars(source):
    """The lines with a pattern of times or a row of Chinese digits; docstrings, examples of rules and plain words are none."""
    tree = ast.parse(source)
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and isinstance(node.body[0], ast.Expr)
    }
    told |= {
        id(constant)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Rule", "Form")
        for constant in ast.walk(node)
    }
    lines = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and any(IS_PATTERN.search(part) for part in constants(node)):
            pairs = zip(node.values, node.values[1:], strict=False)
            if any(isinstance(a, ast.FormattedValue) and BEHIND_VALUE.match(text_of(b)) for a, b in pairs):
                lines.add(node.lineno)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            is_time = IS_PATTERN.search(node.value) and DATED.search(node.value)
            if is_time or ROW_OF_DIGITS in node.value:
                lines.add(node.lineno)
    return sorted(lines)


def constants(joined):
    return [text_of(part) for part in joined.values]


def text_of(node):
    return node.value if isinstance(node, ast.Constant) else ""


def test_only_the_floor_of_language_has_a_grammar_of_times_and_numerals():
    found = {
        str(path.relative_to(PIPELINE)): lines
        for path in PIPELINE.rglob("*.py")
        if FLOOR not in path.parents and (lines := own_grammars(path.read_text(encoding="utf-8")))
    }
    assert found == {}


MADE_UP = {
    'A = re.compile(r"\\d{4}年")': [1],
    'A = re.compile("(20[0-9]{2}) ?年度")': [1],
    'A = re.compile("[〇一二]{4}[年.]")': [1],
    'B = 1\nA = re.compile(f"(?P<from>{YEAR})年")': [2],
    'A = re.compile("(?:1[0-2]|[1-9])月(?:底)?")': [1],
    'COUNT = "一二三四五六七八九十"': [1],
    'A = f"{year}年 ×{count}"': [],
    'A = re.compile("年底|年内")': [],
    'A = Rule("own", "2022年(?:底)")': [],
    '"""2024年[底末]"""\nA = 1': [],
}


def test_the_count_tells_patterns_of_times_from_words():
    assert {source: own_grammars(source) for source in MADE_UP} == MADE_UP
