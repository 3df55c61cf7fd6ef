"""What a rule is: a name, what it counts, what it gives, its reference, its options, and the count itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from newcourse.errors import BadInput, Fault
from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.outcome import Outcome, Tally
from newcourse.vote.plain import plain
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes

Kind = Literal["ranking", "committee", "seats", "budget", "allocation", "decision"]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing about a rule that statutes may fix.

    Parameters
    ----------
    name
        Its name in the data.
    meaning
        What it says, in one sentence.
    default
        Plain data used where statutes are silent.
    read
        Turns plain data into the exact value, or raises :class:`~newcourse.errors.BadInput`.
    """

    name: str
    meaning: str
    default: object
    read: Callable[[object], object]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of counting.

    Parameters
    ----------
    name
        Hyphenated name by which statutes know it.
    kind
        What it gives: a ranking, a committee, seats of lists, projects of a budget, an allocation or a decision.
    form
        Form of the ballots it counts.
    reference
        Paper or law.
    options
        What statutes may fix about it.
    tally
        The count: profile and exact options in, tally out.
    faults_together
        What is wrong with options that are right one by one.
    also
        Other forms of ballots that it counts.
    """

    name: str
    kind: Kind
    form: str
    reference: str
    options: tuple[Option, ...]
    tally: Callable[..., Tally]
    faults_together: Callable[..., list[Fault]] = lambda **_: []
    also: tuple[str, ...] = ()

    def complete(self, options: Mapping[str, object]) -> dict[str, object]:
        """Return all options as plain data, defaults written out, after checking them.

        Raises
        ------
        BadInput
            With every option that is unknown or wrong.
        """
        self.read(options)
        given = {option.name: options.get(option.name, option.default) for option in self.options}
        return {name: plain(value) for name, value in given.items()}

    def read(self, options: Mapping[str, object]) -> dict[str, Any]:
        """Return the exact value of every option.

        Raises
        ------
        BadInput
            With every option that is unknown or wrong.
        """
        known = [option.name for option in self.options]
        where = f"options of rule {self.name}"
        faults = [
            Fault(
                "option-unknown", where, str(name), " or ".join(known) or "no option", "remove it or correct its name"
            )
            for name in options
            if name not in known
        ]
        values: dict[str, Any] = {}
        for option in self.options:
            try:
                values[option.name] = option.read(options.get(option.name, option.default))
            except BadInput as error:
                faults += [
                    Fault(f.code, f"{where}, {option.name}", f.found, f.expected, f.remedy) for f in error.faults
                ]
        faults = faults or self.faults_together(**values)
        if faults:
            raise BadInput(faults)
        return values

    def count(self, profile: Profile[Any] | RankedVotes | ApprovalVotes, options: Mapping[str, object]) -> Outcome:
        """Return the outcome of the votes under this rule.

        Raises
        ------
        BadInput
            When the ballots are of another form, or the options or the ballots do not fit the rule.
        """
        values, complete = self.read(options), self.complete(options)
        if profile.form not in (self.form, *self.also):
            raise BadInput(
                Fault(
                    "form-wrong",
                    f"count by rule {self.name}",
                    f"ballots of form {profile.form}",
                    f"ballots of form {' or '.join((self.form, *self.also))}",
                    "count them by a rule for their form",
                )
            )
        return Outcome(self.name, complete, profile.candidates, profile.total, self.tally(profile, **values))


def whole_number(least: int = 0) -> Callable[[object], int]:
    """Return a reader that takes whole numbers from ``least`` on."""

    def read(value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return value
        found, expected = repr(value), f"a whole number of at least {least}"
        raise BadInput(Fault("option-wrong", "option", found, expected, "write such a number"))

    return read


def truth(value: object) -> bool:
    """Return a truth value, or say that it is none."""
    if isinstance(value, bool):
        return value
    raise BadInput(Fault("option-wrong", "option", repr(value), "true or false", "write one of the two"))


def one_of(*allowed: str) -> Callable[[object], str]:
    """Return a reader that takes one of the words given."""

    def read(value: object) -> str:
        if isinstance(value, str) and value in allowed:
            return value
        raise BadInput(Fault("option-wrong", "option", repr(value), " or ".join(allowed), "write one of these words"))

    return read
