"""A run that the landing zone has overtaken ends well, publishes nothing and asks for another."""

import os
from unittest import mock

import pytest

from assets.automation.event_log import instance_with_kept_connections
from assets.automation.home import prepare_home
from assets.automation.in_process import run
from assets.automation.lock import only_runner
from assets.automation.outcome import Outcome
from assets.automation.plan import plan
from assets.automation.triggers import publish_job, range_tags

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("overtaken")]

TEAMS = (
    "SELECT source, max(value) FROM facts JOIN documents USING (document_id) WHERE unit = '个' GROUP BY ALL ORDER BY 1"
)


@pytest.fixture(scope="module")
def story(deployment):
    """Two sources; both change, and a run that was asked for one of them alone starts then. Then all is as it was."""
    deployment.add("s0", teams=500)
    deployment.add("s1", place="淄博市", teams=500)
    deployment.run()
    deployment.add("s0", teams=600)
    outcome = Outcome(["s0"], 1)
    with mock.patch.dict(os.environ, deployment.variables):
        asked_for = plan().key
        deployment.add("s1", place="淄博市", teams=700)
        prepare_home()
        with only_runner("the test", print), instance_with_kept_connections() as instance:
            run(instance, publish_job.name, range_tags("s0", "s0"), outcome)
        published = deployment.query(TEAMS)
        deployment.add("s1", place="淄博市", teams=500)
        again = plan()
    return outcome, published, asked_for, again


def test_it_ends_well_and_publishes_nothing(story):
    outcome, published, *_ = story
    assert outcome.success
    assert outcome.overtaken
    assert published == [("s0", 500), ("s1", 500)]


def test_another_is_asked_for_though_the_files_are_as_they_were_when_the_first_was(story):
    _, _, asked_for, again = story
    assert again.publish
    assert again.key != asked_for


def test_the_next_command_publishes(story, deployment):
    assert deployment.run().returncode == 0
    assert deployment.query(TEAMS) == [("s0", 600), ("s1", 500)]
