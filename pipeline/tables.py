"""The shape in which language knowledge reaches the pipeline: plain rows, read from seeds/reference by the caller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Row = Mapping[str, str]
Tables = Mapping[str, Sequence[Row]]
"""Table name (the CSV's stem) -> its rows, every cell a str, an absent cell ''."""
