"""Every error as code, facts and remedy (design §3).

What cannot be decided raises; it is never guessed. An error carries all the faults that were found at once, each
with the place it was found in, what was found, what was expected, and what to do.

>>> fault = Fault("unit-missing", "products.csv, row 3 (steel)", "no unit", "a unit such as t", "write the unit")
>>> print(fault)
unit-missing at products.csv, row 3 (steel)
  found:    no unit
  expected: a unit such as t
  to do:    write the unit
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, said so that a person can mend it.

    Parameters
    ----------
    code
        A stable, hyphenated name of the kind of fault, for programs.
    where
        The place: file and row, table and label, act and actor.
    found
        What was found there.
    expected
        What would have been right.
    remedy
        What to do now.
    """

    code: str
    where: str
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        return (
            f"{self.code} at {self.where}\n"
            f"  found:    {self.found}\n"
            f"  expected: {self.expected}\n"
            f"  to do:    {self.remedy}"
        )

    def as_dict(self) -> dict[str, str]:
        """Return the fault as plain data for ``--json`` and the API."""
        return asdict(self)


class NewCourseError(Exception):
    """Base of all errors that New Course raises on purpose.

    Attributes
    ----------
    faults
        Everything that was found wrong, at least one fault.
    exit_code
        What a command line program ends with when this error reaches it.
    """

    exit_code = 2

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        if not self.faults:
            raise ValueError("an error without a fault says nothing: give at least one Fault")
        super().__init__("\n".join(map(str, self.faults)))

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors come back from other processes as they were raised, whatever their subclass is made of.
        return _again, (type(self), self.args), self.__dict__

    def as_dict(self) -> dict[str, object]:
        """Return kind and faults as plain data for ``--json`` and the API."""
        return {"error": type(self).__name__, "faults": [fault.as_dict() for fault in self.faults]}


def _again(kind: type[NewCourseError], args: tuple[Any, ...]) -> NewCourseError:
    """Return an error of a kind without making it anew."""
    error = kind.__new__(kind)
    error.args = args
    return error


class BadInput(NewCourseError):
    """What was given is wrong: a table, a file, a ballot, an argument. Nothing was done."""

    exit_code = 1


class NotAllowed(NewCourseError):
    """The actor has no authority for the act; the fault names the article that decides (design §3, default deny)."""

    exit_code = 3


class Contradiction(NewCourseError):
    """Commitments that cannot hold together; the faults name a minimal set of them in words (design §6.5)."""

    exit_code = 4


class NotCertified(NewCourseError):
    """No certified answer was reached: a time limit, numerical trouble. The faults say why it stopped."""

    exit_code = 5


class Tampered(NewCourseError):
    """The public record does not verify: an entry was changed, removed or reordered."""

    exit_code = 6
