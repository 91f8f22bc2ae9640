"""Where a rank holds, and the code of what is ranked (位次的地域与指标)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.places import PlaceIndex
from pipeline.rankings.words import RankingKnowledge
from pipeline.records import Document, Ranking


def placed(
    rankings: Sequence[Ranking],
    document: Document,
    places: PlaceIndex,
    code_of: Callable[[str], str | None],
    knowledge: RankingKnowledge,
) -> list[Ranking]:
    """The rankings with the place that their subject names, else the issuer's own, and the code of the indicator that their subject is.

    城阳区签约率居全市第一 holds for 城阳区; a place that is only the scope (居山东省第一) is none of it.
    """
    found = []
    for ranking in rankings:
        named = next((match for match in places.find(ranking.subject, document.place_code) if match.start == 0), None)
        subject = ranking.subject
        row = ranking
        if named is not None and named.name != ranking.scope:
            row = row._replace(place=named.name, place_code=named.adcode)
            subject = subject[named.end :].removeprefix("的") or subject
        found.append(row._replace(indicator_code=code_of(knowledge.without_own_place(subject))))
    return found
