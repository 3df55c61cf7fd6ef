"""What everything that is kept of people has in common: their database, and chance."""

from sqlalchemy import Engine

from newcourse.people.secret import Chance


class Keeping:
    """Keeps something in the database of people.

    Parameters
    ----------
    engine
        Of the database of people.
    chance
        Random bytes that nobody can foresee.
    """

    def __init__(self, engine: Engine, chance: Chance) -> None:
        self._engine = engine
        self._chance = chance
