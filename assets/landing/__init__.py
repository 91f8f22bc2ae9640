"""The landing zone as it is: one reader of it, which gives the files that can be read and what is wrong with the others."""

from assets.landing.current import current_zone
from assets.landing.manifest import MANIFEST, MANIFEST_COLUMNS, LandingError, Manifest, Note, read_manifest
from assets.landing.names import UNFILED, is_source_name, source_of
from assets.landing.zone import (
    ChangedError,
    Entry,
    Trouble,
    Zone,
    document_digest,
    read_bytes,
    read_zone,
)

__all__ = [
    "MANIFEST",
    "MANIFEST_COLUMNS",
    "UNFILED",
    "ChangedError",
    "Entry",
    "LandingError",
    "Manifest",
    "Note",
    "Trouble",
    "Zone",
    "current_zone",
    "document_digest",
    "is_source_name",
    "read_bytes",
    "read_manifest",
    "read_zone",
    "source_of",
]
