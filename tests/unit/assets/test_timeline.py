"""A run by hand says which job of which location it is: the timeline leaves out runs that do not."""

from __future__ import annotations

import dagster as dg
import yaml

from assets.automation.timeline import LOCATION, put_on_timeline
from assets.locations import PROJECT


@dg.asset
def one():
    return 1


def test_a_run_in_this_process_has_the_origin_that_the_timeline_asks_for(tmp_path):
    defs = dg.Definitions(assets=[one], jobs=[dg.define_asset_job("first"), dg.define_asset_job("second")])
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        before = defs.resolve_job_def("first").execute_in_process(instance=instance)
        assert instance.get_run_by_id(before.run_id).remote_job_origin is None
        for name in ("first", "second"):
            put_on_timeline(instance, name)
            done = defs.resolve_job_def(name).execute_in_process(instance=instance)
            origin = instance.get_run_by_id(done.run_id).remote_job_origin
            assert (origin.job_name, origin.repository_origin.repository_name) == (name, "__repository__")
            assert origin.location_name == LOCATION


def test_the_location_is_that_of_the_workspace():
    workspace = yaml.safe_load((PROJECT / "workspace.yaml").read_text(encoding="utf-8"))
    assert [each["python_file"]["location_name"] for each in workspace["load_from"]] == [LOCATION]
