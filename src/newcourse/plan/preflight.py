"""What must hold before anything is solved: refusals that need no solver (design §6.1)."""

from collections.abc import Iterator, Mapping

import numpy as np

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault


def require_plannable(economy: Economy) -> None:
    """Check that a plan can be made from the economy at all.

    Raises
    ------
    BadInput
        If nothing is asked for, a good is asked for that nothing can supply, or a process uses a factor that no
        supply limits; every fault at once.
    """
    faults = [*_need_faults(economy), *_factor_faults(economy)]
    if faults:
        raise BadInput(faults)


def _need_faults(economy: Economy) -> list[Fault]:
    needs = economy["needs"]
    if needs.empty:
        return [
            Fault(
                "needs-none",
                f"economy {economy.about.name}",
                "no needs",
                "at least one need",
                "file needs in needs.csv",
            )
        ]
    asked = economy.good_rows(needs)
    suppliable = _suppliable(economy)
    return [
        Fault(
            "need-without-source",
            f"need {row.need} ({row.name_} at {row.place})",
            f"no way to get {row.product} there",
            "a process, an import, a route or a store that supplies it",
            "add one, or withdraw the need",
        )
        for row, good in zip(needs.rename(columns={"name": "name_"}).itertuples(), asked, strict=True)
        if not suppliable[good]
    ]


def _factor_faults(economy: Economy) -> list[Fault]:
    """Return a fault for every factor used at a place without a supply there or above: it would have no limit."""
    parent = dict(economy["places"][["place", "parent"]].itertuples(index=False, name=None))
    supplied = set(economy["factor_supply"][["place", "factor"]].itertuples(index=False, name=None))
    at = economy["processes"].set_index("process")["place"]
    used = economy["factor_use"].assign(place=lambda table: table["process"].map(at))
    pairs = used.loc[used["quantity"] > 0, ["place", "factor"]].drop_duplicates()
    return [
        Fault(
            "factor-without-supply",
            f"factor {factor} at {place}",
            "processes that use it, but no supply of it there or above",
            "a row in factor_supply.csv for the place or one above it",
            "state how much of it there is, or count it as an emission if it has no limit",
        )
        for place, factor in pairs.itertuples(index=False, name=None)
        if not any((above, factor) in supplied for above in _upwards(place, parent))
    ]


def _upwards(place: str, parent: Mapping[str, str]) -> Iterator[str]:
    while place:
        yield place
        place = parent[place]


def _suppliable(economy: Economy) -> np.ndarray:
    supplied = np.asarray(economy.outputs.sum(axis=1)).ravel() > 0
    for table, end in (("trade", "place"), ("stores", "place"), ("routes", "destination")):
        supplied[economy.good_rows(economy[table], end)] = True
    return supplied
