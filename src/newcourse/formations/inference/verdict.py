"""The verdict on a ladder of models: fitted, scored both ways, compared with power, said in words (design §11.3)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.formations.banner import BANNER
from newcourse.formations.inference.answers import LadderAnswer
from newcourse.formations.inference.fitting import LadderFit, fit_bound
from newcourse.formations.inference.identifiability import known_beforehand, told_beforehand
from newcourse.formations.inference.power import Rules, begun, compared, trials
from newcourse.formations.inference.scoring import Array, HeldOut, asked_cells, difference
from newcourse.formations.inference.splits import COUNTRIES, FORWARD, Split, blocks, moves
from newcourse.formations.ladder.rung import Rung
from newcourse.formations.panel import Panel
from newcourse.formations.spreading import Spreading, here

OnStep = Callable[[str, int, int], None]
"""Told what is done, how many steps are behind, and how many there are."""


@dataclass(frozen=True, eq=False)
class LadderVerdict:
    """What a panel says of a ladder of models.

    Parameters
    ----------
    coding
        Which coding of contested states the panel follows.
    fits
        Each rung fitted to the whole panel.
    table
        One row a rung and way of holding out. ``model``, ``kind``, ``split``, ``score`` (mean log score of a record),
        ``difference`` and ``error`` (mean over countries of the difference from the first rung, and its paired
        standard error), ``records``; of the fit to the whole panel ``parameters``, ``log_likelihood``, ``aic`` and
        ``starts`` in words.
    answers
        Each question asked, with power and false positives.
    remarks
        What else has to be known: searches whose starts do not agree, few moves, few simulations, and what no data
        can tell of the rungs' parameters.
    """

    coding: str
    fits: tuple[LadderFit, ...]
    table: pd.DataFrame = field(repr=False)
    answers: tuple[LadderAnswer, ...]
    remarks: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The verdict in words, remarks last."""
        return (*(answer.sentence for answer in self.answers), *self.remarks)

    @property
    def banner(self) -> str:
        """What stands over it; empty where nothing is quantum-like."""
        return BANNER if any(each.rung.kind == "quantum-like" for each in self.fits) else ""

    def to_data(self) -> dict[str, object]:
        """Return the verdict as plain data."""
        return {
            "coding": self.coding,
            "banner": self.banner,
            "table": self.table.to_dict("records"),
            "fits": [
                {"model": each.rung.name, "title": each.rung.title, "values": dict(each.values), "search": each.told}
                for each in self.fits
            ],
            "answers": [answer.to_data() for answer in self.answers],
            "remarks": list(self.remarks),
        }


def verdict(
    panel: Panel,
    rungs: Sequence[Rung],
    *,
    rules: Rules | None = None,
    questions: Sequence[tuple[str, str]] | None = None,
    spread: Spreading = here,
    progress: OnStep | None = None,
) -> LadderVerdict:
    """Fit and score all rungs on the same records, and answer questions with their power and false positives.

    Parameters
    ----------
    panel
        The records.
    rungs
        The ladder, from the plainest; differences are from the first.
    rules
        How to compare; the usual rules where not given.
    questions
        Pairs of names: does the first predict better than the second? Where not given, each quantum-like rung is
        asked against the classical one that predicts held-out countries best; without quantum-like rungs, the last
        against the first.
    spread
        How starts and simulated panels are worked out.
    progress
        Told what is done.

    Raises
    ------
    BadInput
        With what is wrong: fewer than two rungs, two of one name, an unknown name, a panel that does not fit.
    NotCertified
        If a rung cannot be fitted.
    """
    settled = rules or Rules()
    known = [rung.name for rung in rungs]
    _checked(known, questions)
    steps = _Steps(progress, len(rungs) + 2 * (len(questions) if questions else 1))
    fits, scored = [], []
    for rung in rungs:
        fitted, score = _worked(rung, panel, settled, spread)
        fits.append(fitted)
        scored.append(score)
        steps.done(f"{rung.name} fitted and scored")
    by_name, score_of = begun(fits), dict(zip(known, scored, strict=True))
    asked = tuple(questions) if questions is not None else _questions(rungs, score_of)
    steps.number = len(rungs) + 2 * len(asked)
    answers = tuple(
        _answer(by_name[one], by_name[other], score_of[one], score_of[other], panel, settled, spread, steps)
        for one, other in asked
    )
    return LadderVerdict(
        panel.coding, tuple(fits), _table(fits, scored, panel), answers, _remarks(fits, panel, settled)
    )


@dataclass
class _Steps:
    progress: OnStep | None
    number: int
    behind: int = 0

    def done(self, words: str) -> None:
        self.behind += 1
        if self.progress is not None:
            self.progress(words, self.behind, self.number)


def _worked(rung: Rung, panel: Panel, rules: Rules, spread: Spreading) -> tuple[LadderFit, dict[str, HeldOut]]:
    """Return a rung fitted to everything, and scored both ways: each fit a piece of work of its own."""
    splits = rules.splits(panel)
    flat = [split for way in (COUNTRIES, FORWARD) for split in splits[way]]
    whole = np.ones(np.asarray(panel.observed).shape, dtype=bool)
    done = spread(partial(_piece, rung, panel, rules), [Split(COUNTRIES, whole, ~whole), *flat])
    scored: dict[str, HeldOut] = {}
    for split, (_, cells) in zip(flat, done[1:], strict=True):
        before = scored[split.way].cells if split.way in scored else np.full(whole.shape, np.nan)
        scored[split.way] = HeldOut(rung, split.way, np.where(split.asked, cells, before))
    return done[0][0], scored


def _piece(rung: Rung, panel: Panel, rules: Rules, split: Split) -> tuple[LadderFit, Array]:
    """Return a rung fitted to what a split tells, and the log scores of what it asks for."""
    bound = rung.on(panel)
    fitted = fit_bound(bound, told=split.told, starts=rules.starts, seed=rules.seed)
    return fitted, asked_cells(bound, fitted.vector, split, rules.floor)


def _checked(known: Sequence[str], questions: Sequence[tuple[str, str]] | None) -> None:
    faults = []
    if len(known) < 2:
        faults.append(Fault("ladder", "ladder", f"{len(known)} rungs", "two at least", "add a rival"))
    if len(set(known)) < len(known):
        faults.append(Fault("ladder-names", "ladder", ", ".join(known), "each name once", "leave one of them out"))
    faults += [
        Fault("ladder-names", "questions", name, "one of " + ", ".join(known), "correct the name")
        for name in sorted({name for pair in questions or () for name in pair} - set(known))
    ]
    if faults:
        raise BadInput(faults)


def _questions(rungs: Sequence[Rung], scored: dict[str, dict[str, HeldOut]]) -> tuple[tuple[str, str], ...]:
    classical = [rung.name for rung in rungs if rung.kind == "classical"]
    quantum = [rung.name for rung in rungs if rung.kind == "quantum-like"]
    if not (classical and quantum):
        return ((rungs[-1].name, rungs[0].name),)
    best = max(classical, key=lambda name: scored[name][COUNTRIES].mean)
    return tuple((name, best) for name in quantum)


def _answer(
    one: LadderFit,
    other: LadderFit,
    mine: dict[str, HeldOut],
    theirs: dict[str, HeldOut],
    panel: Panel,
    rules: Rules,
    spread: Spreading,
    steps: _Steps,
) -> LadderAnswer:
    power = trials(one, other, panel, rules, truth=one, spread=spread)
    steps.done(f"power of {one.rung.name} against {other.rung.name}")
    false = trials(one, other, panel, rules, truth=other, spread=spread)
    steps.done(f"false positives of {one.rung.name} against {other.rung.name}")
    return LadderAnswer(compared(mine, theirs, panel, rules), power, false, rules)


def _table(fits: Sequence[LadderFit], scored: Sequence[dict[str, HeldOut]], panel: Panel) -> pd.DataFrame:
    block, rows = blocks(panel), []
    for fitted, score in zip(fits, scored, strict=True):
        for way in (COUNTRIES, FORWARD):
            gap = difference(score[way], scored[0][way], block)
            rows.append(
                {
                    "model": fitted.rung.name,
                    "kind": fitted.rung.kind,
                    "split": way,
                    "score": score[way].mean,
                    "difference": gap.mean,
                    "error": gap.error,
                    "records": score[way].records,
                    "parameters": len(fitted.rung.parameters),
                    "log_likelihood": fitted.log_likelihood,
                    "aic": fitted.aic,
                    "starts": fitted.told,
                }
            )
    return pd.DataFrame(rows)


def _remarks(fits: Sequence[LadderFit], panel: Panel, rules: Rules) -> tuple[str, ...]:
    remarks = [
        f"{each.rung.name}: only {each.told}; its likelihood may be higher elsewhere."
        for each in fits
        if len(each.starts) > 1 and each.reached == 1
    ]
    number = int(moves(panel).sum())
    crowded = [each.rung.name for each in fits if len(each.rung.parameters) > number]
    if crowded:
        remarks.append(f"There are {number} moves in these records, fewer than parameters of {', '.join(crowded)}.")
    if rules.simulations * rules.bearable < 1:
        remarks.append(
            f"{rules.simulations} simulated panels cannot show whether false positives are as rare as "
            f"{rules.bearable:.0%}: a first look, not a verdict."
        )
    remarks += [f"{each.rung.name}: {told_beforehand(one)}" for each in fits for one in known_beforehand(each.rung)]
    return tuple(remarks)
