"""Numbers as Word's automatic numbering writes them (自动编号格式), by the names of ECMA-376, 17.18.59 ST_NumberFormat."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.language.numerals import ONES

_DIGITS = "〇" + ONES
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_LARGEST = 32767


def counted(number: int, number_format: str) -> str:
    """`number` in a format of Word; a format that is not known counts in digits, `none` and `bullet` have no number.

    >>> [counted(n, "chineseCountingThousand") for n in (1, 10, 12, 20, 105, 2024)]
    ['一', '十', '十二', '二十', '一百零五', '二千零二十四']
    >>> counted(105, "chineseCounting"), counted(12, "ideographDigital"), counted(3, "decimalEnclosedCircleChinese")
    ('一〇五', '一二', '③')
    """
    if number_format in ("none", "bullet"):
        return ""
    write = _FORMATS.get(number_format)
    return write(number) if write and 0 < number <= _LARGEST else str(number)


def _thousands(number: int, digits: str = "零" + ONES, units: str = "千百十", leading_ten: str = "十") -> str:
    """Counting with units: 一百零五; 10 to 19 begin with `leading_ten`."""
    high, low = divmod(number, 10_000)
    if high:
        rest = _below(low, digits, units)
        zero = digits[0] if 0 < low < 1000 else ""
        return f"{_thousands(high, digits, units, leading_ten)}万{zero}{rest}"
    text = _below(low, digits, units)
    return leading_ten + text[2:] if 10 <= number < 20 else text


def _below(number: int, digits: str, units: str) -> str:
    text, gap = "", False
    for unit, digit in zip((*units, ""), f"{number:04d}", strict=True):
        if digit == "0":
            gap = bool(text)
            continue
        text += (digits[0] if gap else "") + digits[int(digit)] + unit
        gap = False
    return text


def _by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _chinese(number: int) -> str:
    return _thousands(number) if number < 100 else _by_digit(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


def _letters(number: int) -> str:
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text


def _signs(first: int, most: int) -> Callable[[int], str]:
    return lambda number: chr(first + number - 1) if number <= most else str(number)


def _legal(number: int) -> str:
    return _thousands(number, _LEGAL, "仟佰拾", "壹拾")


_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "chineseCountingThousand": _thousands,
    "taiwaneseCountingThousand": _thousands,
    "japaneseCounting": _thousands,
    "koreanCounting": _thousands,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographDigital": _by_digit,
    "taiwaneseDigital": _by_digit,
    "japaneseDigitalTenThousand": _by_digit,
    "koreanDigital2": _by_digit,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": lambda number: _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12],
    "decimalEnclosedCircle": _signs(0x2460, 20),
    "decimalEnclosedCircleChinese": _signs(0x2460, 20),
    "ideographEnclosedCircle": _signs(0x3280, 10),
    "decimalEnclosedParen": _signs(0x2474, 20),
    "decimalEnclosedFullstop": _signs(0x2488, 20),
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalZero": lambda number: f"{number:02d}",
    "numberInDash": lambda number: f"- {number} -",
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}
