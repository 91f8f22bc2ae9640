"""A run by hand on the timeline of the UI (时间线), which shows runs by the code location and the job that they come from."""

from __future__ import annotations

from functools import partial

import dagster as dg
from dagster._core.remote_origin import RegisteredCodeLocationOrigin, RemoteJobOrigin, RemoteRepositoryOrigin
from dagster._core.storage.tags import MAX_RETRIES_TAG

LOCATION, REPOSITORY = "zhengbao", "__repository__"
"""As workspace.yaml and Dagster name them."""
NO_RETRY = {MAX_RETRIES_TAG: "0"}
"""Whoever began the run sees that it failed; the daemon does not begin it again, which it could for a run of known origin."""


def put_on_timeline(instance: dg.DagsterInstance, job_name: str) -> None:
    """Let runs that this process makes next say which job of which location they are; `execute_in_process` says nothing of it."""
    repository = RemoteRepositoryOrigin(RegisteredCodeLocationOrigin(LOCATION), REPOSITORY)
    made = partial(instance.create_run_for_job, remote_job_origin=RemoteJobOrigin(repository, job_name))
    instance.create_run_for_job = made  # type: ignore[method-assign]
