"""What a figure counts or measures: the indicator assembled from the words around it (指标)."""

from pipeline.facts.indicators.clauses import topic_of_sentence
from pipeline.facts.indicators.reader import read_indicator
from pipeline.facts.indicators.reading import Reading, host_of, joined
from pipeline.facts.indicators.rests import greatest_whole

__all__ = [
    "Reading",
    "greatest_whole",
    "host_of",
    "joined",
    "read_indicator",
    "topic_of_sentence",
]
