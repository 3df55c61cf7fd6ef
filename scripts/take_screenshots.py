"""Takes the picture of the plan page for the README: serves a record, looks at it with Chromium, keeps a small PNG.

    python scripts/take_screenshots.py newcourse-demo.sqlite

Needs Chromium with its driver, and the packages of the tests. The record must hold a federation with a plan.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "images" / "plan-page.png"
WIDTH, HEIGHT = 1120, 1500
MOST_BYTES = 300_000


def small(path: Path, most: int = MOST_BYTES) -> None:
    """Write a PNG again with as few colours as keep it below a size, beginning with 256."""
    from PIL import Image

    picture = Image.open(path).convert("RGB")
    for colours in (256, 128, 64):
        picture.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size < most:
            return
    raise SystemExit(f"{path} has {path.stat().st_size} bytes, more than {most}: take less of the page")


def take(database: str, picture: Path) -> None:
    """Serve the record of a database and keep the upper part of its plan page."""
    from tests.browser.chromium import chromium, open_page, prefer, resize, screenshot
    from tests.browser.conftest import serving

    from newcourse.record.store import open_record
    from newcourse.web.app import create_app

    picture.parent.mkdir(parents=True, exist_ok=True)
    with open_record(database) as record, serving(create_app(record)) as address, chromium() as browser:
        resize(browser, WIDTH)
        prefer(browser, "light")
        open_page(browser, f"{address}/plan")
        screenshot(browser, picture, HEIGHT)
    small(picture)
    print(f"{picture}: {picture.stat().st_size} bytes")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", help="SQLite file or URL of a record")
    parser.add_argument("--picture", type=Path, default=PICTURE, help="where the picture is kept")
    arguments = parser.parse_args()
    take(arguments.database, arguments.picture)
