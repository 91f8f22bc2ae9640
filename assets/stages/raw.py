"""The raw stage: every file of a source, read whole."""

from collections.abc import Iterator, Set
from functools import partial

import dagster as dg

from assets.landing import ChangedError, Entry, Trouble, Zone, current_zone, read_bytes
from assets.locations import locations
from assets.reading import read_content
from assets.stages.aside import Aside
from assets.stages.batches import Batch, batches
from assets.stages.code_version import code_version
from assets.stages.documents import Tables, admitted, no_rows, stage_frames
from assets.stages.frames import StoredFrames
from assets.stages.incremental import Made, Scope, advance, keep, outputs, scope_of
from assets.stages.ledger import Ledger
from assets.stages.partitions import ONE_RUN, source_partitions
from assets.stages.snapshots import keep_snapshot
from assets.stages.tables import table_outs
from assets.stages.telling import Telling
from pipeline.decoding import Refusal
from pipeline.ids import document_id
from pipeline.readers import archive_member
from pipeline.records import RawReport, Reject, Source
from pipeline.stages import attempt, read_report


@dg.multi_asset(
    outs=table_outs("raw"),
    partitions_def=source_partitions,
    backfill_policy=ONE_RUN,
    required_resource_keys={"one_runner"},
)
def raw(context: dg.AssetExecutionContext) -> Iterator[dg.Output[StoredFrames]]:
    """Read each file of the landing zone; what cannot be read is rejected with its reason."""
    zone = current_zone()
    keep_snapshot(context.run.run_id, zone)
    yield from outputs("raw", read_raw(scope_of(context), zone))


def read_raw(scope: Scope, zone: Zone) -> Made:
    """The raw stage over some sources of the landing zone.

    Raises:
        RetryRequested: a file changed since the zone was read.

    """
    ledger = Ledger(locations().stages)
    documents = {source: zone.documents(source) for source in scope.sources}
    telling = Telling(scope.log, sum(map(len, documents.values())))
    made = Aside(locations().stages, scope.run_id)
    sizes = {source: bytes_of(zone, source) for source in documents}
    for batch in batches(documents, sizes):
        try:
            advanced = advance("raw", ledger, batch, {}, partial(read_sources, zone, batch, telling))()
        except ChangedError as error:
            raise dg.RetryRequested(max_retries=3, seconds_to_wait=1) from error
        keep(scope.log, telling, made, batch, advanced)
    return Made(made, {source: (zone.fingerprint(source), own) for source, own in documents.items()})


def read_sources(zone: Zone, batch: Batch, telling: Telling, fresh: Set[str], _: object) -> Iterator[Tables]:
    """The tables of the files of some documents, of those that are fresh only; a source has its row with its first document."""
    rows = no_rows("raw")
    for source, documents in batch.items():
        items = zone.items(source)
        if not items or document_id(source, items[0].path) in documents:
            version = f"{zone.fingerprint(source)}-{code_version('facts')}"
            rows["sources"].append(Source(source, len(items), bytes_of(zone, source), version))
        chosen = (item for item in items if document_id(source, item.path) in fresh)
        for result in map(read_file, telling(chosen)):
            rows["raw_rejects" if isinstance(result, Reject) else "raw_reports"].append(result)
    yield admitted("raw", stage_frames("raw", rows, {}), {})


def bytes_of(zone: Zone, source: str) -> int:
    """Bytes of the files of a source."""
    return sum(map(size_of, zone.items(source)))


def size_of(item: Entry | Trouble) -> int:
    """Bytes of a file; of one that cannot be read, none."""
    return item.size if isinstance(item, Entry) else 0


def read_file(item: Entry | Trouble) -> RawReport | Reject:
    """One file, or why it could not be read.

    Raises:
        ChangedError: it is no longer what it was when the zone was read.

    """
    if isinstance(item, Trouble):
        document = document_id(item.source, item.path)
        return Reject("raw", item.source, item.path, document, item.reason, item.detail, item.remedy)
    content = read_bytes(item)
    data = content if item.member is None else archive_member(content, item.member)
    if isinstance(data, Refusal):
        return Reject("raw", item.source, item.path, document_id(item.source, item.path), *data)
    return attempt("raw", item.source, item.path, partial(read_report, item.source, item.path, data, read_content))
