"""The outline of a report (篇章结构): its heading tree after GB/T 9704, and its sentences."""

from pipeline.sections.markers import OutlineKnowledge
from pipeline.sections.tree import Outline, outline

__all__ = ["Outline", "OutlineKnowledge", "outline"]
