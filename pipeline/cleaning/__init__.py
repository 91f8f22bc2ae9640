"""Cleaning: from the text of a page to the text of the report, every edit recorded (清洗)."""

from pipeline.cleaning.plan import Cleaned, CleaningKnowledge, StepEdit, clean, replay

__all__ = ["Cleaned", "CleaningKnowledge", "StepEdit", "clean", "replay"]
