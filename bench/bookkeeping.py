"""What Dagster's records of a run cost for each asset and source: `python -m bench.bookkeeping [--sources 1000] [--postgres]`.

A run over all sources of the tables of one stage whose rows cost nothing and are not stored: what is left is bookkeeping, on the history that `make run`
keeps (SQLite), and with --postgres on a PostgreSQL of its own, as deploy/ has it. Milliseconds of the clock, and of this process's CPU.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack

import dagster as dg

from assets.automation.event_log import instance_with_kept_connections
from assets.automation.home import prepare_home
from assets.automation.triggers import range_tags
from assets.stages.partitions import ONE_RUN, bring_together, source_partitions
from assets.stages.stage_tables import STAGE_TABLES
from assets.stages.tables import table_outs
from tests.deploy.single_host import FOLDER, postgres, settings
from tests.end_to_end.servers import free_port

STAGE = "clean"


class Nowhere(dg.IOManager):
    """Keeps nothing."""

    def handle_output(self, context: dg.OutputContext, obj: object) -> None:
        pass

    def load_input(self, context: dg.InputContext) -> None:
        pass


@dg.multi_asset(outs=table_outs(STAGE), partitions_def=source_partitions, backfill_policy=ONE_RUN)
def empty() -> Iterator[dg.Output[None]]:
    """Every table of the stage, of every source of the run."""
    for asset in STAGE_TABLES[STAGE]:
        yield dg.Output(None, output_name=asset)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=1000)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        os.environ["ZHENGBAO_WAREHOUSE"] = folder
        if asked.postgres:
            own = settings() | {"ZHENGBAO_PG_PORT": str(free_port()), "ZHENGBAO_INSTANCE": str(FOLDER / "dagster.yaml")}
            os.environ.update({name: own[name] for name in own if "_PG_" in name or name == "ZHENGBAO_INSTANCE"})
            server = (own["ZHENGBAO_PG_PORT"], own["ZHENGBAO_PG_USER"], own["ZHENGBAO_PG_PASSWORD"])
            stack.enter_context(postgres(*server))
        prepare_home()
        print("PostgreSQL" if asked.postgres else "SQLite", end=", ")
        measure(asked.sources)


def measure(count: int) -> None:
    """Once over one source, once over all."""
    job = dg.Definitions(
        assets=[empty],
        jobs=[dg.define_asset_job("all")],
        resources={"io_manager": Nowhere()},
        executor=dg.in_process_executor,
    ).resolve_job_def("all")
    names = [f"s{number:05}" for number in range(count)]
    with instance_with_kept_connections() as instance:
        took = {}
        for own in (names[:1], names):
            covered = bring_together(instance, own, set(own))
            begun, used = time.perf_counter(), time.process_time()
            assert job.execute_in_process(instance=instance, tags=range_tags(*covered or ("", ""))).success
            took[len(own)] = (time.perf_counter() - begun, time.process_time() - used)
    items = len(STAGE_TABLES[STAGE]) * (count - 1)
    clock, cpu = ((took[count][k] - took[1][k]) / items * 1000 for k in (0, 1))
    print(
        f"{count} sources of {len(STAGE_TABLES[STAGE])} tables: {clock:.1f} ms, {cpu:.1f} ms of CPU an asset and source"
    )


if __name__ == "__main__":
    main()
