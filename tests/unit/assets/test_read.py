"""`make read` and `make explain FACT=`: what a person sees in the terminal."""

import sys

from assets.commands import explain, read


def shown(monkeypatch, capsys, command, *arguments):
    monkeypatch.setattr(sys, "argv", ["command", *arguments])
    monkeypatch.setenv("COLUMNS", "160")
    return command.main(), capsys.readouterr().out


def test_a_sentence_is_shown_with_what_decided_it(monkeypatch, capsys):
    code, out = shown(monkeypatch, capsys, read, "城阳区力争新建托育机构35家以上。", "--place", "青岛市")
    assert code == 0
    for words in ("place_of_clause", "城阳区", "status_cues: 力争", "comparators: 以上", "units: 家", "新建托育机构"):
        assert words in out


def test_a_text_without_figures_says_so(monkeypatch, capsys):
    code, out = shown(monkeypatch, capsys, read, "形势稳定向好。")
    assert code == 0
    assert "No fact" in out


def test_no_text_is_refused_with_an_example(monkeypatch, capsys):
    code, out = shown(monkeypatch, capsys, read, " ")
    assert code == 2
    assert "make read TEXT=" in out


def test_a_fact_of_a_file_is_explained(monkeypatch, capsys, tmp_path):
    file = tmp_path / "report.txt"
    file.write_text("青岛市卫生健康委员会2024年工作总结\n全市建成托育机构35家。培训医师120名。\n", encoding="utf-8")
    code, out = shown(monkeypatch, capsys, explain, str(file), "--fact", "医师")
    assert (code, "培训医师" in out, "托育机构" in out) == (0, True, False)
    code, out = shown(monkeypatch, capsys, explain, str(file), "--fact", "99")
    assert code == 2
    assert "No fact is 99" in out
