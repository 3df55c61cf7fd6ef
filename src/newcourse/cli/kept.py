"""Finished pieces of a comparison, kept in a file so that one that was stopped goes on where it was.

Each line is one piece: which call, which place in it, and its result as plain data. A comparison makes the same calls
in the same order each time, so that the two numbers say what a result belongs to; what all else depends on (data,
models, rules, version) stands in the first line as a hash, and a file of anything else is refused.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, TypeVar
from zlib import compress, decompress
from zlib import error as zlib_error

import numpy as np

from newcourse.cli.files import writing
from newcourse.errors import BadInput, Fault
from newcourse.formations.inference.fitting import LadderFit
from newcourse.formations.inference.power import Rules
from newcourse.formations.ladder.rung import Rung
from newcourse.formations.panel import Panel

P = TypeVar("P")
R = TypeVar("R")

FORMAT: Final = "newcourse-lab-kept/1"
"""What such a file says of itself."""


@dataclass
class KeptPieces:
    """Spreads work as another does, and keeps every result; pieces whose results are kept are not worked out again.

    Parameters
    ----------
    spread
        What works the pieces out, as :func:`newcourse.workers.spreading.spread` does.
    rungs
        The models, by name.
    tell
        Told after each piece.
    file
        Where results are kept; nowhere if none.
    known
        Results that were kept before, by call and place.
    """

    spread: Callable[..., list[Any]]
    rungs: Mapping[str, Rung]
    tell: Callable[[], None]
    file: Path | None = None
    known: dict[tuple[int, int], Any] = field(default_factory=dict)
    calls: int = 0
    worked: int = 0

    def __call__(self, task: Callable[[P], R], pieces: Sequence[P], /, **_told: Any) -> list[R]:
        """Return the results on all pieces, in their order."""
        call, self.calls = self.calls, self.calls + 1
        found = {place: self.known[call, place] for place in range(len(pieces)) if (call, place) in self.known}
        for _ in found:
            self.tell()
        missing = [place for place in range(len(pieces)) if place not in found]

        def keep(index: int, result: R) -> None:
            self.worked += 1
            if self.file:
                line = {"call": call, "place": missing[index], "result": _plain(result)}
                with writing(self.file), self.file.open("a", encoding="utf-8") as kept:
                    kept.write(json.dumps(line) + "\n")
            self.tell()

        if missing:
            done = self.spread(task, [pieces[place] for place in missing], keep=keep)
            found |= dict(zip(missing, done, strict=True))
        return [found[place] for place in range(len(pieces))]


def read_kept(file: Path, panel: Panel, rungs: Mapping[str, Rung], rules: Rules) -> dict[tuple[int, int], Any]:
    """Return the results a file has, and begin it where there is none.

    Raises
    ------
    BadInput
        If it is of another comparison, or cannot be read. A last line that was not written to its end is left out.
    """
    mark = {"format": FORMAT, "of": _mark(panel, rungs, rules)}
    if not file.exists():
        with writing(file):
            file.write_text(json.dumps(mark) + "\n", encoding="utf-8")
        return {}
    try:
        first, *lines = file.read_text(encoding="utf-8").split("\n")
        head = json.loads(first)
        rows = [json.loads(line) for line in lines[:-1]]
        known = {(row["call"], row["place"]): _result(row["result"], rungs) for row in rows}
    except (OSError, ValueError, KeyError, TypeError, zlib_error) as error:
        raise _refused(file, f"{type(error).__name__}: {error}", "a file that --keep wrote") from None
    if head != mark:
        found = "finished pieces of another comparison" if isinstance(head, dict) else "something else"
        raise _refused(file, found, "those of the same data, models, rules and version of New Course")
    with writing(file):  # a line that was cut off must not run into the next
        file.write_text("\n".join([first, *lines[:-1], ""]), encoding="utf-8")
    return known


def _refused(file: Path, found: str, expected: str) -> BadInput:
    return BadInput(Fault("lab-kept", str(file), found, expected, "give another file, or ask for the same again"))


def _mark(panel: Panel, rungs: Mapping[str, Rung], rules: Rules) -> str:
    """Return a hash of all that results depend on."""
    told = [
        version("newcourse"),
        str(rules),
        panel.coding,
        str(panel.countries),
        str(panel.years),
        str(panel.successions),
    ]
    told += [f"{name}: {rung.title}: {[p.name for p in rung.parameters]}" for name, rung in rungs.items()]
    hashed = sha256("\n".join(told).encode())
    for numbers in (panel.observed, panel.exists, *_in_order(panel.covariates), *_in_order(panel.weights)):
        hashed.update(np.ascontiguousarray(numbers).tobytes())
    return hashed.hexdigest()


def _in_order(named: Mapping[str, Any]) -> list[Any]:
    return [named[name] for name in sorted(named)]


def _plain(result: Any) -> Any:
    if isinstance(result, bool):
        return result
    fitted, cells = result
    return {
        "model": fitted.rung.name, "values": dict(fitted.values), "log_likelihood": fitted.log_likelihood,
        "records": fitted.records, "starts": fitted.starts, "on_bounds": fitted.on_bounds,
        "shape": cells.shape, "cells": b64encode(compress(np.asarray(cells, np.float64).tobytes())).decode(),
    }  # fmt: skip


def _result(data: Any, rungs: Mapping[str, Rung]) -> Any:
    if isinstance(data, bool):
        return data
    fitted = LadderFit(
        rungs[data["model"]], data["values"], data["log_likelihood"], data["records"], tuple(data["starts"]),
        tuple(data["on_bounds"]),
    )  # fmt: skip
    return fitted, np.frombuffer(decompress(b64decode(data["cells"]))).reshape(data["shape"]).copy()
