"""Whatever happened to the files, and wherever runs were killed: what may be published is a full rebuild of what lies there.

A small world stands for the stages: documents of a few sources in a dictionary, four stages that hand on what they read, and a run
that may be killed before each of its writes. The ledger and the carrying over of documents are those of the real stages.
"""

from __future__ import annotations

import itertools
from contextlib import suppress
from functools import cache

import dagster as dg
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.landing import document_digest
from assets.publication.candidates import make_again, what_is_current
from assets.publication.publishing import overtaken
from assets.stages import incremental
from assets.stages import ledger as ledgers
from assets.stages.frames import StoredFrames
from assets.stages.incremental import advance
from assets.stages.ledger import Ledger
from assets.stages.snapshots import MOST_OVERTAKEN, Snapshot, keep_overtaken

TABLES = {
    "raw": {"sources": "sources", "raw_reports": "raw_reports"},
    "clean": {"texts": "texts", "clean_rejects": "rejects"},
    "facts": {"facts": "facts"},
}
STAGES = list(TABLES)


def frames(stage, rows):
    """The rows of a stage's assets as frames."""
    schema = {"document_id": pl.String, "said": pl.String}
    return {asset: pl.DataFrame(rows[asset], schema=schema, orient="row") for asset in TABLES[stage]}


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture(autouse=True)
def small_tables(monkeypatch):
    """Frames of two columns instead of those of the contracts."""
    monkeypatch.setattr(incremental, "STAGE_TABLES", TABLES)
    monkeypatch.setattr(ledgers, "STAGE_TABLES", TABLES)
    monkeypatch.setattr(ledgers, "code_version", lambda stage: World.code + stage)


class World:
    """A landing zone, stage files and what was published."""

    code = "v1"

    def __init__(self, folder):
        self.zone: dict[str, dict[str, str]] = {}
        self.ledger = Ledger(folder)
        self.published: dict | None = None
        self.was_there = [{}]
        self.read = 0

    def state(self):
        return {source: dict(files) for source, files in self.zone.items() if files}

    def documents(self, state, source):
        return {path: document_digest(path, content, None) for path, content in sorted(state.get(source, {}).items())}

    def run(self, kill_at=None, meanwhile=None):
        """A run as the assets do it: snapshot, changed sources through all stages, then publish if all is current."""
        writes = itertools.count()

        def write(action):
            if kill_at is not None and next(writes) == kill_at:
                raise Killed
            action()

        state = self.state()
        prints = {source: repr(self.documents(state, source)) for source in state}
        changed = [s for s in state if not self.ledger.is_current(s, prints[s]) or self.seen().get(s) != prints[s]]
        if meanwhile:
            meanwhile()
        for stage in STAGES:
            for source in changed:
                self.advance(stage, source, state, prints[source], write)
        if all(self.ledger.is_current(source, prints[source]) for source in state):
            content = {
                asset: {source: pl.read_parquet(self.ledger.table(asset, source)).rows() for source in sorted(state)}
                for stage in STAGES
                for asset in TABLES[stage]
            }
            write(lambda: setattr(self, "published", (prints, content)))

    def seen(self):
        return self.published[0] if self.published else {}

    def advance(self, stage, source, state, fingerprint, write):
        if stage == "raw":
            documents = self.documents(state, source)
            inputs = {}
        else:
            before = STAGES[STAGES.index(stage) - 1]
            stamp = self.ledger.stamp(before, source)
            documents, fingerprint = stamp.documents, stamp.fingerprint
            asset = "raw_reports" if before == "raw" else "texts"
            inputs = {"before": StoredFrames({source: self.ledger.table(asset, source)})}

        def work(fresh, read):
            if stage == "raw":
                said = [(path, content) for path, content in sorted(state[source].items()) if path in fresh]
                self.read += len(said)
            else:
                said = [(path, f"{stage}({content})") for path, content in read["before"].iter_rows()]
            whole = [(source, str(len(documents)))]
            rows = {asset: whole if asset == "sources" else said for asset in TABLES[stage]}
            return [frames(stage, rows)]

        made, _ = advance(stage, self.ledger, {source: documents}, inputs, work)()
        write(lambda: self.ledger.begin(stage, [source]))
        for asset, by_source in made.items():
            file = self.ledger.table(asset, source)
            file.parent.mkdir(parents=True, exist_ok=True)
            write(lambda frame=by_source[source], file=file: frame.write_parquet(file))
        write(lambda: self.ledger.finish(stage, source, fingerprint, documents))


@cache
def rebuilt(folder, state):
    """What a full rebuild of a landing zone publishes."""
    world = World(folder)
    world.zone = {source: dict(files) for source, files in state}
    world.run()
    return world.published


def frozen(state):
    return tuple(sorted((source, tuple(sorted(files.items()))) for source, files in state.items()))


@pytest.fixture(scope="module")
def fresh_folder(tmp_path_factory):
    return lambda: tmp_path_factory.mktemp("stages")


WRITES = sum(len(assets) + 2 for assets in TABLES.values())


@pytest.mark.parametrize("then", ["again", "withdrawn", "changed once more"])
@pytest.mark.parametrize("kill_at", range(WRITES + 1))
def test_killed_at_every_point_and_then(kill_at, then, fresh_folder):
    world = World(fresh_folder())
    world.zone = {"a": {"1": "x", "2": "y"}, "b": {"1": "z"}}
    world.run()
    first = world.published
    world.zone["a"]["2"] = "new"
    world.zone["a"]["3"] = "more"
    with pytest.raises(Killed):
        world.run(kill_at=kill_at)
    assert world.published == first, "nothing half-made is published"
    if then == "withdrawn":
        world.zone = {"a": {"1": "x", "2": "y"}, "b": {"1": "z"}}
    elif then == "changed once more":
        world.zone["a"]["2"] = "newer"
        del world.zone["a"]["3"]
    world.run()
    assert world.published == rebuilt(fresh_folder(), frozen(world.state()))


def test_damaged_and_deleted_stage_files_are_made_anew(fresh_folder):
    for damage in ("delete", "damage", "stamp"):
        world = World(fresh_folder())
        world.zone = {"a": {"1": "x"}, "b": {"1": "z"}}
        world.run()
        file = world.ledger.table("texts", "a")
        if damage == "delete":
            file.unlink()
        elif damage == "damage":
            file.write_bytes(file.read_bytes()[:-1] + b"!")
        else:
            (world.ledger.stages / ledgers.FOLDER / "clean" / "a.json").write_text("{")
        assert not world.ledger.is_current("a", repr(world.documents(world.state(), "a")))
        expected, world.published = world.published, None
        world.run()
        assert world.published == expected


def test_one_of_many_changed_is_one_read(fresh_folder):
    world = World(fresh_folder())
    world.zone = {"a": {str(k): "x" for k in range(50)}}
    world.run()
    world.zone["a"]["7"] = "changed"
    world.read = 0
    world.run()
    assert world.read == 1
    assert world.published == rebuilt(fresh_folder(), frozen(world.state()))


def test_other_code_reads_all_anew(fresh_folder, monkeypatch):
    world = World(fresh_folder())
    world.zone = {"a": {"1": "x", "2": "y"}}
    world.run()
    monkeypatch.setattr(World, "code", "v2")
    world.read, world.published = 0, None
    world.run()
    assert world.read == 2


SOURCES, PATHS, CONTENTS = st.sampled_from("ab"), st.sampled_from("123"), st.sampled_from("xyz")
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("write"), SOURCES, PATHS, CONTENTS),
        st.tuples(st.just("delete"), SOURCES, PATHS, st.none()),
        st.tuples(st.just("run"), st.none(), st.none(), st.one_of(st.none(), st.integers(0, WRITES))),
        st.tuples(st.just("damage"), SOURCES, st.sampled_from(["texts", "facts", "raw_reports"]), st.none()),
    ),
    max_size=10,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_random_histories(fresh_folder, changes):
    world = World(fresh_folder())
    was_there = [frozen({})]
    for what, source, name, value in changes:
        if what == "write":
            world.zone.setdefault(source, {})[name] = value
        elif what == "delete":
            world.zone.get(source, {}).pop(name, None)
        elif what == "damage":
            world.ledger.table(name, source).unlink(missing_ok=True)
        else:
            with suppress(Killed):
                world.run(kill_at=value)
        was_there.append(frozen(world.state()))
        if world.published:
            assert any(world.published == rebuilt(fresh_folder(), state) for state in reversed(was_there))
    world.run()
    assert world.published == rebuilt(fresh_folder(), frozen(world.state()))


def test_a_source_that_came_behind_the_run_is_left_to_the_next_and_a_half_made_one_is_told(fresh_folder):
    world = World(fresh_folder())
    world.zone = {"a": {"1": "x"}}
    world.run()
    print_of_a = repr(world.documents(world.state(), "a"))
    seen = Snapshot({"a": print_of_a, "new": "?"}, {}, [])
    assert what_is_current(world.ledger, seen) == (["a"], [])
    world.ledger.table("facts", "a").unlink()
    assert what_is_current(world.ledger, seen) == (["a"], ["a"])
    make_again(world.ledger, ["a"])
    assert world.ledger.stamp("raw", "a") is None, "it is run again from the raw stage on"


def test_runs_that_are_overtaken_again_and_again_fail(fresh_folder, monkeypatch):
    monkeypatch.setenv("ZHENGBAO_WAREHOUSE", str(fresh_folder()))
    for number in range(MOST_OVERTAKEN):
        assert "青岛市" in overtaken(f"run{number}", ["青岛市"])
    with pytest.raises(dg.Failure, match="6 times in a row"):
        overtaken("one more", ["青岛市"])
    keep_overtaken([])  # as a publishing does
    assert "the next run" in overtaken("later", ["青岛市"])


def advanced(ledger, documents, texts, sources):
    """The clean stage of a few sources, worked on together in two parts; what was read, and the rows."""
    read = []

    def work(fresh, inputs):
        read.extend(sorted(fresh))
        # Rows come in no order of the sources: processes beside give them as they are done.
        rows = sorted(inputs["texts"].iter_rows(), reverse=True)
        said = [(document, f"clean({said})") for document, said in rows]
        yield frames("clean", {"texts": said[:2], "clean_rejects": rows[:1]})
        yield frames("clean", {"texts": said[2:], "clean_rejects": []})

    own = {source: documents[source] for source in sources}
    files = {source: ledger.stages / f"{source}.parquet" for source in sources}
    for source, file in files.items():
        said = [(document, texts[document]) for document in own[source]]
        pl.DataFrame(said, schema={"document_id": pl.String, "said": pl.String}, orient="row").write_parquet(file)
    made, counts = advance("clean", ledger, own, {"texts": StoredFrames(files)}, work)()
    return read, counts, {asset: {s: frame.rows() for s, frame in by.items()} for asset, by in made.items()}


def test_sources_worked_on_together_get_the_rows_that_each_would_get_alone(fresh_folder):
    documents = {s: {f"{s}/{k}": f"{s}{k}" for k in range(3)} for s in ("a", "b", "empty")}
    documents["empty"] = {}
    texts = {document: f"said {digest}" for own in documents.values() for document, digest in own.items()}
    ledger = Ledger(fresh_folder())
    read, counts, together = advanced(ledger, documents, texts, ["a", "b", "empty"])
    assert counts == {"a": 3, "b": 3, "empty": 0}
    assert read == sorted(texts)
    for source in documents:
        _, _, alone = advanced(Ledger(fresh_folder()), documents, texts, [source])
        assert together["texts"][source] == alone["texts"][source]
        assert [row[0] for row in together["texts"][source]] == list(documents[source]), "in the order of the documents"
    assert sum(map(len, together["clean_rejects"].values())) == 1, "a row goes to the source of its document alone"


def test_of_sources_worked_on_together_each_carries_over_its_own(fresh_folder):
    documents = {s: {f"{s}/{k}": f"{s}{k}" for k in range(3)} for s in ("a", "b")}
    texts = {document: "was" for own in documents.values() for document in own}
    ledger = Ledger(fresh_folder())
    _, _, first = advanced(ledger, documents, texts, ["a", "b"])
    for asset, by_source in first.items():
        for source, rows in by_source.items():
            file = ledger.table(asset, source)
            file.parent.mkdir(parents=True, exist_ok=True)
            pl.DataFrame(rows, schema={"document_id": pl.String, "said": pl.String}, orient="row").write_parquet(file)
    for source, own in documents.items():
        ledger.finish("clean", source, "any", own)
    documents["b"]["b/1"] = "other"
    texts["b/1"] = "is"
    read, counts, now = advanced(ledger, documents, texts, ["a", "b"])
    assert read == ["b/1"]
    assert counts == {"a": 0, "b": 1}
    assert now["texts"]["a"] == first["texts"]["a"]
    assert now["texts"]["b"] == [("b/0", "clean(was)"), ("b/1", "clean(is)"), ("b/2", "clean(was)")]
