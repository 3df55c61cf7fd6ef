"""A comparison that was stopped goes on where it was, tells beforehand how long it takes, and loses nothing unsaid."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from newcourse.cli.commands.lab.compare import _foretell, _stopped
from newcourse.cli.foretelling import compare_work
from newcourse.cli.kept import KeptPieces, read_kept
from newcourse.errors import BadInput
from newcourse.formations.inference.power import Rules
from newcourse.formations.inference.verdict import LadderVerdict, verdict
from newcourse.formations.ladder.hazards import Hazards
from newcourse.formations.ladder.markov import Markov
from newcourse.formations.ladder.reading import RecordReading
from newcourse.formations.ladder.rung import Rung
from newcourse.formations.ladder.saturated import Saturated
from newcourse.sources.formations.example_panel import example_panel
from newcourse.workers.spreading import spread
from newcourse.workers.ways import Here, Processes

WHOLE = example_panel().between(1987, 1993)
PANEL = WHOLE.of(sorted({*WHOLE.events()["country"]} | {*WHOLE.countries[:12]}))
READ = RecordReading(0.005)
RUNGS: dict[str, Rung] = {
    rung.name: rung
    for rung in (
        Markov(PANEL.space, READ, Hazards(("restoration",))),
        Saturated(PANEL.space, READ),
    )
}
RULES = Rules(folds=2, simulations=1, starts=1)
PIECES = 2 * (2 + 2) + 2


def stopping_after(number: int) -> Callable[..., list[Any]]:
    """Spreads work until so many pieces are done; then somebody presses Ctrl-C."""
    done = [0]

    def spreading(task: Callable[[Any], Any], pieces: Sequence[Any], *, keep: Callable[[int, Any], None]) -> list[Any]:
        def kept(place: int, result: Any) -> None:
            keep(place, result)
            done[0] += 1
            if done[0] == number:
                raise KeyboardInterrupt

        return spread(task, pieces, keep=kept)

    return spreading


def compared(file: Path, spreading: Callable[..., list[Any]] = spread) -> tuple[LadderVerdict, KeptPieces]:
    pieces = KeptPieces(spreading, RUNGS, lambda: None, file, read_kept(file, PANEL, RUNGS, RULES))
    return verdict(PANEL, list(RUNGS.values()), rules=RULES, spread=pieces), pieces


@pytest.mark.slow
def test_a_comparison_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    file = tmp_path / "kept.jsonl"
    with pytest.raises(KeyboardInterrupt):
        compared(file, stopping_after(5))
    with file.open("a", encoding="utf-8") as kept:
        kept.write('{"call": 1, "pla')  # as a machine that lost its power leaves it
    resumed, pieces = compared(file)
    assert pieces.worked == PIECES - 5
    whole, _ = compared(tmp_path / "whole.jsonl")
    assert resumed.to_data() == whole.to_data()
    again, nothing = compared(file)
    assert nothing.worked == 0
    assert again.to_data() == whole.to_data()


def test_pieces_of_another_comparison_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "kept.jsonl"
    assert read_kept(file, PANEL, RUNGS, RULES) == {}
    assert read_kept(file, PANEL, RUNGS, RULES) == {}
    with pytest.raises(BadInput, match="another comparison"):
        read_kept(file, PANEL, RUNGS, Rules(folds=3))
    with pytest.raises(BadInput, match="another comparison"):
        read_kept(file, PANEL.between(1988, 1993), RUNGS, RULES)
    fit = {
        "model": "hypothesised Markov",
        "values": {},
        "log_likelihood": 0,
        "records": 1,
        "starts": [],
        "on_bounds": [],
    }
    broken = {"call": 0, "place": 0, "result": {**fit, "shape": [1], "cells": "AAAA"}}
    with file.open("a", encoding="utf-8") as kept:
        kept.write(json.dumps(broken) + "\n")
    with pytest.raises(BadInput, match="lab-kept"):
        read_kept(file, PANEL, RUNGS, RULES)
    file.write_text("no such thing", encoding="utf-8")
    with pytest.raises(BadInput, match="lab-kept"):
        read_kept(file, PANEL, RUNGS, RULES)


def test_how_long_it_takes_is_told_before(capsys: pytest.CaptureFixture[str]) -> None:
    work = compare_work(PANEL, list(RUNGS.values()), RULES)
    assert work.pieces == PIECES
    assert 0.01 < work.seconds < 600
    more = compare_work(PANEL, list(RUNGS.values()), Rules(folds=2, simulations=100, starts=1))
    assert more.seconds > 2 * work.seconds
    _foretell(7200, 100, 50, Here())
    _foretell(7200, 100, 0, Processes(4))
    told = " ".join(capsys.readouterr().err.split())
    assert "about 60 minutes, give or take a factor of three. 50 of 100 pieces are finished already." in told
    assert "about 30 minutes with 4 processes" in told


def test_what_is_lost_when_it_is_stopped_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    _stopped(7, None)
    _stopped(7, Path("kept.jsonl"))
    told = " ".join(capsys.readouterr().err.split())
    assert "7 finished pieces are lost; --keep FILE" in told
    assert "kept in kept.jsonl: the same command goes on from there" in told
