"""Whether statutes fit a federation's places: what they cannot know by themselves (design §4)."""

from collections.abc import Iterator

from newcourse.council.articles import Council
from newcourse.council.statutes import Statutes
from newcourse.council.tree import Tree
from newcourse.errors import Fault

_SHOWN = 10


def fitting_faults(law: Statutes, tree: Tree) -> list[Fault]:
    """Return every council of the statutes that these places do not bear.

    Found are places that are not there, levels that no place has, councils elected by the delegates of places at which
    no council sits, and councils that in the end elect themselves.
    """
    faults: list[Fault] = []
    for article in law.articles:
        for council in article.councils:
            where = f"statutes, article {article.number}, council {council.council}"
            faults += _place_faults(where, council, tree)
            faults += _body_faults(where, law, council, tree)
    return faults or [*_circle_faults(law, tree)]


def sending_places(council: Council, tree: Tree) -> tuple[str, ...]:
    """Return every place that sends delegates to a council, or to one of those of its level."""
    return tuple(place for seat in seats_of(council, tree) for place in _electing(council, tree, seat))


def seats_of(council: Council, tree: Tree) -> tuple[str, ...]:
    """Return the places at which a council sits."""
    if not council.level:
        return (council.place or tree.root,)
    return tuple(place.place for place in tree.places if place.level == council.level)


def _electing(council: Council, tree: Tree, seat: str) -> tuple[str, ...]:
    return (tree.beneath(seat) if council.seated_by == "places beneath" else ()) or (seat,)


def _place_faults(where: str, council: Council, tree: Tree) -> Iterator[Fault]:
    if council.place and council.place not in tree:
        expected = "a place of the federation, or none for the federation as a whole"
        yield Fault("place-unknown", where, repr(council.place), expected, "correct the place")
    levels = sorted({place.level for place in tree.places})
    if council.level and council.level not in levels:
        expected = f"one of the levels there are: {', '.join(levels)}"
        yield Fault("level-unknown", where, repr(council.level), expected, "correct the level or found such a place")


def _body_faults(where: str, law: Statutes, council: Council, tree: Tree) -> Iterator[Fault]:
    if council.elected_by != "delegates":
        return
    others = [other for other in law.councils.values() if other.council != council.council]
    bodied = {place for other in others for place in seats_of(other, tree)}
    bare = [place for place in sending_places(council, tree) if place not in bodied]
    if bare:
        names = ", ".join(tree.name(place) for place in bare[:_SHOWN])
        expected = "a council at every place whose delegates elect"
        remedy = "set up a council there, or have the members elect"
        yield Fault("electors-missing", where, f"no council at {names}", expected, remedy)


def _circle_faults(law: Statutes, tree: Tree) -> Iterator[Fault]:
    """Yield the councils that send to each other in a circle, so that no delegate could be the first."""
    rooted: set[tuple[str, str]] = set()
    waiting = {(c.council, place) for c in law.councils.values() for place in seats_of(c, tree)}
    while found := {seat for seat in waiting if _is_rooted(law, tree, seat, rooted)}:
        rooted |= found
        waiting -= found
    for council, place in sorted(waiting):
        yield Fault(
            "elected-in-a-circle",
            f"statutes, council {council} at {tree.name(place)}",
            "delegates who are elected by delegates, and these in the end by them",
            "a chain that begins with members",
            "have members elect one of the councils of the circle",
        )


def _is_rooted(law: Statutes, tree: Tree, seat: tuple[str, str], rooted: set[tuple[str, str]]) -> bool:
    """Return whether a council is elected by members, or by delegates at some place where that is known of them."""
    council = law.councils[seat[0]]
    if council.elected_by != "delegates":
        return True
    return any(_lower(law, tree, council, place) in rooted for place in _electing(council, tree, seat[1]))


def _lower(law: Statutes, tree: Tree, council: Council, place: str) -> tuple[str, str] | None:
    """Return the council whose delegates at a place elect to another: the first of the statutes that sits there."""
    others = (other for other in law.councils.values() if other.council != council.council)
    return next(((other.council, place) for other in others if place in seats_of(other, tree)), None)
