"""Statements of rank (位次): 居全省首位, 全国唯一, 列全省第3位."""

from pipeline.rankings.statements import extract_rankings
from pipeline.rankings.words import RankingKnowledge

__all__ = ["RankingKnowledge", "extract_rankings"]
