"""Parts of documents and who works on them: in order, begun ahead where processes do it, and a death costs one document."""

from __future__ import annotations

import os
from itertools import chain

import polars as pl
import pytest

from assets.stages import documents as stage_documents
from assets.stages import workers
from assets.stages.workers import begun, parts_of
from pipeline.ids import document_id
from pipeline.records import Reject
from pipeline.stages import read_report
from warehouse.contract import contract

DEADLY = "deadly.txt"


@pytest.fixture(autouse=True)
def no_processes(monkeypatch):
    """A pool of this test's own, which ends with it."""
    monkeypatch.setattr(workers, "beside", workers.Beside(bool, lambda: 2))
    yield
    workers.beside.stop()


def documents(*lengths, names=None):
    """Cleaned documents of such lengths."""
    names = names or [f"{k}.txt" for k in range(len(lengths))]
    rows = [(document_id("s", name), "s", name, length) for name, length in zip(names, lengths, strict=True)]
    return {"documents": pl.DataFrame(rows, schema=["document_id", "source", "path", "clean_chars"], orient="row")}


def paths(read):
    """Work that says which documents it was given, in which process."""
    return {"facts": read["documents"].select("path", process=pl.lit(os.getpid())), "fact_rejects": pl.DataFrame()}


def dies_of_one(read):
    """Work that ends its process with one document."""
    if DEADLY in read["documents"]["path"]:
        os._exit(1)
    return {"sections": read["documents"].select("path"), "section_rejects": pl.DataFrame()}


def test_documents_are_divided_in_order_and_none_is_lost():
    parts = parts_of(documents(300_000, 300_000, 90_000, 1_000_000, 5))
    assert [[path for _, _, path in part.documents] for part in parts] == [
        ["0.txt"],
        ["1.txt"],
        ["2.txt"],
        ["3.txt"],
        ["4.txt"],
    ]
    assert [part.characters for part in parts] == [300_000, 300_000, 90_000, 1_000_000, 5]
    assert list(chain(*(part.read["documents"]["path"] for part in parts))) == [f"{k}.txt" for k in range(5)]
    small = parts_of(documents(*[1000] * 50))
    assert [len(part.documents) for part in small] == [50]


def test_no_document_is_one_part_that_gives_empty_tables():
    empty = {"documents": documents(1)["documents"].clear()}
    ((part, tables),) = begun("facts", paths, parts_of(empty))
    assert part.documents == []
    assert tables["facts"].is_empty()


def test_what_a_part_takes_beside_its_rows_is_of_its_own_documents():
    parts = parts_of(documents(400_000, 400_000), lambda read: (list(read["documents"]["path"]),))
    assert [part.arguments for part in parts] == [(["0.txt"],), (["1.txt"],)]


def test_processes_work_on_all_parts_and_the_results_come_in_order(monkeypatch):
    monkeypatch.setenv(workers.WORKERS_VARIABLE, "2")
    results = begun("facts", paths, parts_of(documents(*[350_000] * 4)))
    found = [tables["facts"].rows()[0] for _, tables in results]
    assert [path for path, _ in found] == ["0.txt", "1.txt", "2.txt", "3.txt"]
    assert os.getpid() not in {process for _, process in found}


def test_little_is_done_in_this_process_one_part_when_it_is_asked_for(monkeypatch):
    monkeypatch.setenv(workers.WORKERS_VARIABLE, "1")
    made = []
    results = begun("facts", lambda read: made.append(1) or paths(read), parts_of(documents(400_000, 400_000)))
    _, first = next(results)
    assert (first["facts"]["process"].item(), made) == (os.getpid(), [1])


@pytest.mark.parametrize("lengths", [(400_000, 300_000, 300_000, 10), (10, 10, 10, 10)])
def test_a_document_that_ends_its_process_is_rejected_and_the_others_go_on(monkeypatch, lengths):
    monkeypatch.setenv(workers.WORKERS_VARIABLE, "2")
    rejected = []
    monkeypatch.setattr(
        workers,
        "only_rejected",
        lambda stage, reject, read: (
            rejected.append((stage, reject.path, reject.reason))
            or dies_of_one({"documents": read["documents"].clear()})
        ),
    )
    workers.beside.start()
    given = documents(*lengths, names=["a.txt", DEADLY, "c.txt", "d.txt"])
    results = list(begun("sections", dies_of_one, parts_of(given)))
    assert list(chain(*(tables["sections"]["path"] for _, tables in results))) == ["a.txt", "c.txt", "d.txt"]
    assert rejected == [("sections", DEADLY, "process_died")]


@pytest.mark.parametrize(
    ("stage", "rejects"), [("clean", "clean_rejects"), ("sections", "section_rejects"), ("facts", "fact_rejects")]
)
def test_a_rejected_document_is_in_the_rejects_of_its_stage_alone(stage, rejects):
    read = {table: contract(table).empty() for table in ("raw_reports", "documents", "texts", "sections", "sentences")}
    reject = Reject(stage, "s", DEADLY, document_id("s", DEADLY), "process_died", "It ended.", "Split it.")
    tables = workers.only_rejected(stage, reject, read)
    assert {asset: rows.height for asset, rows in tables.items() if rows.height} == {rejects: 1}


def test_a_document_that_fails_is_rejected_and_the_others_are_read(monkeypatch):
    rows = stage_documents.no_rows("raw")
    for name in ("a.txt", "b.txt"):
        rows["raw_reports"].append(read_report("s", name, f"大连市半年工作情况\n\n新建发热门诊{name}个。\n".encode()))
    raw = stage_documents.stage_frames("raw", rows, {})
    real = stage_documents.clean_report

    def fails_once(report, row, known):
        if report.path == "a.txt":
            raise RuntimeError("unforeseen")
        return real(report, row, known)

    monkeypatch.setattr(stage_documents, "clean_report", fails_once)
    found = stage_documents.clean_documents({"raw_reports": raw["raw_reports"]}, {})
    assert list(found["clean_reports"]["path"]) == ["b.txt"]
    assert found["clean_rejects"].select("path", "reason").rows() == [("a.txt", "internal_error")]


def test_parts_come_together_in_order_with_what_was_read_for_them():
    parts = parts_of(documents(400_000, 300_000, 300_000, 10))
    groups = list(workers.gathered(((part, paths(part.read)) for part in parts), most=700_000))
    assert [list(made["facts"]["path"]) for made, _ in groups] == [["0.txt", "1.txt"], ["2.txt", "3.txt"]]
    assert [list(read["documents"]["path"]) for _, read in groups] == [["0.txt", "1.txt"], ["2.txt", "3.txt"]]


def test_where_several_processes_are_there_a_small_batch_is_divided_among_them(monkeypatch):
    monkeypatch.setenv(workers.WORKERS_VARIABLE, "2")
    waiting = [workers.beside.submit(os.getpid) for _ in range(2)]
    assert len(workers.beside.numbers) == 2
    given = []
    monkeypatch.setattr(workers, "_by_processes", lambda stage, work, parts, results: given.append(len(parts)) or ())
    parts = parts_of(documents(60_000, 60_000, 60_000))
    assert len(parts) > 1
    list(begun("sections", paths, parts))
    assert given == [len(parts)]
    assert [process.result() for process in waiting]
