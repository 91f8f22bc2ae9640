"""Everything Dagster loads."""

from __future__ import annotations

import dagster as dg

from assets.automation.alerts import failed_checks, failed_run
from assets.automation.executor import executor, has_workers
from assets.automation.one_runner import OneRunner
from assets.automation.retention import daily_maintenance, maintenance
from assets.automation.triggers import landing_zone, nightly, publish_job, republish_job
from assets.commands.progress import progress_logger
from assets.locations import locations
from assets.publication.evidence import evidence_site
from assets.publication.exports import exports
from assets.publication.pages import column_lineage_page
from assets.publication.publishing import warehouse, warehouse_candidate
from assets.publication.stored import stored_warehouse
from assets.quality.checks import checks
from assets.quality.evaluation import extraction_quality
from assets.stages.clean import clean
from assets.stages.facts import extraction
from assets.stages.parquet import stage_files
from assets.stages.raw import raw
from assets.stages.sections import outline


def stages() -> dg.Definitions:
    """From the files to the facts: a step a stage, or, where steps are done by workers, a step for each part of the sources."""
    if not has_workers():
        return dg.Definitions(assets=[raw, clean, outline, extraction])
    from assets.stages.parts import part_values, stages_in_parts

    return dg.Definitions(assets=[stages_in_parts], resources={"part_values": part_values})


defs = dg.Definitions.merge(
    stages(),
    dg.Definitions(
        assets=[
            warehouse_candidate,
            extraction_quality,
            warehouse,
            column_lineage_page,
            exports,
            evidence_site,
            *([stored_warehouse] if locations().store else []),
        ],
        asset_checks=checks,
        jobs=[publish_job, republish_job, maintenance],
        schedules=[nightly, daily_maintenance],
        sensors=[landing_zone, failed_run, failed_checks],
        resources={"io_manager": stage_files, "one_runner": OneRunner()},
        loggers={"console": dg.colored_console_logger, "progress": progress_logger},
        executor=executor(),
    ),
)
