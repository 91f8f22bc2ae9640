"""The word tables hold what their contracts say, and their examples hold too."""

import csv
import re

import pytest
import yaml

from assets.locations import PROJECT
from assets.stages.reference_tables import LANGUAGE_FOLDER, read_tables
from pipeline.facts import FactKnowledge
from pipeline.language.exclusions import Exclusions
from pipeline.language.quantities import QuantityReader

CONTRACTS = {
    path.parent.name: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted(LANGUAGE_FOLDER.glob("*/contract.yaml"))
}
FILES = sorted(LANGUAGE_FOLDER.glob("*/*.csv"))
CONTRACT_KEYS = {"purpose", "asked_by", "kind_column", "key", "exclusive", "kinds"}
KIND_KEYS = {"purpose", "direction", "ends_at", "ordered", "columns"}


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def faults(rows, contract, kind):
    """What is wrong with the rows of one kind, one line a fault."""
    said = contract["kinds"].get(kind)
    if said is None:
        return [f"{kind}: the contract does not know this kind"]
    columns = said.get("columns", {})
    words = [row[contract["key"]] for row in rows]
    found = [f"{kind}: {word} stands twice" for word in sorted({word for word in words if words.count(word) > 1})]
    if words != sorted(words) and not said.get("ordered"):
        found.append(f"{kind}: not sorted")
    found += [f"{kind}: a row without a word" for word in words if not word or word != word.strip()]
    if rows and list(rows[0]) != [contract["key"], *columns, "example", "note"]:
        found.append(f"{kind}: columns are {', '.join(rows[0])}")
    for row in rows:
        for column, allowed in columns.items():
            if isinstance(allowed, list) and row.get(column) not in allowed:
                found.append(f"{kind}: {row[contract['key']]} has {column} {row.get(column)!r}")
    return found


def test_every_topic_has_a_contract_and_every_contract_its_files():
    assert {path.parent.name for path in FILES} == set(CONTRACTS)
    for topic, contract in CONTRACTS.items():
        assert set(contract) == CONTRACT_KEYS, topic
        assert {path.stem for path in FILES if path.parent.name == topic} == set(contract["kinds"]), topic
        assert all(set(kind) <= KIND_KEYS and kind["purpose"] for kind in contract["kinds"].values()), topic


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_table_holds_its_contract(path):
    assert faults(rows_of(path), CONTRACTS[path.parent.name], path.stem) == []


def test_no_word_has_two_kinds_where_only_one_can_hold():
    for topic, contract in CONTRACTS.items():
        if contract["exclusive"]:
            kinds = {}
            for path in FILES:
                if path.parent.name == topic:
                    for row in rows_of(path):
                        kinds.setdefault(row[contract["key"]], []).append(path.stem)
            assert {word: said for word, said in kinds.items() if len(said) > 1} == {}, topic


def test_every_kind_of_word_is_asked_for():
    """Of the topics whose kinds the code names one by one."""
    asked = {}
    for topic, contract in CONTRACTS.items():
        code = (PROJECT / contract["asked_by"]).read_text(encoding="utf-8")
        if "WordKinds(" in code:
            asked[topic] = set(contract["kinds"]) - set(re.findall("[\"']([a-z_]+)[\"']", code))
    assert len(asked) > 1
    assert {topic: kinds for topic, kinds in asked.items() if kinds} == {}


def test_a_faulty_table_is_told():
    contract = {"key": "cue", "kinds": {"after": {"columns": {"comparator": [">="]}}}}
    rows = [{"cue": cue, "comparator": sign, "example": "", "note": ""} for cue, sign in [("b", ">="), ("a", "≥")]]
    assert faults(rows, contract, "after") == ["after: not sorted", "after: a has comparator '≥'"]
    assert faults([rows[0], rows[0]], contract, "after") == ["after: b stands twice"]
    assert faults([{"cue": "a", "note": ""}], contract, "after")[0] == "after: columns are cue, note"
    assert faults([], contract, "behind") == ["behind: the contract does not know this kind"]


@pytest.mark.parametrize("side", ["before", "after"])
def test_the_examples_of_comparators_hold(side, tables):
    reader = QuantityReader.from_tables(tables)
    rows = rows_of(LANGUAGE_FOLDER / "comparators" / f"{side}.csv")
    assert all(row["example"] for row in rows), "a comparator needs an example"
    wrong = {}
    for row in rows:
        read = [quantity.comparator for quantity in reader.find(row["example"])]
        if row["cue"] not in row["example"] or read != [row["comparator"]]:
            wrong[row["cue"]] = (row["example"], read)
    assert wrong == {}


def test_the_examples_of_names_are_no_figures_and_the_others_are(tables):
    reader, exclusions = QuantityReader.from_tables(tables), Exclusions.from_tables(tables)
    wrong, seen = [], set()
    for row in tables["number_names"]:
        if row["example"]:
            spans = exclusions.spans(row["example"])
            figures = [
                quantity
                for quantity in reader.find(row["example"])
                if not spans.holds(quantity.start) and not exclusions.is_name(row["example"], quantity)
            ]
            seen.add(row["place"])
            if bool(figures) != (row["place"] in ("said", "issued")):
                wrong.append((row["name"], row["example"]))
    assert wrong == []
    assert seen == set(CONTRACTS["number_names"]["kinds"])


def test_the_examples_of_status_cues_hold(facts_of, tables):
    wrong, seen = [], set()
    for row in tables["status_cues"]:
        if row["example"] and row["scope"] in ("text", "clause"):
            seen.add(row["scope"])
            default = "target" if row["status"] == "actual" else "actual"
            read = {
                fact.status for fact in facts_of(row["example"], doc_type="plan" if default == "target" else "summary")
            }
            if read != {row["status"]}:
                wrong.append((row["cue"], row["example"], read))
    assert wrong == []
    assert "text" in seen


def test_a_unit_a_comparator_and_a_cue_need_one_row_each(facts_of, reading_with, places):
    """A newcomer's test: CONTRIBUTING promises that none of the three needs Python."""
    text = "智慧药柜区区120格哒。我们铆足劲新增智慧药柜80个。"
    assert [fact.unit for fact in facts_of(text)] != ["格哒", "个"]
    tables = dict(read_tables())
    template = {table: dict.fromkeys(tables[table][0], "") for table in ("units", "comparators", "status_cues")}
    tables["units"] = [
        *tables["units"],
        template["units"] | {"unit": "格哒", "canonical_unit": "格哒", "unit_class": "count"},
    ]
    tables["comparators"] = [
        *tables["comparators"],
        template["comparators"] | {"cue": "区区", "side": "before", "comparator": "<"},
    ]
    tables["status_cues"] = [
        *tables["status_cues"],
        template["status_cues"] | {"cue": "铆足劲", "scope": "text", "status": "target"},
    ]
    knowledge = FactKnowledge.from_tables(tables, places)
    found = reading_with(knowledge, text).facts
    assert [(fact.value, fact.unit, fact.comparator, fact.status) for fact in found] == [
        (120, "格哒", "<", "actual"),
        (80, "个", "=", "target"),
    ]
