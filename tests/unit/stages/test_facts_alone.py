"""What the extractor is measured on is what a run stores."""

from assets.locations import PROJECT
from assets.stages.knowledge import knowledge
from pipeline.stages import clean_report, extract_report, facts_of_report, outline_report, read_report

REPORT = PROJECT / "seeds" / "reports" / "county_2023.txt"


def test_the_facts_alone_are_those_of_the_whole_extraction():
    language = knowledge()
    report = clean_report(read_report("unfiled", REPORT.name, REPORT.read_bytes()), None, language)
    outlined = (report.document, report.text, *outline_report(report.text, language), language)
    facts = facts_of_report(*outlined)
    assert facts
    assert facts == extract_report(*outlined).facts
