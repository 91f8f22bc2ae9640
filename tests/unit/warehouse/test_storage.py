"""The object store: publish on condition, read whole, sweep, mirror; on obstore's store in memory."""

from datetime import UTC, datetime, timedelta

import obstore
import pytest
from obstore.store import LocalStore, MemoryStore

from warehouse.publishing import PublishError, live
from warehouse.storage.mirror import bring
from warehouse.storage.probe import require_conditional_writes
from warehouse.storage.store import Item, OvertakenError, Store, StoreError
from warehouse.storage.versions import (
    POINTER,
    fetch,
    missing,
    point_back,
    point_to,
    pointed,
    publish_to_store,
    sweep,
)

MANY = 1000


@pytest.fixture
def store():
    return Store("memory:", MemoryStore())


def published(folder, text):
    """A published file and the folder of its exports."""
    file = folder / f"zhengbao-{text}.duckdb"
    file.write_text(text)
    exports = folder / "exports"
    (exports / "csv").mkdir(parents=True, exist_ok=True)
    (exports / "csv" / "changing.csv").write_text(text)
    (exports / "csv" / "same.csv").write_text("same")
    return file, exports


def test_what_is_published_is_fetched_and_the_last_versions_stay(store, tmp_path):
    for text in ("a", "b", "c"):
        publish_to_store(store, *published(tmp_path, text), keep=2)
        file = fetch(store, tmp_path / "reader", keep=2, said=lambda _: None)
        assert live(tmp_path / "reader") == file
        assert file.read_text() == text
    kept, _ = pointed(store)
    assert [version.name[0] for version in kept] == ["c", "b"]
    assert missing(store, kept) == []
    assert len(list((tmp_path / "reader").glob("zhengbao-*.duckdb"))) == 2
    assert store.read(kept[0].export("csv/changing.csv"))[0] == b"c"
    assert store.read(kept[0].export("csv/same.csv"))[0] == b"same"


def test_a_publication_done_twice_is_one(store, tmp_path):
    first = publish_to_store(store, *published(tmp_path, "a"))
    _, tag = pointed(store)
    assert publish_to_store(store, *published(tmp_path, "a")) == first
    assert pointed(store) == ([first], tag)


def test_two_publishers_at_once_one_is_refused_and_the_pointer_is_the_other_s(store, tmp_path):
    publish_to_store(store, *published(tmp_path, "a"))
    before, tag = pointed(store)
    other = publish_to_store(store, *published(tmp_path, "b"))
    with pytest.raises(OvertakenError):
        point_to(store, before, tag)
    assert pointed(store)[0][0] == other


def test_a_switch_whose_answer_was_lost_counts_as_done(store, tmp_path):
    version = publish_to_store(store, *published(tmp_path, "a"))
    point_to(store, [version], None)  # refused, since it stands there already


def test_orphans_are_swept_when_they_are_old_and_nothing_else_is(store, tmp_path):
    publish_to_store(store, *published(tmp_path, "a"))
    store.upload(published(tmp_path, "b")[0], "versions/b-000000000000/zhengbao.duckdb")
    assert sweep(store) == [], "it may be of a publisher at work"
    assert sweep(store, timedelta(0)) == ["versions/b-000000000000/zhengbao.duckdb"]
    assert missing(store, pointed(store)[0]) == []


def test_an_object_that_is_gone_does_not_keep_the_others(tmp_path):
    store = Store("file:", LocalStore(tmp_path))
    store.write_if("one", b"1", None)
    store.write_if("two", b"2", None)
    store.remove(["gone", "one", "two"])
    assert [*store.listed()] == []


def test_point_back_to_a_kept_version(store, tmp_path):
    for text in ("a", "b"):
        publish_to_store(store, *published(tmp_path, text))
    assert point_back(store, "zhengbao-a").name.startswith("a-")
    assert fetch(store, tmp_path / "reader", said=lambda _: None).read_text() == "a"
    with pytest.raises(PublishError, match="keeps no version 'c'"):
        point_back(store, "zhengbao-c")


def test_a_reader_takes_nothing_that_is_not_what_the_pointer_names(store, tmp_path):
    with pytest.raises(StoreError, match="Nothing is published"):
        fetch(store, tmp_path / "reader")
    version = publish_to_store(store, *published(tmp_path, "a"))
    obstore.put(store.objects, version.key, b"b")
    with pytest.raises(StoreError, match="other bytes"):
        fetch(store, tmp_path / "reader", said=lambda _: None)
    store.remove([version.key])
    assert missing(store, [version]) == [version.key]
    with pytest.raises(StoreError, match="does not hold it"):
        fetch(store, tmp_path / "reader", said=lambda _: None)
    assert list((tmp_path / "reader").iterdir()) == []
    obstore.put(store.objects, POINTER, b"[]")
    with pytest.raises(StoreError, match="is no pointer"):
        pointed(store)


class Careless(Store):
    """A server that takes conditions and writes all the same: the first write, or every one after it."""

    def __init__(self, ignores):
        super().__init__("memory:", MemoryStore())
        self.ignores = ignores

    def write_if(self, key, data, tag):
        try:
            return super().write_if(key, data, tag)
        except OvertakenError:
            if (tag is None) == (self.ignores == "If-None-Match"):
                return obstore.put(self.objects, key, data)["e_tag"]
            raise


def test_the_probe_passes_a_store_with_conditions_and_leaves_nothing(store):
    require_conditional_writes(store)
    assert list(store.listed()) == []


@pytest.mark.parametrize("header", ["If-None-Match", "If-Match"])
def test_the_probe_names_the_condition_that_a_store_ignores(header):
    careless = Careless(header)
    with pytest.raises(StoreError, match=f"ignores {header}"):
        require_conditional_writes(careless)
    assert list(careless.listed()) == []


def test_the_probe_finds_that_a_folder_has_no_conditional_replacement(tmp_path):
    with pytest.raises(StoreError, match="has no If-Match"):
        require_conditional_writes(Store("file:", LocalStore(tmp_path)))


def put(store, **objects):
    for key, text in objects.items():
        obstore.put(store.objects, key.replace("__", "/"), text.encode())


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_the_mirror_fetches_what_changed_and_deletes_what_is_gone(store, tmp_path):
    put(store, a__1="eins", a__2="zwei", b__1="drei")
    zone = tmp_path / "zone"
    assert bring(store, zone, MANY).fetched == ["a/1", "a/2", "b/1"]
    assert bring(store, zone, MANY) == ([], [], [])
    put(store, a__2="anders")
    store.remove(["b/1"])
    assert bring(store, zone, MANY)[:2] == (["a/2"], ["b/1"])
    assert files(zone) == {"a/1": "eins", "a/2": "anders"}
    assert not (zone / "b").exists()
    (zone / "a" / "1").unlink()
    (zone / "strange").write_text("not of the store")
    assert bring(store, zone, MANY)[:2] == (["a/1"], ["strange"])


def test_the_mirror_leaves_what_cannot_be_a_file_and_says_so(store, tmp_path):
    put(store, **{"a": "object and folder", "a__1": "ok", "b__" + "长" * 90: "name", "c__1": "x" * (MANY + 1)})
    brought = bring(store, tmp_path / "zone", MANY)
    assert {(left.key[:3], left.reason) for left in brought.left} == {
        ("a", "no_file_name"),
        ("b/长", "no_file_name"),
        ("c/1", "file_too_large"),
    }
    assert files(tmp_path / "zone") == {"a/1": "ok"}


@pytest.mark.parametrize("key", ["../a", "a/../../b", "/etc/a", "a//b", "a/./b", "a\0b"])
def test_the_mirror_never_writes_outside_its_folder(tmp_path, key):
    class Hostile(Store):
        def listed(self, prefix=""):
            yield Item(key, 1, "1", datetime.now(UTC))

        def download(self, key, file, tag=None):
            file.write_text("x")

    assert [left.reason for left in bring(Hostile("memory:", MemoryStore()), tmp_path / "zone", MANY).left] == [
        "no_file_name"
    ]
    assert files(tmp_path / "zone") == {}


def test_an_empty_or_short_store_ends_the_mirroring_and_deletes_nothing(store, tmp_path):
    put(store, a__1="eins")
    bring(store, tmp_path / "zone", MANY)
    store.remove(["a/1"])
    with pytest.raises(StoreError, match="holds no object"):
        bring(store, tmp_path / "zone", MANY)
    put(store, a__1="zwei")

    class Short(Store):
        def download(self, key, file, tag=None):
            file.write_text("z")

    with pytest.raises(StoreError, match="1 of 4 bytes"):
        bring(Short("memory:", store.objects), tmp_path / "zone", MANY)
    assert files(tmp_path / "zone") == {"a/1": "eins"}
    assert bring(store, tmp_path / "zone", MANY).fetched == ["a/1"]
