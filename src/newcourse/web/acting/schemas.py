"""The parameters of acts and their answers as JSON schemas, from the vocabulary: what OpenAPI says of them is true."""

from typing import Any, Final

from newcourse.acts.act import Act
from newcourse.acts.parameters import NAMING, PARAMETERS, Kind, Parameter
from newcourse.acts.reading import LONGEST_TEXT, LONGEST_WORDS, MOST_DAYS, MOST_TEXTS

_LINE: Final[dict[str, Any]] = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
_OBJECT: Final[dict[str, Any]] = {"type": "object"}
_ROWS: Final[dict[str, Any]] = {"type": "array", "items": _OBJECT}

_KINDS: Final[dict[Kind, dict[str, Any]]] = {
    "text": _LINE,
    "words": {"type": "string", "minLength": 1, "maxLength": LONGEST_WORDS},
    "number": {"type": "number"},
    "days": {"type": "integer", "minimum": 1, "maximum": MOST_DAYS},
    "flag": {"type": "boolean"},
    "choice": _LINE,
    "texts": {"type": "array", "maxItems": MOST_TEXTS, "items": _LINE},
    "data": {"anyOf": [_OBJECT, {"type": "array"}]},
    "ballot": {
        "type": "object",
        "description": "A ballot as plain data; its form is that of the vote's rule.",
        "required": ["form"],
        "properties": {"form": {"type": "string", "enum": ["ranked", "approval", "points", "allocation", "choice"]}},
    },
    "ballots": _ROWS,
    "economy": {"anyOf": [_LINE, _OBJECT]},
    "limits": _OBJECT,
    "changes": _ROWS,
    **dict.fromkeys(NAMING, _LINE),
}

_HASH: Final = {"type": "string", "pattern": "^[0-9a-f]{64}$"}

ENTRY: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Entry",
    "description": "What was written on the record.",
    "required": ["sequence", "at", "actor", "act", "body", "hash"],
    "properties": {
        "sequence": {"type": "integer", "minimum": 1},
        "at": {"type": "string", "format": "date-time"},
        "actor": {"type": "string"},
        "act": {"type": "string"},
        "body": {"type": "object"},
        "hash": _HASH,
    },
}
RECEIPT: Final[dict[str, Any]] = {
    "title": "Receipt",
    "description": "An inclusion proof (RFC 9162) of the entry; it names nobody. Null where the record signs nothing.",
    "anyOf": [
        {
            "type": "object",
            "required": ["entry", "index", "checkpoint", "proof"],
            "properties": {
                "entry": {"type": "string"},
                "index": {"type": "integer", "minimum": 0},
                "checkpoint": {"type": "string"},
                "proof": {"type": "array", "items": _HASH},
            },
        },
        {"type": "null"},
    ],
}
DONE: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Done",
    "required": ["entry", "receipt"],
    "properties": {
        "entry": {"$ref": "#/components/schemas/Entry"},
        "receipt": {"$ref": "#/components/schemas/Receipt"},
    },
}
JOB: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Job",
    "description": "Work in the background: ask again at its address until it is done or failed.",
    "required": ["id", "act", "state", "stage", "part", "entry", "faults"],
    "properties": {
        "id": {"type": "string"},
        "act": {"type": "string"},
        "state": {"type": "string", "enum": ["waiting", "running", "done", "failed"]},
        "stage": {"type": "string"},
        "part": {"type": "number", "minimum": 0, "maximum": 1},
        "entry": {"type": "integer", "description": "Number of the entry it led to; 0 before."},
        "faults": {"type": "array", "items": {"type": "object"}},
    },
}
MAY: Final[dict[str, Any]] = {
    "type": "object",
    "title": "May",
    "description": "Whether somebody may do an act, with the article that decides and the reason.",
    "required": ["allowed", "act", "actor", "article", "reason", "expected", "remedy"],
    "properties": {
        "allowed": {"type": "boolean"},
        **{name: {"type": "string"} for name in ("act", "actor", "article", "reason", "expected", "remedy")},
    },
}


def request_schema(act: Act) -> dict[str, Any]:
    """Return what a request for an act looks like."""
    names = (*act.needs, *act.takes)
    what = {
        "type": "object",
        "additionalProperties": False,
        "required": list(act.needs),
        "properties": {name: _parameter(PARAMETERS[name]) for name in names},
    }
    key = {
        "type": "string",
        "description": "Text by which you know this request: sent twice under one key, it is done once. "
        "The header Idempotency-Key says the same.",
        "minLength": 1,
        "maxLength": 200,
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["what"] if act.needs else [],
        "properties": {"what": what, "key": key},
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    words = f"{parameter.words}. {parameter.hint}".strip()
    return {**_KINDS[parameter.kind], "title": parameter.words, "description": words}
