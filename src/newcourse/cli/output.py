"""Text for people on the terminal, data for programs on standard output, errors as found, expected and to do.

Rich decides what the terminal can show: colour where there is one and ``NO_COLOR`` is not set, the width there is,
plain letters where the encoding has no bars.
"""

import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

from newcourse.errors import NewCourseError

_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"


def console() -> Console:
    """Return the terminal for results."""
    return Console(highlight=False, soft_wrap=False)


def complaints() -> Console:
    """Return the terminal for progress and errors: standard error, so that results can be piped on."""
    return Console(stderr=True, highlight=False)


def say(*parts: RenderableType) -> None:
    """Print parts for people, each on its own lines. Plain texts are printed as they are, without markup."""
    _print(console(), parts)


def advise(sentence: str) -> None:
    """Say something beside the results, on standard error."""
    _print(complaints(), [sentence])


def _print(terminal: Console, parts: Iterable[RenderableType]) -> None:
    """Print parts without the blanks that tables leave at the ends of lines."""
    for part in parts:
        for line in terminal.render_lines(Text(part) if isinstance(part, str) else part, pad=False):
            terminal.print(Segments([*_trimmed(line), Segment.line()]), end="")
    terminal.file.flush()


def _trimmed(line: list[Segment]) -> list[Segment]:
    kept = list(line)
    while kept and not kept[-1].text.strip(" "):
        kept.pop()
    if kept:
        last = kept.pop()
        kept.append(Segment(last.text.rstrip(" "), last.style))
    return kept


def give(data: object) -> None:
    """Print data for programs: JSON on standard output and nothing else."""
    sys.stdout.write(json.dumps(plain(data), ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def verbatim(text: str) -> None:
    """Print a text exactly as it is, neither wrapped nor trimmed: it is signed, or read by programs."""
    sys.stdout.write(text)


def plain(value: object) -> Any:
    """Return a value as JSON has it; what is no finite number becomes ``None``.

    >>> plain({"a": (1, float("inf")), 2: {"x"}})
    {'a': [1, None], '2': ['x']}
    """
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(map(plain, value))
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if hasattr(value, "item"):  # a NumPy number
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def complain(error: NewCourseError, *, as_json: bool) -> None:
    """Tell all faults of an error: as data on standard output, or in words on standard error."""
    if as_json:
        give({**error.as_dict(), "exit_code": error.exit_code})
        return
    terminal = complaints()
    count = len(error.faults)
    title = type(error).__name__ if count == 1 else f"{type(error).__name__}: {count} faults"
    parts: list[RenderableType] = [Text(title, style="bold red")]
    for fault in error.faults:
        parts += [
            Text(), Text.assemble((fault.code, "bold"), f" at {fault.where}"),
            _facts(("found", fault.found), ("expected", fault.expected), ("to do", fault.remedy)),
        ]  # fmt: skip
    _print(terminal, parts)


def bullets(sentences: Iterable[str], mark: str = "•") -> Table:
    """Return sentences with a mark before each and their further lines set in."""
    grid = Table.grid(padding=(0, 1), pad_edge=False)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for sentence in sentences:
        grid.add_row(Text(mark if can_show(mark) else "-"), Text(sentence))
    return grid


def _facts(*pairs: tuple[str, str]) -> Table:
    grid = Table.grid(padding=(0, 1), pad_edge=False)
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, text in pairs:
        grid.add_row(f"  {name}:", Text(text))
    return grid


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[RenderableType]],
    *,
    title: str = "",
    right: Iterable[int] = (),
    whole: Iterable[int] = (),
) -> Table:
    """Return a table for people.

    Parameters
    ----------
    columns
        Headers.
    rows
        Cells; plain texts are printed as they are.
    title
        Printed above.
    right, whole
        Positions of the columns of numbers, and of others that are never broken, however narrow the terminal is.
    """
    made = Table(
        title=title or None, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0)
    )
    numeric, unbroken = set(right), set(whole)
    for position, name in enumerate(columns):
        made.add_column(
            Text(name), header_style="dim", justify="right" if position in numeric else "left",
            overflow="fold", no_wrap=position in numeric | unbroken,
        )  # fmt: skip
    for row in rows:
        made.add_row(*(Text(cell) if isinstance(cell, str) else cell for cell in row))
    return made


@dataclass(frozen=True)
class Bar:
    """A bar for a part of a whole, as long as its column lets it be.

    Parameters
    ----------
    part
        From 0 to 1; what is more is drawn as 1.
    width
        Letters it takes where there is room.
    style
        Its colour.
    """

    part: float
    width: int = 20
    style: str = ""

    def __rich_measure__(self, _terminal: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(min(4, self.width), self.width).with_maximum(options.max_width)

    def __rich_console__(self, _terminal: Console, options: ConsoleOptions) -> RenderResult:
        yield bar(self.part, min(self.width, options.max_width), self.style)


def bar(part: float, width: int, style: str = "") -> Text:
    """Return a bar in eighths of a letter; in plain letters where the terminal has no blocks.

    >>> bar(0.5, 4).plain, bar(2.0, 4).plain
    ('██··', '████')
    """
    eighths = round(max(0.0, min(1.0, part)) * width * 8)
    if not can_show(_EIGHTHS):
        drawn = "#" * round(eighths / 8)
        return Text(drawn, style=style) + Text("." * (width - len(drawn)), style="dim")
    whole, rest = divmod(eighths, 8)
    drawn = "█" * whole + _EIGHTHS[rest].strip()
    return Text(drawn, style=style) + Text("·" * (width - len(drawn)), style="dim")


def can_show(letters: str) -> bool:
    """Return whether the terminal's encoding has all these letters."""
    try:
        letters.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
