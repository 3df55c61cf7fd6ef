"""The vocabulary of parameters: every name that an act takes, what kind of thing it is, and what it is called.

A parameter has the same meaning in every act, so it is said once. Forms, the interface for programs and the command
line are made from this list; a name that is not here cannot be a parameter (the tests hold the acts to it).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, get_args

_Naming = Literal[
    "person",
    "place",
    "body",
    "vote",
    "election",
    "mandate",
    "proposal",
    "comment",
    "tendency",
    "petition",
    "draft",
]
Kind = Literal[
    _Naming,
    "text",
    "words",
    "number",
    "days",
    "flag",
    "choice",
    "texts",
    "data",
    "ballot",
    "ballots",
    "economy",
    "limits",
    "changes",
]
"""What a parameter can be: ``words`` is a long text, ``texts`` a list of short ones, ``data`` any plain data."""

NAMING: Final[tuple[Kind, ...]] = get_args(_Naming)
"""The kinds that name a thing of the federation by its code."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter.

    Parameters
    ----------
    name
        Its name in requests.
    kind
        What kind of thing it is.
    words
        What it is called, in words: the label of its field.
    hint
        What people must know to fill it in; empty where the label says all.
    choices
        What can be chosen, as word and meaning, where the kind is ``choice`` and the words are the same everywhere.
    """

    name: str
    kind: Kind
    words: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()


_JSON: Final = "As JSON."
_HEX: Final = "Hexadecimal digits, made on your own device."

_LIST: Final = (
    Parameter("about", "text", "What it is about", "The code of a vote, a proposal, a body or a comment."),
    Parameter(
        "answer",
        "choice",
        "Answer",
        "What the body answers to those who proposed it.",
        (("accepted", "Accepted"), ("partly", "Accepted in part"), ("declined", "Declined")),
    ),
    Parameter("ballot", "ballot", "Your ballot"),
    Parameter("ballots", "ballots", "Ballots on paper", "One ballot on each line, as JSON."),
    Parameter("blinded", "text", "Blinded message", _HEX),
    Parameter("body", "body", "Body"),
    Parameter("changes", "changes", "Changes", "The structured changes, a list as JSON."),
    Parameter("choice", "text", "Instruction", "What the delegates are to do: for, against, or whom to rank first."),
    Parameter("comment", "comment", "Comment"),
    Parameter(
        "commitment",
        "text",
        "Hash of your secret line",
        "Needed where a tie would be settled by lot: the SHA-256 of a line that only you know, 64 hexadecimal digits.",
    ),
    Parameter("council", "body", "Council"),
    Parameter("days", "days", "Days", "A whole number of days."),
    Parameter("decision", "text", "Kind of decision", "Its name in the statutes."),
    Parameter("draft", "draft", "Draft of statutes"),
    Parameter("economy", "economy", "Economy", "The name of an example, or the address of an economy in the record."),
    Parameter("election", "election", "Election"),
    Parameter("evidence", "words", "Evidence", "What shows it, without private details: the record is public."),
    Parameter("founders", "texts", "Founders", "One on each line."),
    Parameter("group", "text", "Group of needs"),
    Parameter(
        "groups", "texts", "Groups you belong to", "Those that quotas are about, one on each line. They are public."
    ),
    Parameter("guaranteed", "texts", "Guaranteed needs", "Codes of needs whose minimum is promised, one on each line."),
    Parameter("into", "proposal", "Merged into"),
    Parameter("level", "text", "Level", "Such as district or region."),
    Parameter("limits", "limits", "Limits of the plan", "One on each line, such as periods = 5."),
    Parameter("mandate", "mandate", "Mandate"),
    Parameter(
        "members",
        "data",
        "First members",
        "One on each line: the person's code, an equals sign, the code of their place. Left empty after the sign, they "
        "belong to the whole; people and places can be added afterwards.",
    ),
    Parameter("minimum", "number", "Minimum", "What must be there in any case, in units of the product."),
    Parameter("name", "text", "Name"),
    Parameter("need", "text", "Need", "Its code."),
    Parameter("parent", "place", "Place above it"),
    Parameter("person", "person", "Person"),
    Parameter("petition", "petition", "Petition"),
    Parameter("place", "place", "Place"),
    Parameter("platform", "words", "Platform", "What the tendency stands for."),
    Parameter("product", "text", "Product", "Its code in the economy."),
    Parameter("proposal", "proposal", "Proposal"),
    Parameter("question", "text", "Question", "What is asked, on one line."),
    Parameter("reason", "words", "Reason"),
    Parameter("reasons", "words", "Reasons"),
    Parameter("salt", "text", "Salt", _HEX),
    Parameter("seats", "data", "Delegates by place", f"A list of people for each place. {_JSON}"),
    Parameter("secret", "text", "Your secret line", "The line whose hash was published at the opening."),
    Parameter("signature", "text", "Signature of the token", _HEX),
    Parameter("statement", "words", "Statement"),
    Parameter("statutes", "data", "Statutes", f"Left out, the usual ones. {_JSON}"),
    Parameter("target", "number", "Target", "What would meet the need in full, in units of the product."),
    Parameter("tendency", "tendency", "Tendency"),
    Parameter("title", "text", "Title"),
    Parameter("token", "text", "Token", _HEX),
    Parameter("upheld", "flag", "The complaint is upheld"),
    Parameter("variant", "text", "Variant"),
    Parameter("vote", "vote", "Vote"),
    Parameter("words", "words", "What you say"),
)

PARAMETERS: Final[Mapping[str, Parameter]] = MappingProxyType({parameter.name: parameter for parameter in _LIST})
"""Every parameter of every act, by name."""
