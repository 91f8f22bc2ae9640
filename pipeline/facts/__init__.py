"""Quantity facts: numbers with their unit, indicator, kind, status, place and whole (数量事实抽取)."""

from pipeline.facts.extract import FactReading, extract_facts, read_facts
from pipeline.facts.knowledge import FactKnowledge
from pipeline.facts.leaning import to_read
from pipeline.facts.tables import unread_tables

__all__ = ["FactKnowledge", "FactReading", "extract_facts", "read_facts", "to_read", "unread_tables"]
