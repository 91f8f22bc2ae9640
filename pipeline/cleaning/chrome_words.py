"""What a line says in the language of portals: buttons, keys with values, breadcrumbs; the words are data (chrome.csv)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.cleaning.lines import has_heading_marker, has_sentence
from pipeline.language.dates import CLOCK, PLAIN, STAMP, WEEKDAY
from pipeline.tables import Row

BULLETS = " \t\u3000|｜•·●■◆★▲[【(（〔>-*"
_SEPARATORS = r"[\s|｜•·●■◆★▲▼>›»<‹«/\\\-—_\[\]【】()（）〔〕「」{}:：,，、…;；=&#※*]+"
_DATED = re.compile(STAMP)
_MOMENT = re.compile(rf"{STAMP}|{CLOCK}")
_PLAIN_DATE = re.compile(rf"[\[【(（]?{PLAIN}[\])）】]?(?P<time>\s{{1,4}}{CLOCK})?$")
_BEFORE_KEY = re.compile(r"[\s|｜\[【（(〔•·●;；>:：]")
_GAP = re.compile(r"\s")
_NO_WORD = re.compile(r"\W+$")
_ARROW = re.compile("[>›»→＞]")
LONGEST = 300
_LONGEST_CONTROL = 120
_LONGEST_PROMPT = 40
_LONGEST_PREFIX = 60
_LONGEST_NAME = 30
_LONGEST_ITEM = 12
_HOST = re.compile(r"(?:[a-z0-9-]{1,40}\.){1,5}[a-z]{2,6}", re.I)
_NAME = re.compile(rf"[\u4e00-\u9fff]{{4,{_LONGEST_NAME}}}$")
_BARS = re.compile("[|｜]")
_LAST_MARK = "。！？；"


class Pair(NamedTuple):
    """text[start:end] is a key and its value, which is text[value:end]."""

    key: str
    start: int
    value: int
    end: int


class ChromeWords:
    """Recognises what a stripped line is, by the table chrome.csv; it does not know where the line stands."""

    def __init__(self, rows: Iterable[Row]) -> None:
        words: dict[str, list[str]] = {}
        for row in rows:
            words.setdefault(row["kind"], []).append(row["written"])
        self._box_keys = frozenset(words["box_key"])
        self._summary_keys = frozenset(words["summary_key"])
        self.title_keys = frozenset(words["title_key"])
        kinds = ("box_key", "summary_key", "title_key", "credit_key", "control_key", "attachment_key")
        keys = [word for kind in kinds for word in words[kind]]
        self._control_keys = frozenset([*words["control_key"], *words["attachment_key"]])
        credits = [*words["credit_key"], *words["control_key"], *words["attachment_key"]]
        named = [*credits, *words["neighbour"], *words["block"]]
        blocks = _any_of(words["block"])
        self._key = re.compile(
            rf"(?P<key>{_any_of(keys, spaced=True)})[ \u3000]{{0,4}}(?P<mark>[\]】]?[:：]|[\]】|｜\t]|$|(?=[ \u3000]))"
        )
        self._token = re.compile(
            rf"{_SEPARATORS}|{STAMP}|{CLOCK}|{WEEKDAY}|(?P<button>{_any_of(words['button'])})|(?P<named>{_any_of(named)})|(?P<option>{_any_of(words['option'])})|\d{{1,9}}(?:人次|次|条)?"
        )
        self._option = re.compile(_any_of(words["option"]))
        self._prompt = re.compile(_any_of(words["prompt"]))
        self._page_prompt = re.compile(_any_of(words["page_prompt"]))
        self._crumb = re.compile(rf"(?:{_any_of(words['crumb'], spaced=True)})[ \u3000]{{0,4}}(?P<mark>[:：>›»→/|＞-])")
        self._home = re.compile(rf"(?:{_any_of(words['home'], spaced=True)})[ \u3000]")
        self._crumb_ends = frozenset(words["crumb_end"])
        self.attachment_keys = frozenset(words["attachment_key"])
        self._neighbour = re.compile(rf"(?:{_any_of(words['neighbour'])})[ \u3000]{{0,4}}(?:[:：\]】>»<]|$)")
        self._block = re.compile(rf"(?:{blocks})[ \u3000]{{0,4}}[:：>»…]{{0,3}}[ \u3000]{{0,4}}(?:更多)?[>»]{{0,3}}$")
        self._footer = re.compile(_any_of(words["footer"]), re.I)
        self._disclaimer = re.compile(_any_of(words["disclaimer"]))
        self._unknown_key = re.compile(
            r"(?:(?P<bracket>[【\[])\s?)?[\u4e00-\u9fff][\u4e00-\u9fff \u3000]{1,15}(?(bracket)\s?[】\]][:：]?|[:：])"
            r"(?P<value>[^。！？；，]{0,40})$"
        )
        self._site = re.compile(rf"(?:{_any_of(words['site'])})$")
        self._office = re.compile(rf"(?:{_any_of([*words['office'], *words['site']])})$")
        self._bracketed_credit = re.compile(
            rf"[（(\[【〔]\s?(?:{_any_of(credits, spaced=True)})\s?[:：][^（）()\[\]【】〔〕\n。]{{0,80}}[）)\]】〕]"
            rf"\s?(?:{_any_of([*words['block'], *words['button']])})?$"
        )

    def is_prompt(self, text: str) -> bool:
        """扫一扫在手机打开当前页."""
        return (
            len(text) <= _LONGEST_PROMPT
            and not has_sentence(text)
            and self._prompt.match(text.lstrip(BULLETS)) is not None
        )

    def is_page_prompt(self, text: str) -> bool:
        """A short sentence that speaks of the page itself: 扫描二维码，将本文分享给朋友。"""
        bare = text.rstrip(_LAST_MARK)
        return len(text) <= _LONGEST_PROMPT and not has_sentence(bare) and self._page_prompt.search(bare) is not None

    def is_menu_row(self, text: str) -> bool:
        """县政务服务网 | 适老版 | 登录: short items between bars, most of them buttons or sites."""
        if len(text) > _LONGEST_CONTROL or has_sentence(text):
            return False
        items = [item.strip() for item in _BARS.split(text) if item.strip()]
        known = sum(self.is_button_line(item) or self._is_name(item, self._site) for item in items)
        return len(items) >= 2 and 2 * known > len(items) and max(map(len, items)) <= _LONGEST_ITEM

    def is_office_name(self, text: str) -> bool:
        """A line of nothing but the name of an office or of its site: 平山县教育局."""
        return self._is_name(text, self._office)

    def is_office_row(self, text: str) -> bool:
        """Links to other offices in a row."""
        names = text.split()
        return len(names) >= 2 and len(text) <= _LONGEST_CONTROL and all(map(self.is_office_name, names))

    @staticmethod
    def _is_name(text: str, ending: re.Pattern[str]) -> bool:
        return _NAME.match(text) is not None and ending.search(text) is not None

    def controls(self, text: str) -> int:
        """How many buttons and keys stand on a line of nothing but those, options, dates and numbers; 0 for any other line."""
        buttons, named, options = self._tokens(text)
        return buttons + named or int(options >= 2)

    def is_button_line(self, text: str) -> bool:
        """A line of controls that cannot be a word of the report by itself, as 来源 or 审核 can."""
        buttons, named, _ = self._tokens(text)
        return buttons > 0 or named > 1

    def _tokens(self, text: str) -> tuple[int, int, int]:
        """Buttons, keys and options of a line of nothing but those; zeros for any other line."""
        if len(text) > LONGEST:
            return 0, 0, 0
        at = buttons = named = options = 0
        while at < len(text):
            match = self._token.match(text, at)
            if match is None:
                return 0, 0, 0
            buttons += match["button"] is not None
            named += match["named"] is not None
            options += match["option"] is not None
            at = match.end()
        return buttons, named, options

    def is_option(self, text: str) -> bool:
        """A choice of a control whose name stands on a line above: 大, 中, 小."""
        return self._option.fullmatch(text.strip(BULLETS)) is not None

    def is_crumb(self, text: str) -> bool:
        """首页 > 政务公开 > 工作总结: opens with the word and has an arrow or colon, or has two arrows.

        With one arrow it opens with the name of an office or site, with blanks alone it ends as crumbs do.
        """
        if len(text) > _LONGEST_CONTROL or has_sentence(text) or has_heading_marker(text):
            return False
        bare = text.lstrip(BULLETS)
        if self._crumb.match(bare):
            return True
        if self._home.match(bare):
            members = bare.split()
            return len(members) >= 3 and members[-1] in self._crumb_ends
        members = [member.strip() for member in _ARROW.split(text)]
        if len(members) != 2:
            return len(members) > 2
        return self.is_office_name(members[0]) and _NAME.match(members[1]) is not None

    def pairs(self, text: str) -> list[Pair]:
        """The keys of a line and their values, if the line is one of keys and values; else nothing.

        A key has a colon, a bracket, a bar or a tab behind it. Where it has only a space, another key
        or a date must stand on the line, too, or the key be spread as only boxes do (标 题).
        """
        if len(text) > LONGEST:
            return []
        matches = self._keys(text)
        marked = [match for match in matches if match["mark"]]
        spread = bool(matches) and matches[0].start() == 0 and _GAP.search(matches[0]["key"]) is not None
        is_whole_line = len(matches) == 1 and matches[0].end() == len(text)
        if not marked and not (len(matches) >= 2 or (matches and _DATED.search(text)) or spread or is_whole_line):
            return []
        found = marked or matches
        ends = [*(match.start() for match in found[1:]), len(text)]
        return [Pair(_GAP.sub("", m["key"]), m.start(), m.end(), end) for m, end in zip(found, ends, strict=True)]

    def _keys(self, text: str) -> list[re.Match[str]]:
        """The keys of a line: each opens it or stands behind a separator."""
        found: list[re.Match[str]] = []
        end = 0
        for at in (0, *(before.end() for before in _BEFORE_KEY.finditer(text))):
            match = self._key.match(text, at) if at >= end else None
            if match:
                found.append(match)
                end = match.end()
        return found

    def chrome_pairs(self, text: str) -> list[Pair]:
        """The pairs of a line that is a box or credit line: it opens with a key, or holds two, or one beside a date."""
        pairs = self.pairs(text)
        if not pairs or has_heading_marker(text):
            return []
        first = pairs[0]
        if any(mark in text for mark in "。！？") and first.key not in self._summary_keys:
            return []
        if text[: first.start].strip(BULLETS) and not (len(pairs) >= 2 or _DATED.search(text)):
            return []
        return [] if first.start > _LONGEST_PREFIX else pairs

    def is_box_key(self, key: str) -> bool:
        """A key of the metadata box, not of a credit line."""
        return key in self._box_keys or key in self.title_keys

    def has_value(self, key: str) -> bool:
        """Not so the key of a control: what stands below 分享到 or 字号 is never its value."""
        return key not in self._control_keys

    def unknown_pair(self, text: str) -> re.Match[str] | None:
        """A short key with a colon, and its short value: of the box, if box lines stand around it."""
        return self._unknown_key.match(text)

    def is_site_name(self, text: str) -> bool:
        """Does what stands before the first key say whose site it is (青岛政务网), or nothing?"""
        bare = _HOST.sub("", _MOMENT.sub("", text)).strip(BULLETS + ":：]】)）")
        return not bare or self._site.search(bare) is not None or self.is_office_name(bare) or self.controls(bare) > 0

    def is_bare_mark(self, text: str) -> bool:
        """A line without a word (|, ----), or a moment as only a portal writes it (2024-05-15 10:30)."""
        moment = _PLAIN_DATE.match(text)
        return _NO_WORD.match(text) is not None or (moment is not None and moment["time"] is not None)

    def is_plain_date(self, text: str) -> bool:
        """2024-05-15: above a report the portal's; below it the author may have signed so."""
        return _PLAIN_DATE.match(text) is not None

    def opens_tail(self, text: str) -> bool:
        """Does a list of other articles or a statement about the site begin here?"""
        bare = text.lstrip(BULLETS)
        return any(pattern.match(bare) for pattern in (self._neighbour, self._block, self._disclaimer))

    def is_disclaimer(self, text: str) -> bool:
        """A statement about the site's rights, which has the form of a sentence."""
        return self._disclaimer.match(text.lstrip(BULLETS)) is not None

    def is_footer(self, text: str) -> bool:
        """版权所有, ICP备 and the like; only the tail of a page is to be asked this."""
        return self._footer.search(text) is not None

    def credit_behind(self, text: str) -> int | None:
        """Where behind the last sentence of a line its credit begins: 。（责任编辑：…）."""
        tail = text[-_LONGEST_CONTROL:]
        match = self._bracketed_credit.search(tail)
        if match:
            return len(text) - len(tail) + match.start()
        behind = max(text.rfind(mark) for mark in "。！？；") + 1
        rest = text[behind:].strip()
        if (
            behind
            and rest
            and len(rest) <= _LONGEST_CONTROL
            and (self.controls(rest) or self.chrome_pairs(rest) or self.is_prompt(rest))
        ):
            return behind
        return None


def _any_of(words: Iterable[str], *, spaced: bool = False) -> str:
    gap = "[ \u3000]{0,4}" if spaced else ""
    ordered = sorted(set(words), key=len, reverse=True)
    return "|".join(gap.join(map(re.escape, word)) if word.isalpha() else re.escape(word) for word in ordered)
