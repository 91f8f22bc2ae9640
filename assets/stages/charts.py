"""Small charts in the UI's Markdown: an SVG in an image has no scripts and loads nothing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping


def bar_chart(title: str, series: Mapping[str, Mapping[str, int]]) -> str:
    """Stacked bars as Markdown: series name -> bar label -> value."""
    import pygal  # only where a chart is drawn

    labels = list(dict.fromkeys(label for values in series.values() for label in values))
    chart = pygal.HorizontalStackedBar(
        title=title, js=[], width=760, height=150 + 30 * len(labels), margin=10, spacing=10, legend_at_bottom=True
    )
    chart.x_labels = labels
    for name, values in series.items():
        chart.add(name, [values.get(label, 0) for label in labels])
    return f"![{title}](data:image/svg+xml;base64,{b64encode(chart.render()).decode()})"
