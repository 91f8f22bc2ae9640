"""The landing zone of this deployment as it is now: a folder, or on an object store the copy that is brought here first."""

from __future__ import annotations

from collections.abc import Callable

from assets.landing.manifest import LandingError, Note
from assets.landing.zone import Zone, max_bytes, read_zone
from assets.locations import locations

_REMEDIES = {
    "no_file_name": "Give the object a key like <source>/<file>, none of which is also the beginning of another's.",
    "file_too_large": "Split it into its reports, or raise the limit (ZHENGBAO_MAX_FILE_MB) where memory allows.",
}


def current_zone(meanwhile: Callable[[], None] | None = None) -> Zone:
    """Read it; what could not be brought from the store is among the notes. `meanwhile` is done where files must come to rest first.

    Raises:
        LandingError: the zone cannot be used, or the store not be read. Nothing is then taken for withdrawn.

    """
    here = locations()
    if not here.landing_store:
        return read_zone(here.landing, meanwhile=meanwhile)
    from warehouse.storage.mirror import bring  # with the packages of a deployment alone
    from warehouse.storage.store import Store, StoreError

    try:
        brought = bring(Store(here.landing_store), here.landing, max_bytes())
    except StoreError as error:
        raise LandingError(str(error)) from None
    zone = read_zone(here.landing, meanwhile=meanwhile)
    notes = [Note(left.key, f"object_{left.reason}", left.detail, _REMEDIES[left.reason]) for left in brought.left]
    return zone._replace(notes=[*zone.notes, *notes])
