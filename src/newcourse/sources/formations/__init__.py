"""Reads other people's data on regimes, product, borders, alliances, trade and wars into a panel (design §11.2)."""

from newcourse.sources.formations.codings.registry import CODINGS, NAMES
from newcourse.sources.formations.reading import read_panel, read_panels
from newcourse.sources.formations.report import left_out
from newcourse.sources.formations.stages import STAGES

__all__ = ["CODINGS", "NAMES", "STAGES", "left_out", "read_panel", "read_panels"]
