"""What is measured of a body, as tables: groups against quotas, tendencies, power, turnover (design §8.4)."""

from newcourse.council.bodies import Body
from newcourse.council.body_power import Power, member_power, power_of_constituencies, power_of_tendencies
from newcourse.council.composition import Composition
from newcourse.council.state import State
from newcourse.web.table import Cell, Headings, Table, table


def measures(state: State, body: Body, found: Composition) -> tuple[Table, ...]:
    """Return what a body is made of, in tables; those that would say nothing are left out."""
    names = {code: one.name for code, one in state.tendencies.items()}
    groups = _groups(state, found)
    compared = (
        _power(
            "Tendencies and their power", [(names.get(p.name, p.name), p) for p in power_of_tendencies(state, body)]
        ),
        _power(
            "Power of those who send delegates",
            [(state.tree.name(p.name), p) for p in power_of_constituencies(state, body)],
        ),
        _members(state, body),
    )
    return (*([groups] if groups.rows else []), *(one for one in compared if len(one.rows) > 1))


def notes(state: State, found: Composition) -> tuple[str, ...]:
    """Return what the tables do not say: of tendencies together, and of turnover."""
    tenure = f"Delegates have sat here for {float(found.mean_days):.0f} days on average." if found.sitting else ""
    told = [found.tendencies.words if state.tendencies else "", found.turnover.words if found.turnover else "", tenure]
    return tuple(words for words in told if words)


def _groups(state: State, found: Composition) -> Table:
    columns: Headings = [("group", "text"), ("of", "text"), ("seats", "number"), ("least", "number"), ("kept", "text")]
    rows: list[tuple[Cell, ...]] = [
        (one.group, state.tree.name(one.place), one.seats, one.least, "yes" if one.kept else "no")
        for one in found.groups
    ]
    return table("Groups against quotas", columns, rows)


def _power(caption: str, rows: list[tuple[str, Power]]) -> Table:
    columns: Headings = [("who", "text"), ("seats", "number"), ("Banzhaf", "percent"), ("Shapley–Shubik", "percent")]
    return table(caption, columns, [(name, p.seats, float(p.banzhaf), float(p.shapley)) for name, p in rows])


def _members(state: State, body: Body) -> Table:
    columns: Headings = [
        ("place", "text"),
        ("members", "number"),
        ("power of one member beside the average", "percent"),
    ]
    rows = [(state.tree.name(one.place), one.members, one.relative) for one in member_power(state, body)]
    return table("What one member can decide through the delegates", columns, rows)
