"""The parts of a report (报告的组成部分): review of the year or of several years, targets and tasks, outlook, annexes, glossary."""

from pipeline.report_parts.cues import PartCues
from pipeline.report_parts.parts import ReportPart, ReportParts, report_parts
from pipeline.report_parts.years import ReportYears, report_years

__all__ = ["PartCues", "ReportPart", "ReportParts", "ReportYears", "report_parts", "report_years"]
