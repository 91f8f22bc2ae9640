"""`python -m tests.formats.build`: write the samples of seeds/reports that are no plain text anew."""

from __future__ import annotations

from tests.conftest import ROOT
from tests.formats.formats import as_docx, as_xlsx

SAMPLES = {"wuhu_wjw/2024_summary.docx": as_docx, "wuhu_wjw/2024_indicators.xlsx": as_xlsx}


def main() -> None:
    """Write every sample."""
    for name, write in SAMPLES.items():
        path = ROOT / "seeds" / "reports" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(write())


if __name__ == "__main__":
    main()
