"""Which state follows which, and whether its formation carries over (design §11.2, succession of states explicit)."""

from dataclasses import dataclass

from newcourse.errors import BadInput, Fault


@dataclass(frozen=True)
class Succession:
    """One state takes the place of another, wholly or in part.

    Without it the end of a state looks as if nothing had followed, and the beginning of one as if nothing had been
    there before: the German Democratic Republic would end without its formation having ended.

    Parameters
    ----------
    predecessor, successor
        Codes of the two states in the panel's own identities.
    year
        The first year in which the successor holds the territory.
    inherits
        Whether the formation of the predecessor is that of the successor on its first day. Where it is not, the
        territory takes on the formation of a state that absorbs it.
    note
        What happened, in words.

    Raises
    ------
    BadInput
        When a state follows itself or a code or the note is empty.
    """

    predecessor: str
    successor: str
    year: int
    inherits: bool
    note: str

    def __post_init__(self) -> None:
        where = f"succession {self.predecessor!r} to {self.successor!r} in {self.year}"
        faults = []
        if self.predecessor == self.successor:
            faults.append(Fault("succession", where, "the same state twice", "two states", "name the successor"))
        if not (self.predecessor and self.successor and self.note):
            faults.append(Fault("succession", where, "an empty code or note", "both codes and a note", "fill them in"))
        if faults:
            raise BadInput(faults)
