"""What a figure counts or measures: the indicator assembled from the words around it (指标)."""

from pipeline.facts.indicators.reader import read_indicator
from pipeline.facts.indicators.reading import Reading, host_of, joined
from pipeline.facts.indicators.rests import greatest_whole
from pipeline.facts.indicators.topics import topic_of_sentence

__all__ = [
    "Reading",
    "greatest_whole",
    "host_of",
    "joined",
    "read_indicator",
    "topic_of_sentence",
]
