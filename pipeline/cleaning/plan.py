"""The plan of cleaning (清洗方案): named steps, in order, each text -> edits; composed into one exact offset map."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.cleaning import characters, glosses
from pipeline.cleaning.blanks import blanks
from pipeline.cleaning.chrome import Chrome
from pipeline.cleaning.chrome_words import ChromeWords
from pipeline.cleaning.line_breaks import line_breaks, page_numbers
from pipeline.cleaning.refusals import Refusals
from pipeline.cleaning.residue import MARKUP_SIGNS, Residue, markup, markup_share
from pipeline.cleaning.script import Script
from pipeline.cleaning.spam import Spam
from pipeline.decoding import Refusal
from pipeline.offsets import Edit, OffsetMap, apply_edits, identity, offsets_of_edits
from pipeline.tables import Tables


class StepEdit(NamedTuple):
    """One edit of one step: raw_text[raw_start:raw_end], which is `removed`, became `inserted`.

    A later edit may enclose earlier ones, never cross them: where edits overlap the later one holds.
    """

    step: str
    raw_start: int
    raw_end: int
    removed: str
    inserted: str


class Cleaned(NamedTuple):
    """A cleaned report (净文).

    page_text   the page with its characters mended and its noise still there, for reading metadata
    clean_text  the report alone
    offset_map  clean_text to the raw text
    steps       every edit, in the order it was made
    script      script of the report before conversion: "hans", "hant" or "mixed"
    noise_share share of the page's characters (white space apart) that were noise
    """

    page_text: str
    clean_text: str
    offset_map: OffsetMap
    steps: list[StepEdit]
    script: str
    noise_share: float


class Step(NamedTuple):
    """A step by name. Its edits remove, or put one character or as many as before in place.

    `find` gets the text, and with `by_origin` also the raw characters that it is made of. It is asked
    only about a text that may hold one of the step's `signs`. A step that is `layout_only` changes nothing that
    another step looks at.
    """

    name: str
    find: Callable[..., Iterable[Edit]]
    signs: re.Pattern[str] | None = None
    by_origin: bool = False
    layout_only: bool = False


# Above this a file is a page's source, which is for a reader of HTML.
_MARKUP_SHARE = 0.5
# Removing one thing may bring another to light, so the plan is repeated until it changes nothing; it
# is bounded so that no text can make it long.
_MOST_PASSES = 12


@dataclass(frozen=True)
class CleaningKnowledge:
    """The steps of the plan with their tables built in: `page_steps` mend characters, `report_steps` remove what is not report.

    `rare` finds the signs of all page steps in one scan: most of a report has none.
    """

    script: Script
    page_steps: Sequence[Step]
    report_steps: Sequence[Step]
    refusals: Refusals
    rare: re.Pattern[str]

    @classmethod
    def from_tables(cls, tables: Tables) -> CleaningKnowledge:
        """Compile the plan once; it is then used for any number of reports."""
        script = Script(tables["script_phrases"])
        radicals, residue = characters.Radicals(tables["radicals"]), Residue(tables["word_residue"])
        mending: list[tuple[str, Callable[[str], Iterable[Edit]], str]] = [
            ("line_ends", characters.line_ends, characters.LINE_ENDS),
            ("markup", markup, MARKUP_SIGNS),
            ("invisible", characters.invisibles, characters.INVISIBLE_SIGNS),
            ("radical", radicals.edits, radicals.signs),
            ("word_residue", residue.edits, residue.signs),
            ("pinyin_gloss", glosses.glosses, glosses.SIGNS),
            ("full_width", characters.full_width, characters.FULL_WIDTHS),
            ("script", script.edits, script.signs),
        ]
        page_steps = [Step(name, find, re.compile(f"[{signs}]")) for name, find, signs in mending]
        rare = re.compile(f"[{''.join(signs for _, _, signs in mending)}]")
        report_steps = [
            Step("portal_chrome", Chrome(ChromeWords(tables["chrome"])).edits),
            Step("spam", Spam(tables["spam"], script).edits, by_origin=True),
            Step("page_number", page_numbers),
            Step("line_break", line_breaks, by_origin=True),
            Step("blank", blanks, layout_only=True),
        ]
        return cls(script, page_steps, report_steps, Refusals(tables["masks"]), rare)


def clean(raw_text: str, knowledge: CleaningKnowledge, furniture: Sequence[tuple[int, int]] = ()) -> Cleaned | Refusal:
    """The report in `raw_text`, with every edit recorded, or why there is none to be had from it.

    `furniture` are the lines that the file's reader knows to be the printed page's: headers, footers, page numbers.
    """
    share = markup_share(raw_text)
    if share > _MARKUP_SHARE:
        return Refusal(
            "markup", f"{share:.0%} of the file is HTML tags.", "Save the page's text as plain text (UTF-8)."
        )
    work = _Work(raw_text, knowledge.rare)
    if furniture:
        lines = [Edit(start, min(end + 1, len(raw_text))) for start, end in furniture]
        work.run([Step("page_furniture", lambda _: lines)])
    work.settle(knowledge.page_steps)
    page_text = work.text
    for _ in range(_MOST_PASSES):
        if not work.run(knowledge.report_steps):
            break
        work.settle(knowledge.page_steps)
    clean_text = work.text
    if not clean_text.strip():
        return Refusal("empty", "Nothing is left of the file when noise is removed.", "Put the report's text into it.")
    refusal = knowledge.refusals.of(clean_text)
    if refusal is not None:
        return refusal
    page, kept = _visible(page_text), _visible(clean_text)
    return Cleaned(
        page_text,
        clean_text,
        work.map,
        work.steps,
        knowledge.script.of(work.origin()),
        max(0, page - kept) / max(1, page),
    )


def replay(raw_text: str, steps: Iterable[StepEdit]) -> str:
    """The clean text made again from the raw text and the record of its edits."""
    outermost: list[StepEdit] = []
    for step in sorted(enumerate(steps), key=lambda item: (item[1].raw_start, -item[1].raw_end, -item[0])):
        if not outermost or step[1].raw_start >= outermost[-1].raw_end:
            outermost.append(step[1])
    return apply_edits(raw_text, [Edit(s.raw_start, s.raw_end, s.inserted) for s in outermost])


class _Work:
    """A text under way: its map to the raw text, and the record of its edits."""

    def __init__(self, raw_text: str, rare: re.Pattern[str]) -> None:
        self.raw_text = self.text = raw_text
        self.map = identity()
        self.steps: list[StepEdit] = []
        # The signs that the text may hold: those of the raw text, and what edits put in.
        self._signs = "".join(set(rare.findall(raw_text)))
        # The text's version, layout apart, and by step the version in which it found nothing to do.
        self._version = 0
        self._idle: dict[str, int] = {}
        # Where the raw characters end for which one stands now, by their start: the map knows only the start.
        self._ends: dict[int, int] = {}

    def origin(self) -> str:
        """The raw characters that the text is made of, one for each of its own."""
        ends = [*self.map.clean_offsets[1:], len(self.text)]
        segments = zip(self.map.clean_offsets, self.map.raw_offsets, ends, strict=True)
        return "".join([self.raw_text[raw : raw + end - clean] for clean, raw, end in segments])

    def run(self, steps: Iterable[Step]) -> bool:
        """Apply `steps` one after another; did any of them change more than layout?"""
        before = self._version
        for step in steps:
            if self._idle.get(step.name) == self._version:
                continue
            if step.signs is not None and not step.signs.search(self._signs):
                continue
            edits = list(step.find(self.text, self.origin()) if step.by_origin else step.find(self.text))
            if edits:
                self.steps += self._records(step, edits)
                self.text = apply_edits(self.text, edits)
                self.map = offsets_of_edits(edits).after(self.map)
                self._version += not step.layout_only
                self._signs += "".join({edit.inserted for edit in edits})
            else:
                self._idle[step.name] = self._version
        return self._version != before

    def settle(self, steps: Sequence[Step]) -> None:
        """Apply `steps` until they change nothing."""
        for _ in range(_MOST_PASSES):
            if not self.run(steps):
                return

    def _records(self, step: Step, edits: Iterable[Edit]) -> Iterable[StepEdit]:
        """The edits in raw places; one of layout or of equal length in pieces, so that it does not enclose what was removed within."""
        raw_text, ends = self.raw_text, self._ends
        for start, end, inserted in edits:
            pieces = self.map.pieces(start, end)
            if len(pieces) > 1 and (len(inserted) == end - start or (step.layout_only and not inserted)):
                spans = [(raw, raw + length, inserted[at - start : at - start + length]) for at, raw, length in pieces]
            else:
                _, raw, length = pieces[-1]
                spans = [(pieces[0][1], raw + length, inserted)]
            for raw_start, last_end, put in spans:
                raw_end = ends.get(last_end - 1, last_end)
                if put and len(put) < raw_end - raw_start:
                    ends[raw_start] = raw_end
                yield StepEdit(step.name, raw_start, raw_end, raw_text[raw_start:raw_end], put)


def _visible(text: str) -> int:
    return sum(map(len, text.split()))
