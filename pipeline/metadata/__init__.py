"""What a report says of itself (文档元数据): title, issuer, period, dates and numbers, each with its evidence."""

from pipeline.metadata.knowledge import MetadataKnowledge
from pipeline.metadata.reading import Evidence, Metadata, read_metadata

__all__ = ["Evidence", "Metadata", "MetadataKnowledge", "read_metadata"]
