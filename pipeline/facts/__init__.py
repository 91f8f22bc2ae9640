"""Quantity facts of a report (数量事实)."""

from pipeline.facts.evidence import evidence_of
from pipeline.facts.extract import FactKnowledge, extract_facts

__all__ = ["FactKnowledge", "evidence_of", "extract_facts"]
