"""What somebody asks to be done (design §2, act)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from newcourse.economy.economy import Economy
from newcourse.record.canonical import canonical_json, digest


@dataclass(frozen=True, slots=True)
class Ask:
    """An act, who asks for it, when, and with what.

    Parameters
    ----------
    act
        Name of the act.
    actor
        Who asks. Faces pass who is signed in; never what a request claims.
    at
        When, with a time zone.
    what
        The parameters of the act by name.
    key
        Text by which the actor knows this request: sent twice under one key it is done once. Empty: no key.
    """

    act: str
    actor: str
    at: datetime
    what: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "what", MappingProxyType(dict(self.what)))

    @property
    def where(self) -> str:
        """The place of a fault in this request."""
        return f"act {self.act} by {self.actor}"

    def get(self, name: str, default: Any = None) -> Any:
        """Return a parameter, or the default where it was left out."""
        value = self.what.get(name)
        return default if value is None else value

    def fingerprint(self) -> str:
        """Return the hash of act and parameters: the same request, the same hash."""
        return digest(canonical_json({"act": self.act, "what": as_plain(self.what)}))


def as_plain(value: object) -> object:
    """Return a parameter as plain data; an economy by its fingerprint."""
    if isinstance(value, Economy):
        return value.fingerprint
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): as_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(str(item) for item in value)
    to_data = getattr(value, "to_data", None)
    return as_plain(to_data()) if callable(to_data) else value
