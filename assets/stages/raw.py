"""The raw stage: every file of a source, read whole."""

from collections.abc import Iterable, Iterator, Set
from functools import partial

import dagster as dg

from assets.landing import ChangedError, Entry, Trouble, Zone, current_zone, read_bytes
from assets.locations import locations
from assets.reading import read_content
from assets.stages.code_version import code_version
from assets.stages.frames import Frames
from assets.stages.incremental import Rows, advance, batches, keep
from assets.stages.ledger import Ledger
from assets.stages.partitions import ONE_RUN, source_partitions
from assets.stages.snapshots import keep_snapshot
from assets.stages.stage_tables import STAGE_TABLES
from assets.stages.tables import table_outputs, table_outs
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
def raw(context: dg.AssetExecutionContext) -> Iterator[dg.Output[Frames]]:
    """Read each file of the landing zone; what cannot be read is rejected with its reason."""
    ledger = Ledger(locations().stages)
    zone = current_zone()
    keep_snapshot(context.run.run_id, zone)
    frames: dict[str, Frames] = {asset: {} for asset in STAGE_TABLES["raw"]}
    telling = Telling(context.log, sum(len(zone.documents(source)) for source in context.partition_keys))
    sizes = {source: sum(size_of(item) for item in zone.items(source)) for source in context.partition_keys}
    for batch in batches(sizes):
        documents = {source: zone.documents(source) for source in batch}
        try:
            made, read = advance("raw", ledger, documents, {}, partial(read_sources, zone, batch, telling))
        except ChangedError as error:
            raise dg.RetryRequested(max_retries=3, seconds_to_wait=1) from error
        keep(frames, made)
        for source, count in read.items():
            telling.carried(len(documents[source]) - count)
            context.log.info(f"{source}: {count} files read, {made['raw_reports'][source].height} reports")
    ledger.begin("raw", context.partition_keys)
    yield from table_outputs("raw", frames)
    for source in context.partition_keys:
        ledger.finish("raw", source, zone.fingerprint(source), zone.documents(source))


def read_sources(zone: Zone, sources: Iterable[str], telling: Telling, fresh: Set[str], _: object) -> Rows:
    """The records of the files of some sources, of those documents only."""
    rows: Rows = {"sources": [], "raw_reports": [], "raw_rejects": []}
    for source in sources:
        items = zone.items(source)
        version = f"{zone.fingerprint(source)}-{code_version('facts')}"
        rows["sources"].append(Source(source, len(items), sum(map(size_of, items)), version))
        chosen = (item for item in items if document_id(source, item.path) in fresh)
        for result in map(read_file, telling(chosen)):
            rows["raw_rejects" if isinstance(result, Reject) else "raw_reports"].append(result)
    return rows


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
