"""What a report names (提及): policies 《》, programmes “”, organisations and places."""

from pipeline.mentions.extract import extract_mentions
from pipeline.mentions.words import MentionKnowledge

__all__ = ["MentionKnowledge", "extract_mentions"]
