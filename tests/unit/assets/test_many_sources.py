"""What a step tells of its output stays small, since Dagster writes it for each of the step's sources."""

import polars as pl
import pytest

from assets.stages.aside import Aside
from assets.stages.facts import chart
from assets.stages.tables import MOST_SOURCES, most_rows


@pytest.fixture
def stored(tmp_path):
    """Facts of sources, so many of each, as the stage hands them on."""

    def made(counts):
        aside = Aside(tmp_path, str(len(counts)))
        aside.add(
            "facts",
            {s: pl.DataFrame({"status": ["actual"] * n}, schema={"status": pl.String}) for s, n in counts.items()},
        )
        return aside.frames("facts")

    return made


def test_rows_of_many_sources_are_those_of_the_largest_and_the_rest():
    told = most_rows({f"s{number}": number for number in range(300)})
    assert len(told) == MOST_SOURCES + 1
    assert told["s299"] == 299
    assert sum(told.values()) == sum(range(300))
    assert "280 others" in told


def test_the_chart_of_many_sources_shows_the_largest_and_says_so(stored):
    few = chart(stored({f"s{number}": number for number in range(3)})).value
    assert "sources" not in few.split("]")[0]
    many = chart(stored({f"s{number}": number for number in range(300)})).value
    assert f"{MOST_SOURCES} of 300 sources" in many
    assert len(many) < 60_000
    of_more = chart(stored({f"s{number}": number % 50 for number in range(1000)})).value
    assert len(of_more) < 1.2 * len(many)
