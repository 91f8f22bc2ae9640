"""Asset checks, what they found, and the extractor's measures."""
