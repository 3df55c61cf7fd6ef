"""How many people one member can vouch for: what statutes say of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vouching:
    """For how many people one member can vouch, by bringing them in or by confirming who they are.

    Parameters
    ----------
    most
        Most different people for whom one member can vouch within these days. Founders are free until the first cycle
        is opened.
    days
        Length of the time that is looked back on.
    """

    most: int = 10
    days: int = 30
