"""`make run` as a whole, told as the story of one deployment: each chapter is a run, and the tests look at what came of it."""

import os
import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.orchestration.conftest import query

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("run")]

STAGE_TABLES = (
    *("documents", "texts", "cleaning_steps", "sections", "sentences", "facts", "fact_evidence", "rankings"),
    *("commitments", "commitment_facts", "mentions", "rejects", "sources"),
)


@dataclass(frozen=True)
class Chapter:
    result: CompletedProcess
    version: Path
    """What was live afterwards."""
    copy: Path
    """The same, as it was then."""

    def ask(self, sql):
        return query(self.copy, sql)

    @property
    def said(self):
        return self.result.stdout + self.result.stderr


@pytest.fixture(scope="module")
def story(deployment, tmp_path_factory):
    """Name -> chapter."""
    copies, chapters = tmp_path_factory.mktemp("copies"), {}

    def end(name, result):
        copy = copies / f"{name}.duckdb"
        shutil.copyfile(deployment.live.resolve(), copy)
        chapters[name] = Chapter(result, deployment.live.resolve(), copy)

    for k in range(5):
        deployment.add(f"s{k}", teams=500 + k)
    deployment.add("gone", place="淄博市", teams=999)
    make_troubles(deployment.landing)
    end("troubles", deployment.run_in_a_process("gbk"))
    end("again", deployment.run())

    for k in (0, 2, 4):
        deployment.add(f"s{k}", teams=700 + k)
    shutil.rmtree(deployment.landing / "gone")
    (deployment.landing / "manifest.csv").write_text("path,title\ns1\\report.txt,x\n")
    end("scattered", deployment.run())

    kept = deployment.landing.rename(deployment.landing.with_name("kept"))
    (deployment.landing / "s1").mkdir(parents=True)
    (deployment.landing / "s1" / "report.txt").write_bytes(b"")
    end("emptied", deployment.run())

    shutil.rmtree(deployment.landing)
    kept.rename(deployment.landing)
    deployment.add("s1", teams=801)
    deployment.live.resolve().chmod(0o644)
    deployment.live.resolve().write_bytes(b"damaged" * 1000)
    end("damaged", deployment.run())
    return chapters


def make_troubles(landing):
    """What lies in a landing zone and is no report, or none that can be read."""
    folder = landing / "s1"
    with open(os.fsencode(folder) + b"/" + "工作.txt".encode("gbk"), "wb") as stream:  # noqa: PTH123 - a name of bytes
        stream.write(b"x")
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop").symlink_to(landing)
    (folder / "[red]markup[bold].txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "desktop.ini").write_text("[x]")
    (folder / "number.txt").write_text(
        "某市2024年工作总结\n\n一、全市完成投资" + "9" * 30 + "元，建成医院3家。\n", encoding="utf-8"
    )


def test_a_zone_full_of_troubles_is_published(story):
    chapter = story["troubles"]
    assert chapter.result.returncode == 0, chapter.said
    assert dict(chapter.ask("select path, reason from rejects where stage = 'raw'")) == {
        "s1/\\xb9\\xa4\\xd7\\xf7.txt": "name_is_no_text",
        "s1/pipe.txt": "no_file",
        "s1/loop": "linked_folder",
        "s1/[red]markup[bold].txt": "empty",
        "s1/picture.txt": "binary",
    }
    assert chapter.ask("select count(*) from documents") == [(7,)]
    assert chapter.ask("select count(*) from facts where value >= 1e18") == [(0,)]


def test_a_console_that_knows_only_gbk_is_told_what_it_can_show(story):
    said = story["troubles"].result.stdout
    assert "s1/[red]markup[bold].txt: empty" in said
    assert "Zhengbao 政报" in said
    assert "? raw" in said, "the sign before a step is none of GBK"


def test_nothing_changed_publishes_nothing(story):
    chapter = story["again"]
    assert chapter.result.returncode == 0, chapter.said
    assert "Nothing changed" in chapter.result.stdout
    assert chapter.version == story["troubles"].version


def test_scattered_changes_are_one_publication_of_the_changed_sources_alone(story):
    before, chapter = story["troubles"], story["scattered"]
    assert chapter.result.returncode == 0, chapter.said
    assert chapter.result.stdout.count("materialise_and_publish:") == 1
    teams = chapter.ask("select value::int from facts where value between 500 and 799 order by 1")
    assert teams == [(501,), (503,), (700,), (702,), (704,)]
    old, new = (dict(one.ask("select source, fingerprint from sources")) for one in (before, chapter))
    assert {source for source in new if new[source] != old[source]} == {"s0", "s2", "s4"}


def test_only_publishing_waits_for_the_extractor_to_be_measured(story):
    steps = re.findall(r"✓ (\w+)", story["scattered"].result.stdout)
    assert steps.index("candidate_quality") < steps.index("extraction_quality") < steps.index("warehouse")


def test_a_removed_source_leaves_the_warehouse(story):
    assert story["troubles"].ask("select count(*) from documents where source = 'gone'") == [(1,)]
    assert story["scattered"].ask("select count(*) from documents where source = 'gone'") == [(0,)]


def test_a_manifest_row_that_fits_no_file_is_named(story):
    reasons = dict(story["scattered"].ask("select path, reason from rejects"))
    assert reasons["s1\\report.txt"] == "manifest_row_fits_no_file"


def test_a_blocking_check_keeps_the_last_published_warehouse(story):
    chapter = story["emptied"]
    assert chapter.result.returncode == 1, "an empty warehouse may not replace a full one"
    assert "Nothing was published" in chapter.result.stdout
    assert "the_warehouse_holds_documents" in chapter.result.stdout
    assert chapter.version == story["scattered"].version
    assert chapter.copy.read_bytes() == story["scattered"].copy.read_bytes()


def test_a_damaged_warehouse_is_made_anew_with_the_history_of_failed_runs(story):
    chapter = story["damaged"]
    assert chapter.result.returncode == 0, chapter.said
    assert chapter.ask("select count(*) from facts where value = 801") == [(1,)]
    assert chapter.ask("select count(*) from documents") == [(6,)]
    failed = "select count(*) from quality_results where check_name = 'the_warehouse_holds_documents' and not success"
    assert chapter.ask(failed) == [(1,)], "the failed run's results belong to the history"


def test_the_same_files_give_the_same_rows_whatever_happened_before(story, deployment, tmp_path):
    another = replace(deployment, warehouse=tmp_path / "another")
    assert another.run().returncode == 0
    for table in STAGE_TABLES:
        assert another.query(f"from {table}") == story["damaged"].ask(f"from {table}"), table


def test_a_damaged_run_history_is_told_in_a_sentence(story, deployment):
    (deployment.warehouse / ".zhengbao" / "dagster" / "history" / "runs.db").write_bytes(b"damaged" * 1000)
    deployment.add("s1", teams=802)
    result = deployment.run()
    assert result.returncode == 1
    assert "run history" in result.stderr
    assert "Traceback" not in result.stderr
    assert deployment.live.resolve() == story["damaged"].version


def test_a_missing_landing_zone_says_what_to_do(deployment, tmp_path):
    result = replace(deployment, landing=tmp_path / "nowhere", warehouse=tmp_path / "warehouse").run()
    assert result.returncode == 2
    assert "LANDING=" in result.stderr
    assert "Traceback" not in result.stderr
