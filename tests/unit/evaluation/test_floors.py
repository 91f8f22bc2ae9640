"""The gate fails below a floor, and no floor or label changes without an entry in the log."""

import pytest
import yaml

from pipeline.evaluation import corpus_hash, gate, log_problems, parse_floors

LOG = [
    {"date": "2026-01-01", "name": "corpus_sha256", "from": None, "to": "abc", "reason": "first set"},
    {"date": "2026-01-01", "name": "dev.strict_f1", "from": None, "to": 0.8, "reason": "first measured"},
    {"date": "2026-02-01", "name": "dev.strict_f1", "from": 0.8, "to": 0.85, "reason": "ranges are read"},
]


def floors(floor=0.85, corpus="abc", log=LOG):
    return parse_floors(yaml.safe_dump({"corpus_sha256": corpus, "floors": {"dev": {"strict_f1": floor}}, "log": log}))


def test_gate_lets_pass_what_reaches_the_floor():
    assert gate(floors(), {"dev": {"strict_f1": 0.85, "kind": 0.1}}) == []


@pytest.mark.parametrize(
    ("measures", "value"), [({"dev": {"strict_f1": 0.8499}}, 0.8499), ({"dev": {}}, None), ({}, None)]
)
def test_gate_stops_what_does_not(measures, value):
    assert gate(floors(), measures) == [("dev", "strict_f1", 0.85, value)]


def test_log_in_order():
    assert log_problems(floors(), "abc") == []


def test_lowered_floor_without_entry():
    assert log_problems(floors(0.8), "abc") == [
        "dev.strict_f1: is 0.8, but the log ends with 0.85; log the change with its reason"
    ]


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({"lowering": True, "reason": "labels mended"}, []),
        ({"reason": "labels mended"}, ["lowered without `lowering: true`"]),
        ({"lowering": True, "reason": " "}, ["no reason"]),
        ({"lowering": True, "reason": "labels mended", "from": 0.9}, ["changes 0.9, but the log had 0.85"]),
    ],
)
def test_lowered_floor_with_entry(change, problems):
    entry = {"date": "2026-03-01", "name": "dev.strict_f1", "from": 0.85, "to": 0.8} | change
    found = log_problems(floors(0.8, log=[*LOG, entry]), "abc")
    assert len(found) == len(problems)
    assert all(problem in line for problem, line in zip(problems, found, strict=True))


def test_dropped_floor_is_noticed():
    dropped = floors()._replace(floors={"dev": {}})
    assert log_problems(dropped, "abc") == [
        "dev.strict_f1: is None, but the log ends with 0.85; log the change with its reason"
    ]
    entry = {"date": "2026-03-01", "name": "dev.strict_f1", "from": 0.85, "to": None, "reason": "measure dropped"}
    found = log_problems(floors(log=[*LOG, entry])._replace(floors={"dev": {}}), "abc")
    assert found == ["2026-03-01 dev.strict_f1: a floor is lowered without `lowering: true`"]


def test_floor_without_entry_is_noticed():
    unlogged = floors()._replace(floors={"dev": {"strict_f1": 0.85}, "held_out": {"kind": 0.9}})
    assert log_problems(unlogged, "abc") == [
        "held_out.kind: is 0.9, but the log ends with None; log the change with its reason"
    ]


def test_changed_gold_files_are_noticed():
    assert "the gold files have changed" in log_problems(floors(), "def")[0]
    assert log_problems(floors(corpus="def"), "def") == [
        "corpus_sha256: is def, but the log ends with abc; log the change with its reason"
    ]


def test_hash_sees_every_change_and_no_order():
    files = {"dev/a.txt": b"1", "dev/b.txt": b"2"}
    known = corpus_hash(files)
    assert corpus_hash(dict(reversed(files.items()))) == known
    changed = [
        {"dev/a.txt": b"1"},
        {"dev/a.txt": b"12", "dev/b.txt": b""},
        {"dev/a.txt": b"2", "dev/b.txt": b"1"},
        {"a": b"1", "dev/b.txt": b"2"},
    ]
    assert known not in map(corpus_hash, changed)


def test_floors_of_the_project(gold_folder):
    files = {
        path.relative_to(gold_folder).as_posix(): path.read_bytes()
        for path in gold_folder.glob("*/*")
        if path.suffix in {".txt", ".jsonl"}
    }
    assert log_problems(parse_floors((gold_folder / "floors.yaml").read_text("utf-8")), corpus_hash(files)) == []
