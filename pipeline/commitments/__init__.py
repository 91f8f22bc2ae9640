"""Tasks that a report takes on (任务承诺): verb, object, deadline, responsible unit, hardness, and the targets that quantify them."""

from pipeline.commitments.extract import extract_commitments
from pipeline.commitments.words import CommitmentKnowledge

__all__ = ["CommitmentKnowledge", "extract_commitments"]
