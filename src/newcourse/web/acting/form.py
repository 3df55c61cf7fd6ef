"""The form of an act: its fields from the vocabulary of parameters, and the reason where somebody may not act.

Pages show it with the macro ``act_form`` of ``act.html``. What was typed and what was wrong with it come back the
same way, so that nothing is typed twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from newcourse.acts.parameters import PARAMETERS, Parameter
from newcourse.acts.registry import ACTS
from newcourse.council.authority import Grant, Refusal, authority
from newcourse.council.concerns import concerned_place
from newcourse.council.state import State
from newcourse.errors import BadInput, Fault
from newcourse.web.acting.ballot_fields import BallotFields, ballot_fields
from newcourse.web.acting.choices import choices_for
from newcourse.web.acting.law_fields import LawFields, law_fields

Option = tuple[str, str]

LONG: Final = ("words", "data", "texts", "ballots", "limits", "changes")
"""Kinds that are typed over several lines."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    Parameters
    ----------
    name, label, hint
        Name of the parameter, and what people read.
    control
        ``line``, ``lines``, ``number``, ``flag``, ``choice``, ``ballot`` or ``law``.
    needed
        Whether it must be filled in.
    value
        What was typed, or what it begins with.
    options
        What can be chosen, as value and words.
    faults
        What was wrong with it.
    ballot
        The parts of a ballot, where the control is one.
    commitment
        Where the field asks for the secret line of a vote: the hash it must have.
    law
        The numbers of the statutes, where the control is ``law``: changes of them.
    """

    name: str
    label: str
    hint: str
    control: str
    needed: bool
    value: str = ""
    options: tuple[Option, ...] = ()
    faults: tuple[Fault, ...] = ()
    ballot: BallotFields | None = None
    commitment: str = ""
    law: LawFields | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """The form of an act as one person sees it.

    Parameters
    ----------
    act
        The act.
    fields, hidden
        Fields to fill in, and what the page has filled in already.
    answer
        Whether this person may do it, with the article and the reason; ``None`` where nobody is signed in.
    faults
        What was wrong, those of fields too.
    """

    act: str
    fields: tuple[Field, ...]
    hidden: Mapping[str, str]
    answer: Grant | Refusal | None
    faults: tuple[Fault, ...] = ()

    @property
    def elsewhere(self) -> tuple[Fault, ...]:
        """The faults that belong to no field."""
        at_fields = {fault for field_ in self.fields for fault in field_.faults}
        return tuple(fault for fault in self.faults if fault not in at_fields)


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed into a form that could not be done, and why."""

    act: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def form_of(
    state: State,
    actor: str | None,
    act: str,
    hidden: Mapping[str, Any],
    fields: Sequence[str | Mapping[str, Any]] | None = None,
    typed: Typed | None = None,
) -> Form:
    """Return the form of an act.

    Parameters
    ----------
    state
        The federation.
    actor
        Who would act; ``None`` for somebody who is not signed in.
    act
        Name of the act.
    hidden
        Parameters that the page knows already.
    fields
        Names of the parameters to ask for, in order; all the others of the act where this is left out. A mapping
        ``{"name": …}`` may say ``label``, ``hint``, ``value``, ``options``, or the ``names`` of candidates.
    typed
        What was typed before and could not be done.
    """
    kind = _kind(act)
    given = {name: str(value) for name, value in hidden.items()}
    asked = fields if fields is not None else [name for name in (*kind.needs, *kind.takes) if name not in given]
    said = typed if typed is not None and typed.act == act else Typed()
    answer = None if actor is None else _answer(state, actor, act, given)
    made = tuple(_field(state, act, actor, given, spec, said) for spec in asked)
    return Form(act, made, given, answer, said.faults)


def _kind(act: str) -> Any:
    if act not in ACTS:
        raise BadInput(Fault("act-unknown", "acts", repr(act), f"one of {', '.join(ACTS)}", "follow a link"))
    return ACTS[act]


_CHOOSE_PLACE = ("place", "parent", "person", "body", "election", "mandate", "petition")
"""Parameters that the place follows from which an act concerns."""


def _answer(state: State, actor: str, act: str, given: Mapping[str, str]) -> Grant | Refusal:
    """Return whether somebody may do an act; where its place is still to be chosen, whether they may anywhere."""
    kind = _kind(act)
    answer = authority(state, actor, act, concerned_place(state, act, actor, given))
    chosen = [name for name in _CHOOSE_PLACE if name in (*kind.needs, *kind.takes) and name not in given]
    if answer.allowed or not chosen:
        return answer
    for place in state.tree.places:
        other = authority(state, actor, act, place.place)
        if other.allowed:
            return other
    return answer


def _field(
    state: State,
    act: str,
    actor: str | None,
    given: Mapping[str, str],
    spec: str | Mapping[str, Any],
    said: Typed,
) -> Field:
    own: Mapping[str, Any] = {"name": spec} if isinstance(spec, str) else spec
    parameter = PARAMETERS[str(own["name"])]
    options = tuple(own.get("options") or parameter.choices or choices_for(state, act, actor, parameter))
    ballot = None
    if parameter.kind == "ballot":
        ballot = ballot_fields(state, given.get("vote", ""), said.values, own.get("names"))
    law = law_fields(state, said.values) if (act, parameter.name) == ("draft_statutes", "changes") else None
    return Field(
        name=parameter.name,
        label=str(own.get("label", parameter.words)),
        hint=str(own.get("hint", parameter.hint)),
        control="law" if law is not None else _control(parameter, options, ballot),
        needed=parameter.name in _kind(act).needs,
        value=said.values.get(parameter.name, str(own.get("value", _first(parameter, actor)))),
        options=options,
        faults=tuple(fault for fault in said.faults if belongs(fault, parameter.name)),
        ballot=ballot,
        commitment=_commitment(state, given) if parameter.name == "secret" else "",
        law=law,
    )


def _first(parameter: Parameter, actor: str | None) -> str:
    """Return what a field begins with: whoever founds a federation is among its first members."""
    return f"{actor} = \n" if parameter.name == "members" and actor else ""


def _commitment(state: State, given: Mapping[str, str]) -> str:
    """Return the hash of the line by which the opener of a vote is bound."""
    vote = state.votes.get(given.get("vote", ""))
    return vote.frozen.commitment if vote else ""


def _control(parameter: Parameter, options: tuple[Option, ...], ballot: BallotFields | None) -> str:
    if ballot is not None:
        return "ballot"
    if options:
        return "choice"
    if parameter.kind in LONG or parameter.kind == "ballot":
        return "lines"
    return {"number": "number", "days": "number", "flag": "flag"}.get(parameter.kind, "line")


def belongs(fault: Fault, name: str) -> bool:
    """Return whether a fault is about a parameter: it stands at its name, or its code begins with it.

    >>> belongs(Fault("title-missing", "act file_proposal by ada", "''", "the title in words", "write it"), "title")
    True
    """
    return (
        fault.where == name
        or fault.where.endswith((f", {name}", f", {name}s"))
        or fault.code.rpartition("-")[0] == name
        or (name == "ballot" and fault.where.startswith("ballot"))
    )
