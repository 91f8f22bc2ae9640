"""Data quality: promises as data, judged by Great Expectations, kept in quality_results."""

from warehouse.quality.judging import MissingTableError, check_database, check_files
from warehouse.quality.promise import Promise, promises, required_tables
from warehouse.quality.results import CheckResult, quality_rows, record_results, record_rows, recorded

__all__ = [
    "CheckResult",
    "MissingTableError",
    "Promise",
    "check_database",
    "check_files",
    "promises",
    "quality_rows",
    "record_results",
    "record_rows",
    "recorded",
    "required_tables",
]
