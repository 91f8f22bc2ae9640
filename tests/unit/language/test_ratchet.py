"""Language lives in tables: the Chinese literals in the code of facts may only become fewer."""

import ast
import re
from pathlib import Path

FACTS = Path(__file__).resolve().parents[3] / "pipeline" / "facts"
HAN = re.compile("[\u4e00-\u9fff]")
# Names that an indicator is given (占比), and a docstring. A lower count lowers this figure; a word that a domain expert could add belongs into seeds/language.
MOST = 4


def han_literals(source):
    """How many string constants with Chinese characters the code has; docstrings and the examples of rules are none."""
    tree = ast.parse(source)
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    told |= {
        id(constant)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Rule", "Form")
        for constant in ast.walk(node)
    }
    return sum(
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(HAN.search(node.value))
        and id(node) not in told
        for node in ast.walk(tree)
    )


def test_chinese_literals_in_the_code_of_facts_become_fewer():
    assert sum(han_literals(path.read_text(encoding="utf-8")) for path in FACTS.rglob("*.py")) <= MOST


def test_docstrings_and_examples_of_rules_are_not_counted():
    code = '"""模块"""\nA = Rule("own", "2022年")\n\ndef f():\n    """说明"""\n    return ("一", "b", f"{f}二")\n'
    assert han_literals(code) == 2
