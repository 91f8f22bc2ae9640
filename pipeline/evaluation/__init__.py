"""Scoring of extracted facts against labels made by careful reading, and the gate that keeps the scores up (评测).

`evaluate` compares values with values; reading the gold files and running the extractor is the caller's.
"""

from pipeline.evaluation.floors import Floors, corpus_hash, gate, log_problems, parse_floors
from pipeline.evaluation.gold import (
    GoldDocument,
    GoldFact,
    GoldRanking,
    GoldSet,
    parse_gold,
)
from pipeline.evaluation.label_checks import gold_problems
from pipeline.evaluation.real import Passage, parse_passages, present, real_gold, within
from pipeline.evaluation.scores import Evaluation, Miss, PhenomenonScore, Predicted, evaluate

__all__ = [
    "Evaluation",
    "Floors",
    "GoldDocument",
    "GoldFact",
    "GoldRanking",
    "GoldSet",
    "Miss",
    "Passage",
    "PhenomenonScore",
    "Predicted",
    "corpus_hash",
    "evaluate",
    "gate",
    "gold_problems",
    "log_problems",
    "parse_floors",
    "parse_gold",
    "parse_passages",
    "present",
    "real_gold",
    "within",
]
