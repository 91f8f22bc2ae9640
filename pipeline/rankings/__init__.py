"""Statements of rank (位次): what is ranked, among whom, in which place."""

from pipeline.rankings.placing import placed
from pipeline.rankings.statements import extract_rankings
from pipeline.rankings.words import RankingKnowledge

__all__ = ["RankingKnowledge", "extract_rankings", "placed"]
