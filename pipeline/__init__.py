"""The domain, pure: bytes -> text -> clean text -> sections -> facts. No I/O, no clock, no database."""
