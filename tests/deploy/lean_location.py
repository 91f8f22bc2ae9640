"""The code location without its checks, which would take most of a test's time: stages in small parts, candidate and publication."""

import dagster as dg

from assets.automation.executor import executor, has_workers
from assets.publication.publishing import warehouse, warehouse_candidate
from assets.stages import parts
from bench.kill_rounds import lean_definitions

if has_workers():  # whoever imports this file without them, such as a search for doctests, is left as it is
    parts.PART = 1  # a source each


def _with_workers(lean):
    return dg.Definitions(
        assets=[parts.stages_in_parts, warehouse_candidate, warehouse],
        jobs=lean.jobs,
        resources={**lean.resources, "part_values": parts.part_values},
        executor=executor(),
    )


defs = _with_workers(lean_definitions())
