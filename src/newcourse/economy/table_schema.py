"""What a table and a column of it are, before anything is said of economies (design §5.2)."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "number", "integer", "boolean"]


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table.

    Parameters
    ----------
    name
        Column header.
    meaning
        What the column says, in one sentence, with its unit.
    kind
        ``text``, ``number`` (64-bit float), ``integer`` or ``boolean``.
    default
        What an absent column or an empty cell means; ``None`` where it must be given.
    refers_to
        Table whose key the value must be found in, if any. An empty text refers to nothing.
    minimum
        Least value allowed, if any.
    words
        The only texts allowed, if not any.
    """

    name: str
    meaning: str
    kind: Kind = "text"
    default: str | float | bool | None = None
    refers_to: str | None = None
    minimum: float | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table: its fields, the first ``keys`` of which name a row.

    Parameters
    ----------
    name
        Name of the table and of its file.
    meaning
        What one row says.
    keys
        How many of the first fields make up the key.
    fields
        The columns in order.
    required
        Whether an economy without any row of it is impossible.
    """

    name: str
    meaning: str
    keys: int
    fields: tuple[Field, ...] = field(default=())
    required: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the key fields."""
        return tuple(f.name for f in self.fields[: self.keys])

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all fields in order."""
        return tuple(f.name for f in self.fields)
