"""Is cleaning linear in the length of its input, whatever the input? Prints seconds at 1, 2 and 4 MB.

Run from the repository root: `python -m bench.clean_linear`. A ratio near 2 is linear, near 4 is
quadratic; the program fails where doubling the input takes more than three times as long.
"""

import sys
from time import process_time

from assets.stages.reference_tables import read_tables
from pipeline.cleaning import CleaningKnowledge, clean
from pipeline.decoding import Decoded, decode

MEGABYTE = 1_000_000
LARGEST_RATIO = 3.0
PATTERNS = {
    "one line": "全市完成投资3.2亿元，同比增长12.5%，",
    "sentences on one line": "全市完成投资3.2亿元，同比增长12.5%。",
    "only brackets": "(（[【",
    "nested brackets": "（" * 50 + "）" * 50,
    "only digits": "1234567890",
    "full-width digits": "１２３４",
    "only heading markers": "一、（一）1.一是",
    "heading markers, a line each": "一、\n（一）\n1.\n",
    "only glosses": "衛(wèi)",
    "only spaces": "　 \u00a0",
    "spaces and a letter": " " * 500 + "字",
    "only line ends": "\n",
    "short lines": "打印\n",
    "bars": "国产|",
    "spam words": "亚博体育官网 ",
    "opened tags": "<a style=",
    "ampersands": "&amp;amp;",
    "open labels": "[bookmark: ",
    "word fields": 'HYPERLINK "a ',
    "box keys": "索引号：发布机构：",
    "arrows": "首页 > ",
    "Traditional": "衛生健康委員會統籌發展",
    "masks": "某某市**个xx县",
    "one letter": "a",
    "stars": "*",
    "page numbers": "— 1 —\n",
    "commas at line ends": "推进，\n",
}


def seconds(data: bytes, knowledge: CleaningKnowledge) -> float:
    started = process_time()
    decoded = decode(data)
    if isinstance(decoded, Decoded):
        clean(decoded.text, knowledge)
    return process_time() - started


def main() -> int:
    knowledge = CleaningKnowledge.from_tables(read_tables())
    clean("热身（一）。", knowledge)
    failed = []
    print(f"{'input':32} {'1 MB':>8} {'2 MB':>8} {'4 MB':>8}  2:1  4:2")
    for name, piece in PATTERNS.items():
        size = len(piece.encode())
        times = [seconds((piece * (n * MEGABYTE // size)).encode(), knowledge) for n in (1, 2, 4)]
        ratios = [times[1] / times[0], times[2] / times[1]]
        print(
            f"{name:32} {times[0]:8.2f} {times[1]:8.2f} {times[2]:8.2f}  {ratios[0]:.1f}  {ratios[1]:.1f}", flush=True
        )
        if ratios[1] > LARGEST_RATIO and times[2] > 1:
            failed.append(name)
    if failed:
        print(f"Not linear: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
