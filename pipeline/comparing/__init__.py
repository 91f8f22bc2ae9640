"""What makes a figure comparable with others: measure, direction, basis, aggregation, prices, base unit (可比性).

A pure stage behind the reading of facts: each field follows from the fact, the words of its sentence and the
figures beside it. `value`, `unit` and `kind` stay as read.
"""

from pipeline.comparing.completing import Comparing, complete_facts

__all__ = ["Comparing", "complete_facts"]
