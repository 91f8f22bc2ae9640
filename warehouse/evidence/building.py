"""What each page is made of; written are those whose rows, or the code that makes them, have changed."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from warehouse.bounded import opened, within_memory
from warehouse.evidence import rendering, rows
from warehouse.evidence.cards import MARKED, NOT_SHOWN, cards, columns
from warehouse.evidence.marking import paragraphs
from warehouse.evidence.naming import slug
from warehouse.evidence.reading import Reader, Row, grouped
from warehouse.evidence.search import SHARDS, catalogue, pair_files, script
from warehouse.evidence.site import KEPT, Site
from warehouse.fingerprints import code_fingerprint, digest, read_fingerprints

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"
AT_ONCE = 50
"""Pages read and rendered together: bounds memory."""
VIEWS = {
    "headline_series": "indicator_code, measure, place, period_end, status, fact_id",
    "plan_vs_outcome": "ALL",
    "contradictions": "ALL",
}
"""Views that pages show -> order of their rows."""
RANKS_SHOWN = 300
SECTION = ("clean_start", "level", "marker", "heading")
"""Columns of a section that a page shows."""
PAIRS = [f"search/pairs-{number}.js" for number in range(SHARDS)]

Each = TypeVar("Each")


def build_site(database: Path, folder: Path, scratch: Path | None = None) -> Site:
    """Bring the site in `folder` up to date with a published warehouse file; with `scratch`, a folder, DuckDB's memory is bounded."""
    return within_memory(partial(_build_site, database, folder), scratch)


def _build_site(database: Path, folder: Path, scratch: Path | None) -> Site:
    folder.mkdir(parents=True, exist_ok=True)
    site = Site(folder, read_fingerprints(folder / KEPT))
    code = code_fingerprint(HERE)
    version = digest([code, database.resolve().name])  # a published file never changes
    if site.kept.get("version") == version and all((folder / name).exists() for name in site.kept if name != "version"):
        site.now, site.unchanged = site.kept, len(site.kept) - 1
        return site
    # One thread is as quick as two, and takes a fifth less CPU: what is asked at once is small.
    with opened(database, 0, scratch, read_only=True) as connection:
        reader = Reader(connection)
        for view, order in VIEWS.items():
            reader.compute(view, order)
        documents = reader.documents()
        states = {name: digest([code, *state]) for name, state in reader.document_states().items()}
        places = _place_pages(documents)
        _write_documents(site, reader, documents, states, places)
        _write_indicators(site, reader, places, code)
        counts = reader.counts("facts", "document_id")
        _write_places(site, reader, documents, places, counts, code)
        _write_lists(site, reader, code)
        _write_index(site, reader, documents, places, counts, code, database)
        _write_search(site, reader, documents, places, code, scratch)
    if site.stale("static/site.css", code):
        shutil.copytree(STATIC, folder / "static", dirs_exist_ok=True)
        site.written += 1
    site.finish(version)
    return site


def _place_pages(documents: list[Row]) -> dict[str, str]:
    """Place -> its page's name."""
    return {
        row["issuer_place"]: slug(row["place_code"] or row["issuer_place"]) for row in documents if row["issuer_place"]
    }


def _write_documents(
    site: Site, reader: Reader, documents: list[Row], states: dict[str, str], places: dict[str, str]
) -> None:
    stale = []
    for row in documents:
        name = row["document_id"]
        page = site.stale(f"documents/{slug(name)}.html", states[name])
        lines = site.stale(f"search/text-{slug(name)}.js", states[name])
        if page or lines:
            stale.append(row)
    shown = {
        table: [name for name, _ in columns(reader, table) if name not in NOT_SHOWN]
        for table in MARKED
        if table in reader.names
    }
    for some in batched(stale):
        ids = [row["document_id"] for row in some]
        texts = reader.of("texts", "document_id", ids, "document_id")
        sections = reader.of("sections", "document_id", ids, "ordinal", SECTION)
        blocks = reader.of("blocks", "document_id", ids, "raw_start, ordinal")
        facts = reader.of(
            "facts", "document_id", ids, "clean_start, clean_end, fact_id", rows.selected(rows.FACT, rows.FACT_NUMBERS)
        )
        marked = cards(reader, ids)
        for row in some:
            name = row["document_id"]
            (text,) = texts[name]
            labelled = {column for table in marked[name].counts for column in shown[table]}
            report = rendering.Report(
                row, text, sections[name], blocks[name], facts[name], marked.pop(name), sorted(labelled)
            )
            site.write(f"documents/{slug(name)}.html", rendering.document_page(report, places))
            clean = text["clean_text"]
            searched = [clean[line.start : line.end] for line in paragraphs(clean)]
            site.write(f"search/text-{slug(name)}.js", script("zhengbao.lines", name, searched))


def _write_indicators(site: Site, reader: Reader, places: dict[str, str], code: str) -> None:
    known = _known(reader)
    headlines, plans = (reader.states(view, "indicator_code") for view in ("headline_series", "plan_vs_outcome"))
    linked = _linked(reader, places)
    stale = [
        each
        for each, row in known.items()
        if site.stale(f"indicators/{slug(each)}.html", code, repr((row, linked[each])), headlines[each], plans[each])
    ]
    for some in batched(stale):
        own, own_plans = _figures(reader, "indicator_code", some)
        for each in some:
            page = rendering.indicator_page(each, known[each], own.pop(each, []), own_plans.pop(each, []), places)
            site.write(f"indicators/{slug(each)}.html", page)


def _known(reader: Reader) -> dict[str, Row]:
    """Code -> row of the indicators of which something is stated."""
    stated = {*reader.counts("headline_series", "indicator_code"), *reader.counts("facts", "indicator_code")}
    return {row["code"]: row for row in reader.table("indicators", "code") if row["code"] in stated}


def _linked(reader: Reader, places: dict[str, str]) -> dict[str, list[str]]:
    """Indicator -> places of its figures that have a page to lead to."""
    found: dict[str, list[str]] = defaultdict(list)
    if "headline_series" in reader.names:
        pairs = reader.connection.execute("SELECT DISTINCT indicator_code, place FROM headline_series ORDER BY ALL")
        for indicator, place in pairs.fetchall():
            if place in places:
                found[indicator].append(places[place])
    return found


def _figures(reader: Reader, key: str, wanted: list[str]) -> tuple[dict[str, list[Row]], dict[str, list[Row]]]:
    """Headline figures, and targets beside outcomes, of some indicators or places."""
    return (
        reader.of("headline_series", key, wanted, "rowid", rows.selected(rows.HEADLINE, rows.HEADLINE_NUMBERS)),
        reader.of("plan_vs_outcome", key, wanted, "rowid", rows.selected(rows.PLAN, rows.PLAN_NUMBERS)),
    )


def _write_places(
    site: Site, reader: Reader, documents: list[Row], places: dict[str, str], counts: dict[str, int], code: str
) -> None:
    headlines, plans = (reader.states(view, "place") for view in ("headline_series", "plan_vs_outcome"))
    documents_of = grouped(documents, "issuer_place")
    place_of = {row["document_id"]: row["issuer_place"] for row in documents}
    rankings: dict[str, list[Row]] = defaultdict(list)
    for row in reader.table("rankings", "document_id, clean_start, ranking_id"):
        rankings[place_of.get(row["document_id"]) or ""].append(row)
    stale = []
    for place, name in sorted(places.items()):
        own = sorted(documents_of[place], key=lambda row: (str(row["period_end"]), row["path"]))
        counted = {row["document_id"]: counts.get(row["document_id"], 0) for row in own}
        stated = repr((own, rankings[place][:RANKS_SHOWN], counted))
        if site.stale(f"places/{name}.html", code, stated, headlines[place], plans[place]):
            stale.append((place, own))
    for some in batched(stale):
        figures, plans_here = _figures(reader, "place", [place for place, _ in some])
        for place, own in some:
            page = rendering.place_page(
                place, own, figures.pop(place, []), plans_here.pop(place, []), rankings[place][:RANKS_SHOWN], counts
            )
            site.write(f"places/{places[place]}.html", page)


def _write_lists(site: Site, reader: Reader, code: str) -> None:
    for name, title, intro, view, where in LISTS:
        if site.stale(name, code, reader.states(view, where)[True]):
            found = reader.rows(f"FROM {view} WHERE {where} ORDER BY rowid") if view in reader.names else []
            site.write(name, rendering.list_page(title, intro, found))


def _write_index(
    site: Site,
    reader: Reader,
    documents: list[Row],
    places: dict[str, str],
    counts: dict[str, int],
    code: str,
    database: Path,
) -> None:
    figures = reader.counts("headline_series", "indicator_code")
    known = _known(reader)
    families = grouped((row | {"rows": figures.get(each, 0)} for each, row in known.items()), "family")
    own = grouped(documents, "issuer_place")
    listed = [{"name": place, "page": name, "documents": len(own[place])} for place, name in sorted(places.items())]
    totals = {
        "documents": len(documents),
        "facts": sum(counts.values()),
        "indicators": len(known),
        "places": len(places),
    }
    label = database.resolve().stem.removeprefix("zhengbao-")
    shown = [row | {"facts": counts.get(row["document_id"], 0), "page": slug(row["document_id"])} for row in documents]
    shown.sort(key=lambda row: (row["issuer_place"] or "", str(row["period_end"]), row["path"]))
    if site.stale("index.html", code, label, repr((shown, families, listed, totals))):
        site.write("index.html", rendering.index_page(label, shown, families, listed, totals))


def _write_search(
    site: Site, reader: Reader, documents: list[Row], places: dict[str, str], code: str, scratch: Path | None
) -> None:
    listed = [
        {
            "id": row["document_id"],
            "page": slug(row["document_id"]),
            "title": row["title"] or row["path"],
            "place": row["issuer_place"] or "",
            "period": row["period_label"] or "",
        }
        for row in documents
    ]
    indicators = [
        {"page": slug(each), "name": row["name_zh"], "also": row.get("aliases") or ""}
        for each, row in _known(reader).items()
    ]
    names = [{"page": page, "name": place} for place, page in sorted(places.items())]
    if site.stale("search/catalogue.js", code, repr((listed, indicators, names))):
        site.write("search/catalogue.js", catalogue(listed, indicators, names))
    state = reader.text_state()
    stale = [name for name in PAIRS if site.stale(name, code, state)]
    if stale:
        numbers = {row["document_id"]: number for number, row in enumerate(documents)}
        texts = ((numbers[name], text) for name, text in reader.texts() if name in numbers)
        for number, text in pair_files(texts, scratch):
            site.write(PAIRS[number], text)


def batched(pages: list[Each]) -> Iterator[list[Each]]:
    """So many pages as are made together."""
    for first in range(0, len(pages), AT_ONCE):
        yield pages[first : first + AT_ONCE]


CONTRADICTIONS = ("相互矛盾的数值", "Contradictions")
CONTRADICTIONS_INTRO = (
    "同一指标、地区、时段，两处所载数值不同。点击事实编号可看原文。",
    "The same indicator, place and period with different values. A fact's id leads to its sentence.",
)
MISSED = ("未达到的目标", "Missed targets")
MISSED_INTRO = (
    "后来的报告所载结果未达到目标。点击事实编号可看原文。",
    "Targets that the outcome of a later report did not reach. A fact's id leads to its sentence.",
)
LISTS = (
    ("contradictions.html", CONTRADICTIONS, CONTRADICTIONS_INTRO, "contradictions", "true"),
    ("missed.html", MISSED, MISSED_INTRO, "plan_vs_outcome", "reached = false"),
)
"""Page, title, introduction, view and which of its rows."""
