"""Which pages to write: those whose rows, or the code that makes them, have changed."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from warehouse.evidence import rendering
from warehouse.evidence.marking import paragraphs
from warehouse.evidence.naming import slug
from warehouse.evidence.reading import Reader, Row, grouped
from warehouse.evidence.search import catalogue, pair_files, script
from warehouse.fingerprints import code_fingerprint, digest, keep_fingerprints, read_fingerprints

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"
KEPT = ".fingerprints.json"
AT_ONCE = 100
"""Documents read and rendered together: bounds memory."""
RANKS_SHOWN = 300


@dataclass
class Site:
    """A site, and what building it did."""

    folder: Path
    kept: dict[str, str]
    now: dict[str, str] = field(default_factory=dict)
    written: int = 0
    unchanged: int = 0

    def stale(self, name: str, *made_of: str) -> bool:
        """Whether a page must be written: it is made of something else than it was, or is gone."""
        self.now[name] = digest(made_of)
        if self.kept.get(name) == self.now[name] and (self.folder / name).exists():
            self.unchanged += 1
            return False
        return True

    def write(self, name: str, text: str) -> None:
        """A reader sees the old page or the new one."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        aside = file.with_name(f".{file.name}.new")
        aside.write_text(text, encoding="utf-8")
        aside.replace(file)
        self.written += 1

    def finish(self, version: str) -> None:
        """Remove pages of what is gone, and remember what the others were made of."""
        for name in set(self.kept) - set(self.now) - {"version"}:
            (self.folder / name).unlink(missing_ok=True)
        keep_fingerprints(self.folder / KEPT, self.now | {"version": version})


def build_site(database: Path, folder: Path) -> Site:
    """Bring the site in `folder` up to date with a published warehouse file."""
    folder.mkdir(parents=True, exist_ok=True)
    site = Site(folder, read_fingerprints(folder / KEPT))
    code = code_fingerprint(HERE)
    version = digest([code, database.resolve().name])  # a published file never changes
    if site.kept.get("version") == version and all((folder / name).exists() for name in site.kept if name != "version"):
        site.now, site.unchanged = site.kept, len(site.kept) - 1
        return site
    with duckdb.connect(str(database), read_only=True) as connection:
        reader = Reader(connection)
        documents = reader.documents()
        states = {name: digest([code, *state]) for name, state in reader.document_states().items()}
        places = _place_pages(documents)
        _write_documents(site, reader, documents, states, places)
        _write_lists(site, reader, documents, places, code, database)
        _write_search(site, reader, documents, states, places, code)
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
    for first in range(0, len(stale), AT_ONCE):
        some = stale[first : first + AT_ONCE]
        ids = [row["document_id"] for row in some]
        tables = {
            "texts": reader.of_documents("texts", ids, "document_id"),
            "sections": reader.of_documents("sections", ids, "ordinal"),
            "blocks": reader.of_documents("blocks", ids, "raw_start"),
            "fact_evidence": reader.of_documents("fact_evidence", ids, "fact_id, field"),
            **{table: reader.of_documents(table, ids, "clean_start, clean_end") for table in rendering.MARKED},
        }
        for row in some:
            name = row["document_id"]
            own = {table: rows.get(name, []) for table, rows in tables.items()}
            site.write(f"documents/{slug(name)}.html", rendering.document_page(row, own, places))
            text = own["texts"][0]["clean_text"]
            searched = [text[line.start : line.end] for line in paragraphs(text)]
            site.write(f"search/text-{slug(name)}.js", script("zhengbao.lines", name, searched))


def _write_lists(
    site: Site, reader: Reader, documents: list[Row], places: dict[str, str], code: str, database: Path
) -> None:
    facts, counts = reader.fact_documents(), reader.fact_counts()
    headlines, plans = reader.headlines(), reader.table("plan_vs_outcome")
    known = {row["code"]: row for row in reader.table("indicators", "code")}
    by_code, plans_by_code = grouped(headlines, "indicator_code"), grouped(plans, "indicator_code")
    codes = sorted(set(known) & ({row["indicator_code"] for row in headlines} | _coded(reader)))
    for each in codes:
        own, own_plans = by_code.get(each, []), plans_by_code.get(each, [])
        if site.stale(f"indicators/{slug(each)}.html", code, repr((known[each], own, own_plans))):
            site.write(
                f"indicators/{slug(each)}.html",
                rendering.indicator_page(each, known[each], own, own_plans, facts, places),
            )
    by_place, plans_by_place = grouped(headlines, "place"), grouped(plans, "place")
    documents_of = grouped(documents, "issuer_place")
    place_of = {row["document_id"]: row["issuer_place"] for row in documents}
    rankings: dict[str, list[Row]] = {}
    for row in reader.table("rankings", "document_id, clean_start"):
        rankings.setdefault(place_of.get(row["document_id"]) or "", []).append(row)
    for place, name in sorted(places.items()):
        own = sorted(documents_of[place], key=lambda row: (str(row["period_end"]), row["path"]))
        figures, plans_here = by_place.get(place, []), plans_by_place.get(place, [])
        ranks = rankings.get(place, [])[:RANKS_SHOWN]
        counted = {row["document_id"]: counts.get(row["document_id"], 0) for row in own}
        if site.stale(f"places/{name}.html", code, repr((own, figures, plans_here, ranks, counted))):
            page = rendering.place_page(place, own, figures, plans_here, ranks, facts, counted)
            site.write(f"places/{name}.html", page)
    for name, title, intro, rows in (
        ("contradictions.html", CONTRADICTIONS, CONTRADICTIONS_INTRO, reader.table("contradictions")),
        ("missed.html", MISSED, MISSED_INTRO, [row for row in plans if row["reached"] is False]),
    ):
        if site.stale(name, code, repr(rows)):
            site.write(name, rendering.list_page(title, intro, rows, facts))
    families = grouped([known[each] | {"rows": len(by_code.get(each, []))} for each in codes], "family")
    listed = [
        {"name": place, "page": name, "documents": len(documents_of[place])} for place, name in sorted(places.items())
    ]
    totals = {"documents": len(documents), "facts": len(facts), "indicators": len(codes), "places": len(places)}
    label = database.resolve().stem.removeprefix("zhengbao-")
    rows = [row | {"facts": counts.get(row["document_id"], 0), "page": slug(row["document_id"])} for row in documents]
    rows.sort(key=lambda row: (row["issuer_place"] or "", str(row["period_end"]), row["path"]))
    if site.stale("index.html", code, label, repr((rows, families, listed, totals))):
        site.write("index.html", rendering.index_page(label, rows, families, listed, totals))


def _coded(reader: Reader) -> set[str]:
    found = reader.connection.execute(
        "SELECT DISTINCT indicator_code FROM facts WHERE indicator_code IS NOT NULL"
    ).fetchall()
    return {code for (code,) in found}


def _write_search(
    site: Site, reader: Reader, documents: list[Row], states: dict[str, str], places: dict[str, str], code: str
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
        {"page": slug(row["code"]), "name": row["name_zh"], "also": row.get("aliases") or ""}
        for row in reader.table("indicators", "code")
        if f"indicators/{slug(row['code'])}.html" in site.now
    ]
    names = [{"page": page, "name": place} for place, page in sorted(places.items())]
    if site.stale("search/catalogue.js", code, repr((listed, indicators, names))):
        site.write("search/catalogue.js", catalogue(listed, indicators, names))
    state = digest([code, *(f"{name} {states[name]}" for name in sorted(states))])
    files = [f"search/pairs-{number}.js" for number in range(64)]
    stale = [name for name in files if site.stale(name, state)]
    if stale:
        numbers = {row["document_id"]: number for number, row in enumerate(documents)}
        for number, text in pair_files(
            (numbers[name], text) for name, text in reader.texts() if name in numbers
        ).items():
            site.write(f"search/pairs-{number}.js", text)


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
