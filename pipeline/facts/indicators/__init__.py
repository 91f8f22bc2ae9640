"""What a figure counts or measures: the indicator assembled from the words around it (指标)."""

from pipeline.facts.indicators.reader import read_indicators
from pipeline.facts.indicators.reading import ANAPHORA, MODIFIER_ENDS, host_of, joined
from pipeline.facts.indicators.rests import greatest_whole

__all__ = ["ANAPHORA", "MODIFIER_ENDS", "greatest_whole", "host_of", "joined", "read_indicators"]
