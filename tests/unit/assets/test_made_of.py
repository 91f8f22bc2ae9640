"""What the live warehouse was made from is known of that version only, and of the code that wrote it."""

import pytest

from assets.publication import made_of as module
from assets.publication.made_of import keep_made_of, made_of, record_made_of

DIGESTS = {"淄博市": "a1", "青岛市": "b2"}


@pytest.fixture
def candidate(tmp_path, monkeypatch):
    monkeypatch.setenv("ZHENGBAO_WAREHOUSE", str(tmp_path))
    candidate = tmp_path / ".zhengbao" / "candidates" / "run1.duckdb"
    candidate.parent.mkdir(parents=True)
    return candidate


def test_is_known_of_the_version_that_was_published(candidate, tmp_path):
    keep_made_of(candidate, DIGESTS)
    assert made_of(tmp_path / "zhengbao-run1.duckdb") == {}
    record_made_of(candidate)
    assert made_of(tmp_path / "zhengbao-run1.duckdb") == DIGESTS
    assert made_of(tmp_path / "zhengbao-run0.duckdb") == {}
    assert made_of(None) == {}


def test_is_not_known_of_what_other_code_wrote(candidate, tmp_path, monkeypatch):
    keep_made_of(candidate, DIGESTS)
    record_made_of(candidate)
    monkeypatch.setattr(module, "code_version", lambda _: "of another build")
    assert made_of(tmp_path / "zhengbao-run1.duckdb") == {}


def test_a_damaged_record_is_none(candidate, tmp_path):
    (tmp_path / ".zhengbao" / "made_of.json").write_text("{", encoding="utf-8")
    assert made_of(tmp_path / "zhengbao-run1.duckdb") == {}


def test_a_version_without_a_record_is_not_that_of_the_one_before(candidate, tmp_path):
    keep_made_of(candidate, DIGESTS)
    record_made_of(candidate)
    record_made_of(candidate.with_name("run2.duckdb"))  # killed before it was kept
    assert made_of(tmp_path / "zhengbao-run2.duckdb") == {}
