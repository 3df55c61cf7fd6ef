"""The stages of a count by single transferable vote in words (design §8.1)."""

from collections.abc import Sequence
from itertools import pairwise

from newcourse.vote.outcome import Step
from newcourse.vote.stv.stages import Stage
from newcourse.vote.ties import Tie


def listed(names: Sequence[str]) -> str:
    """Return names as a list in words.

    Examples
    --------
    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def ballots(total: int, valid: int, tied: int, seats: int, quota: int) -> Step:
    """Return the step that says how many ballots are valid and what the quota is."""
    sentence = f"{valid} of {total} ballots are valid; the quota for {seats} {_seats(seats)} is {quota} votes."
    if tied:
        sentence += f" {tied} ballots rank candidates equally and are read up to there."
    facts = {"ballots": total, "valid": valid, "tied": tied, "seats": seats, "quota": quota}
    return Step("quota", sentence, facts)


def stage(what: Stage, quota: int, given: str) -> Step:
    """Return a stage as a step: what was transferred, to whom, and who is elected by it."""
    sentences = [f"Stage {what.number}: {_happened(what, given)}", *_received(what), *_elected(what, quota)]
    return Step(what.what, " ".join(sentences), what.to_data())


def tie(settled: Tie) -> Step:
    """Return a tie as a step."""
    sentence = (
        f"{listed(settled.among)} have equally many votes; {settled.question} is settled by {settled.by}: "
        f"{', '.join(settled.settled)}{'; the last is excluded' if 'excluded' in settled.question else ''}."
    )
    return Step("tie", sentence, settled.to_data())


def how_settled(past: Sequence[tuple[int, ...]], chosen: int | None, rule: str) -> str:
    """Return by what equal candidates were put in order.

    Parameters
    ----------
    past
        The candidates' votes at the stages published so far, latest first, in the order that was settled.
    chosen
        Whose place matters; nothing where every place does.
    rule
        The tie rule in words.
    """
    stages = len(past[0])
    if chosen is None:
        used = sorted({_differ(one, other) for one, other in pairwise(past)})
    else:
        used = sorted({_differ(past[chosen], other) for k, other in enumerate(past) if k != chosen})
    by = [f"votes at the end of stage {stages - k}" for k in used if k < stages]
    return ", then ".join([*by, rule] if used[-1] >= stages else by)


def _differ(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return next((k for k, (a, b) in enumerate(zip(one, other, strict=True)) if a != b), len(one))


def _happened(what: Stage, given: str) -> str:
    if what.surplus:
        return f"{what.surplus}'s surplus of {given} votes is transferred, every paper at its share of the surplus."
    if what.what == "doomed":
        return (
            f"{listed(what.excluded)} {_is(what.excluded)} excluded, because with {_them(what.excluded)} elected no "
            f"committee would be within the quotas of groups; {given} votes are transferred."
        )
    if what.what == "batch":
        return (
            f"{listed(what.excluded)} have all together fewer votes than anybody else and are excluded; {given} votes "
            "are transferred."
        )
    if what.excluded:
        excluded = f"{listed(what.excluded)} has the fewest votes{_others(what)} and is excluded"
        return f"{_kept(what)}{excluded}; {given} votes are transferred."
    return f"first preferences are counted: {', '.join(f'{name} {votes}' for name, votes in what.votes)}."


def _kept(what: Stage) -> str:
    if not what.kept:
        return ""
    return (
        f"{listed(what.kept)} {_is(what.kept)} passed over, because without {_them(what.kept)} no committee would be "
        "within the quotas of groups. "
    )


def _others(what: Stage) -> str:
    return " of the others" if what.kept else ""


def _received(what: Stage) -> list[str]:
    if what.what == "first-preferences":
        return []
    to = ", ".join(f"{name} receives {value}" for name, value in what.transfers) or "Nobody receives any"
    return [f"{to}; {what.non_transferable} votes are now not transferable."]


def _elected(what: Stage, quota: int) -> list[str]:
    sentences = []
    reached = [name for name in what.elected if name not in what.filled]
    if reached:
        sentences.append(f"{listed(reached)} {_have(reached)} the quota of {quota} and {_is(reached)} elected.")
    if what.filled:
        sentences.append(f"{listed(what.filled)} {_is(what.filled)} elected: as many candidates are left as seats.")
    return sentences


def _seats(seats: int) -> str:
    return "seat" if seats == 1 else "seats"


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _have(names: Sequence[str]) -> str:
    return "has" if len(names) == 1 else "have"


def _them(names: Sequence[str]) -> str:
    return "this candidate" if len(names) == 1 else "any one of them"
