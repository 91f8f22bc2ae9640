"""A cause outside the program ends a command with a sentence and exit status 1; a fault of the program keeps its traceback."""

import errno
import io
import sqlite3
import sys

import duckdb
import pytest

from assets.commands.ends import ending, explained
from assets.commands.summary import plain
from assets.landing import LandingError


def failing(error):
    def main():
        try:
            raise error
        except Exception as cause:
            raise RuntimeError("a step failed") from cause

    return main


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/data/x"), "The disk is full at /data/x"),
        (OSError(errno.EROFS, "Read-only file system", "/data"), "read-only at /data"),
        (PermissionError(errno.EACCES, "Permission denied", "/data"), "may not write or read at /data"),
        (sqlite3.DatabaseError("database disk image is malformed"), "move that folder away"),
        (
            duckdb.IOException('IO Error: Could not set lock on file "w": Conflicting lock is held in python (PID 7).'),
            "open for writing in another process: python (PID 7)",
        ),
    ],
)
def test_causes_outside_are_told_with_what_to_do(error, said, capsys):
    assert ending(failing(error)) == 1
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told


def test_the_live_file_open_elsewhere_is_told(tmp_path):
    path = tmp_path / "w.duckdb"
    duckdb.connect(str(path)).close()
    import subprocess

    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        holder.stdout.readline()
        with pytest.raises(duckdb.Error) as caught:
            duckdb.connect(str(path), read_only=True)
        assert str(holder.pid) in explained(caught.value)
    finally:
        holder.communicate("\n")


def test_a_landing_zone_that_cannot_be_used_is_wrong_use():
    assert ending(lambda: (_ for _ in ()).throw(LandingError("no folder"))) == 2


def test_a_fault_of_the_program_is_not_hidden():
    with pytest.raises(KeyError):
        ending(lambda: {}["x"])


def test_signs_that_a_console_cannot_show_are_replaced(monkeypatch):
    console = io.TextIOWrapper(io.BytesIO(), encoding="gbk")
    monkeypatch.setattr(sys, "stdout", console)
    assert ending(lambda: print("✓ done", flush=True) or 0) == 0
    assert console.buffer.getvalue() == b"? done\n"


def test_a_file_name_does_not_steer_the_terminal():
    assert plain("[red]a\x1b[2J\nb") == "[red]a�[2J b"
