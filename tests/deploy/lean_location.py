"""The code location without its checks, which would take most of a test's time: stages, candidate and publication."""

import dagster as dg

from assets.automation.executor import executor
from bench.kill_rounds import lean_definitions


def _with_workers(lean):
    return dg.Definitions(assets=lean.assets, jobs=lean.jobs, resources=lean.resources, executor=executor())


defs = _with_workers(lean_definitions())
