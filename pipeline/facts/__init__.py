"""Quantity facts: numbers with their unit, indicator, kind, status, place and whole (数量事实抽取)."""

from pipeline.facts.extract import FactKnowledge, extract_facts

__all__ = ["FactKnowledge", "extract_facts"]
