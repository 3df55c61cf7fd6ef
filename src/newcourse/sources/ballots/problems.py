"""What is not as it should be in a file of ballots, and how each such line was counted: nothing is dropped silently.

The law applied to a paper is that of the Scottish order (The Scottish Local Government Elections Order 2011, schedule
1, rules 46 and 48): a paper is good as far as its preferences are clear, one after the other; a paper without a clear
first preference is rejected.
"""

from dataclasses import dataclass
from typing import Final

NOT_COUNTED: Final = "not counted"
AS_BLANK: Final = "as blank"

MOST_TIMES: Final = 2**53
"""From this number of ballots on nothing can be counted exactly."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One line that is not as it should be.

    Parameters
    ----------
    code
        Stable, hyphenated name of the kind of problem, for programs.
    line
        Its number in the file, from 1; 0 where the form of file has no lines.
    found
        What stands there, shortened.
    reason
        What is wrong with it, in words.
    counted
        How it was counted: ``up to the 2nd preference``, ``as blank``, ``not counted``, or what was done instead.
    ballots
        How many ballots it is about, as far as that can be known.

    Examples
    --------
    >>> print(Problem("ranked-twice", 7, "3,1,2,1,", "candidate 1 stands twice", up_to(2), 3))
    line 7, 3,1,2,1,: candidate 1 stands twice; counted up to the 2nd preference (3 ballots).
    """

    code: str
    line: int
    found: str
    reason: str
    counted: str
    ballots: int = 0

    def __str__(self) -> str:
        counted = self.counted if self.counted.startswith("not ") else f"counted {self.counted}"
        many = "" if not self.ballots else " (1 ballot)" if self.ballots == 1 else f" ({self.ballots} ballots)"
        where = f"line {self.line}" if self.line else "the file"
        return f"{where}, {self.found or 'empty'}: {self.reason}; {counted}{many}."

    def to_data(self) -> dict[str, object]:
        """Return the problem as plain data."""
        return {
            "code": self.code,
            "line": self.line,
            "found": self.found,
            "reason": self.reason,
            "counted": self.counted,
            "ballots": self.ballots,
        }


def up_to(preferences: int) -> str:
    """Return in words how far a paper was counted.

    Examples
    --------
    >>> up_to(1), up_to(2), up_to(3), up_to(11)
    ('up to the 1st preference', 'up to the 2nd preference', 'up to the 3rd preference', 'up to the 11th preference')
    """
    ending = "th" if preferences % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(preferences % 10, "th")
    return f"up to the {preferences}{ending} preference"


def shown(text: str) -> str:
    r"""Return text short enough for a report, without what cannot be printed.

    Examples
    --------
    >>> shown("a" * 100)[-6:], shown("1,\x002")
    ('aaa...', '1,?2')
    """
    kept = text if len(text) <= 60 else text[:57] + "..."
    return "".join(letter if letter.isprintable() else "?" for letter in kept)
