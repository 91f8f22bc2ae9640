"""The words that the rules of facts go by, one subject a file: each compiled once from its topic of seeds/language (规则用词)."""
