"""What lives as long as the process is not looked through by the collector."""

import gc

import pytest

from assets.loading import kept_for_good


@pytest.fixture(autouse=True)
def thawed():
    yield
    gc.unfreeze()
    gc.enable()


def test_the_collector_rests_while_loading_and_passes_over_what_was_loaded():
    before = gc.get_freeze_count()
    with kept_for_good():
        assert not gc.isenabled()
        loaded = [[k] for k in range(1000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() - before >= len(loaded)


def test_a_collector_that_was_off_stays_off_and_a_failure_leaves_it_as_it_was():
    with pytest.raises(ValueError, match="no such module"), kept_for_good():
        raise ValueError("no such module")
    assert gc.isenabled()
    gc.disable()
    with kept_for_good():
        pass
    assert not gc.isenabled()
