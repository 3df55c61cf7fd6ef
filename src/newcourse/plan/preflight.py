"""What must hold before anything is solved: refusals that need no solver (design §6.1)."""

import numpy as np

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault


def require_plannable(economy: Economy) -> None:
    """Check that a plan can be made from the economy at all.

    Raises
    ------
    BadInput
        If nothing is asked for, or a good is asked for that nothing can supply; every fault at once.
    """
    needs = economy["needs"]
    if needs.empty:
        raise BadInput(
            Fault(
                "needs-none",
                f"economy {economy.about.name}",
                "no needs",
                "at least one need",
                "file needs in needs.csv",
            )
        )
    asked = economy.good_rows(needs)
    suppliable = _suppliable(economy)
    faults = [
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
    if faults:
        raise BadInput(faults)


def _suppliable(economy: Economy) -> np.ndarray:
    supplied = np.asarray(economy.outputs.sum(axis=1)).ravel() > 0
    for table, end in (("trade", "place"), ("stores", "place"), ("routes", "destination")):
        supplied[economy.good_rows(economy[table], end)] = True
    return supplied
