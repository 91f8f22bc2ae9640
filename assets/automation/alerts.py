"""Alerts (告警): a failed run or check is told to whoever must know, once.

Configured by environment only:

- ZHENGBAO_ALERT_URLS: where to send, Apprise URLs separated by spaces (mailto://, wecombot://, dingtalk://, feishu://, slack://, json://host).
- ZHENGBAO_ALERT_LEVEL: `error` (default) or `warning`, the least severity of a failed check that is told.
- ZHENGBAO_ALERT_REPEAT_HOURS: how long the same trouble is not told again (default 24).
- ZHENGBAO_UI_URL: where the Dagster UI is seen by the reader of an alert (default http://127.0.0.1:3000).
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import dagster as dg

from assets.locations import locations
from assets.quality.check_results import now

MAX_LINES = 20


@dataclass(frozen=True)
class Alert:
    """What is told. `key` is the same for the same trouble."""

    title: str
    body: str
    key: str


def compose(
    job: str, run_id: str, sources: str, failed_steps: Sequence[str], failed: Sequence[dg.AssetCheckEvaluation]
) -> Alert | None:
    """The alert for a run, None where there is nothing to tell."""
    if not failed_steps and not failed:
        return None
    lines = [
        f"{evaluation.check_name} on {evaluation.asset_key.to_user_string()}: {failing(evaluation)} failing"
        for evaluation in failed
    ]
    lines += [f"step {step} failed" for step in failed_steps]
    trouble = sorted({line.split(":")[0] for line in lines})
    shown = lines[:MAX_LINES] + ([f"… and {len(lines) - MAX_LINES} more"] if len(lines) > MAX_LINES else [])
    link = f"{os.environ.get('ZHENGBAO_UI_URL', 'http://127.0.0.1:3000').rstrip('/')}/runs/{run_id}"
    return Alert(
        title=f"Zhengbao 政报: {len(lines)} failed in {job}",
        body="\n".join([f"Sources: {sources}", *shown, link]),
        key=sha256(f"{job}\n{trouble}".encode()).hexdigest(),
    )


def failing(evaluation: dg.AssetCheckEvaluation) -> object:
    """The number of failing rows that a check reported."""
    count = evaluation.metadata.get("failing_count")
    return count.value if count else "?"


def send(alert: Alert, sent_file: Path, at: datetime) -> bool:
    """Send through every configured URL unless the same trouble was told lately; True where it was sent.

    A URL may hold a secret, so neither logs nor metadata ever name one.
    """
    urls = os.environ.get("ZHENGBAO_ALERT_URLS", "").split()
    if not urls:
        return False
    sent: dict[str, str] = json.loads(sent_file.read_text(encoding="utf-8")) if sent_file.exists() else {}
    window = timedelta(hours=float(os.environ.get("ZHENGBAO_ALERT_REPEAT_HOURS", "24")))
    recent = {key: time for key, time in sent.items() if at - datetime.fromisoformat(time) < window}
    if alert.key in recent:
        return False
    import apprise  # loads a hundred services

    service = apprise.Apprise()
    known = [service.add(url) for url in urls]
    if not all(known):
        raise ValueError(f"ZHENGBAO_ALERT_URLS: entry {known.index(False) + 1} of {len(urls)} is no Apprise URL.")
    if not service.notify(title=alert.title, body=alert.body):
        raise RuntimeError("An alert could not be delivered to every address of ZHENGBAO_ALERT_URLS.")
    sent_file.parent.mkdir(parents=True, exist_ok=True)
    aside = sent_file.with_suffix(".aside")
    aside.write_text(json.dumps(recent | {alert.key: at.isoformat()}), encoding="utf-8")
    aside.replace(sent_file)
    return True


def told_checks(evaluations: Sequence[dg.AssetCheckEvaluation]) -> list[dg.AssetCheckEvaluation]:
    """The failed checks that are severe enough to be told."""
    warnings_too = os.environ.get("ZHENGBAO_ALERT_LEVEL", "error") == "warning"
    return [
        evaluation
        for evaluation in evaluations
        if not evaluation.passed and (warnings_too or evaluation.severity == dg.AssetCheckSeverity.ERROR)
    ]


def tell_of_run(instance: dg.DagsterInstance, run: dg.DagsterRun) -> bool:
    """Compose and send the alert of a finished run; True where one was sent."""
    evaluations = [
        record.event_log_entry.dagster_event.asset_check_evaluation_data
        for record in instance.get_records_for_run(
            run.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION
        ).records
        if record.event_log_entry.dagster_event
    ]
    steps = [
        record.event_log_entry.step_key or "?"
        for record in instance.get_records_for_run(run.run_id, of_type=dg.DagsterEventType.STEP_FAILURE).records
    ]
    tags = run.tags
    sources = " … ".join(dict.fromkeys(value for tag, value in sorted(tags.items()) if "partition" in tag)) or "all"
    alert = compose(run.job_name, run.run_id, sources, steps, told_checks(evaluations))
    return alert is not None and send(alert, locations().work / "alerts.json", now())


@dg.run_failure_sensor(
    default_status=dg.DefaultSensorStatus.RUNNING, description="Tells of a failed run through ZHENGBAO_ALERT_URLS."
)
def failed_run(context: dg.RunFailureSensorContext) -> None:
    """A run that failed, with its failed steps and checks."""
    tell_of_run(context.instance, context.dagster_run)


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells of failed checks in a run that went through.",
)
def failed_checks(context: dg.RunStatusSensorContext) -> None:
    """A run that published although a check that does not block failed."""
    tell_of_run(context.instance, context.dagster_run)
