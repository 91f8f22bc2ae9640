"""The state of a check is that of all sources, also after a run that looked at some of them."""

from assets.quality.still_broken import still_broken
from warehouse.quality import CheckResult


def result(success, severity="warning", rows=()):
    return CheckResult("promise", "facts", "facts", severity, success, "", len(rows), list(rows), "mend it")


def test_a_warning_of_another_source_stays_until_it_is_read_again(tmp_path):
    broken = result(False, rows=[{"file": "a/1.txt"}])
    assert still_broken(tmp_path, [broken], ["a", "b"], ["a", "b"]) == {"promise": []}
    assert still_broken(tmp_path, [result(True)], ["b"], ["a", "b"]) == {"promise": ["a"]}
    assert still_broken(tmp_path, [result(True)], ["b"], ["a", "b"]) == {"promise": ["a"]}, "it is not forgotten"
    assert still_broken(tmp_path, [result(True)], ["a"], ["a", "b"]) == {"promise": []}
    assert still_broken(tmp_path, [result(True)], ["b"], ["a", "b"]) == {"promise": []}


def test_a_source_that_is_gone_breaks_nothing(tmp_path):
    still_broken(tmp_path, [result(False, rows=[{"source": "a"}])], ["a", "b"], ["a", "b"])
    assert still_broken(tmp_path, [result(True)], ["b"], ["b"]) == {"promise": []}


def test_rows_without_a_file_speak_for_all_sources_of_the_run(tmp_path):
    still_broken(tmp_path, [result(False, rows=[{"documents": 3}])], ["a", "b"], ["a", "b", "c"])
    assert still_broken(tmp_path, [result(True)], ["c"], ["a", "b", "c"]) == {"promise": ["a", "b"]}


def test_errors_are_not_remembered(tmp_path):
    still_broken(tmp_path, [result(False, "error", [{"file": "a/1.txt"}])], ["a"], ["a", "b"])
    assert still_broken(tmp_path, [result(True, "error")], ["b"], ["a", "b"]) == {}
