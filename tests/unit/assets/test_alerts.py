"""Alerts reach a real HTTP receiver on loopback, once, without secrets in what is logged."""

import json
import threading
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import dagster as dg
import pytest

from assets.automation.alerts import compose, send, told_checks

NOON = datetime(2024, 7, 1, 12)


def failed_check(name="span_round_trip", severity=dg.AssetCheckSeverity.ERROR, count=3):
    return dg.AssetCheckEvaluation(
        asset_key=dg.AssetKey("facts"),
        check_name=name,
        passed=False,
        severity=severity,
        metadata={"failing_count": dg.MetadataValue.int(count)},
    )


@pytest.fixture
def receiver(monkeypatch):
    received = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        monkeypatch.setenv("ZHENGBAO_ALERT_URLS", f"json://127.0.0.1:{server.server_port}/hook")
        yield received
        server.shutdown()
        thread.join()


def alert(**changes):
    arguments = {
        "job": "materialise_and_publish",
        "run_id": "r1",
        "sources": "a … b",
        "failed_steps": [],
        "failed": [failed_check()],
    }
    return compose(**(arguments | changes))


def test_says_check_source_count_and_link(receiver, tmp_path, monkeypatch):
    monkeypatch.setenv("ZHENGBAO_UI_URL", "http://ui.example:3000/")
    assert send(alert(), tmp_path / "sent.json", NOON)
    (message,) = receiver
    assert "span_round_trip on facts: 3 failing" in message["message"]
    assert "a … b" in message["message"]
    assert "http://ui.example:3000/runs/r1" in message["message"]


def test_same_trouble_is_told_once_until_the_window_ends(receiver, tmp_path):
    file = tmp_path / "sent.json"
    assert send(alert(), file, NOON)
    assert not send(alert(run_id="r2", failed=[failed_check(count=4)]), file, NOON + timedelta(hours=1))
    assert send(alert(run_id="r3", failed=[failed_check("row_count")]), file, NOON + timedelta(hours=2))
    assert send(alert(run_id="r4"), file, NOON + timedelta(hours=25))
    assert len(receiver) == 3


def test_nothing_failed_nothing_told():
    assert alert(failed=[]) is None


def test_level_decides_whether_warnings_are_told(monkeypatch):
    warning = failed_check(severity=dg.AssetCheckSeverity.WARN)
    assert told_checks([warning]) == []
    monkeypatch.setenv("ZHENGBAO_ALERT_LEVEL", "warning")
    assert told_checks([warning]) == [warning]


def test_unreachable_address_is_an_error_without_the_secret(tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("ZHENGBAO_ALERT_URLS", "json://user:topsecret@127.0.0.1:9/hook")
    with pytest.raises(RuntimeError) as error:
        send(alert(), tmp_path / "sent.json", NOON)
    assert "topsecret" not in str(error.value) + caplog.text
    assert not (tmp_path / "sent.json").exists()


def test_no_address_is_no_error(tmp_path, monkeypatch):
    monkeypatch.delenv("ZHENGBAO_ALERT_URLS", raising=False)
    assert not send(alert(), tmp_path / "sent.json", NOON)
