"""A village that balances, and its folder, for tests that spoil it."""

from pathlib import Path

from newcourse.economy.economy import Economy
from newcourse.sources.folder import write_folder
from tests.economy.small import economy


def village() -> Economy:
    """100 grain made, 10 sown again, 50 baked, 40 eaten; 100 bread eaten; 5 tools imported."""
    return economy(
        {
            "farm": {"makes": {"grain": 1}, "takes": {"grain": 0.1}, "factors": {"labour": 2.0}, "base": 100.0},
            "bakery": {
                "makes": {"bread": 1},
                "takes": {"grain": 0.5},
                "factors": {"labour": 1.0},
                "emits": {"smoke": 0.25},
                "stocks": {"oven": 0.1},
                "base": 100.0,
            },
        },
        {"bread": {"minimum": 90.0, "target": 110.0}, "grain": {"target": 40.0}},
        supply={"labour": 310.0},
        caps={"smoke": 30.0},
        stocks={"oven": {"product": "tool", "holder": "bakery", "quantity": 12.0, "life": 20.0}},
        trade=[{"product": "tool", "imports": 5.0}],
        accounts=[{"credit": 5.0}],
        final={"bread": 100.0, "grain": 40.0, "tool": 5.0},
    )


def village_folder(parent: Path) -> Path:
    """Return the village's folder, freshly written."""
    return write_folder(village(), parent / "village")


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    """Replace a text that must be in a file of the folder."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}:\n{text}"
    path.write_text(text.replace(old, new), encoding="utf-8")
