"""What is achieved does not end after its report."""

from datetime import date

import pytest

from pipeline.facts.periods import not_after
from pipeline.records import Document

HALF = date(2021, 6, 30)


@pytest.mark.parametrize(
    ("first", "last", "published", "end"),
    [
        (date(2021, 1, 1), date(2021, 12, 31), None, HALF),
        (date(2021, 1, 1), date(2021, 7, 10), date(2021, 7, 20), date(2021, 7, 10)),
        (date(2020, 1, 1), date(2020, 12, 31), None, date(2020, 12, 31)),
        (date(2021, 9, 1), date(2021, 9, 30), None, date(2021, 9, 30)),
        (None, None, None, None),
    ],
)
def test_a_time_that_runs_on_ends_with_the_report(first, last, published, end):
    fields = dict.fromkeys(Document._fields) | {"period_end": HALF, "published_on": published}
    assert not_after(Document(**fields), first, last) == end
