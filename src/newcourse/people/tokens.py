"""Bearer tokens, with which a program acts for a member (RFC 6750); shown once, stored as a hash, revocable."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Engine, Row, delete, insert, select

from newcourse.people.accounts import Account, account_of
from newcourse.people.database import reading, writing
from newcourse.people.keeping import Keeping
from newcourse.people.schema import ACCOUNTS, TOKENS, moment, seconds
from newcourse.people.secret import Chance, hashed, letters, long_secret, refusal
from newcourse.people.uses import EVERY, Uses

PREFIX: Final = "nc_"
LIFE: Final = timedelta(days=90)
MOST: Final = 20
_WITH_ACCOUNT: Final = select(TOKENS.c.token, TOKENS.c.used, ACCOUNTS).join(TOKENS)


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its name, whose it is, what for, since when, until when, last used."""

    token: str
    member: str
    label: str
    made: datetime
    expires: datetime
    used: datetime | None


class Tokens(Keeping):
    """All tokens."""

    def __init__(self, engine: Engine, chance: Chance) -> None:
        super().__init__(engine, chance)
        self.uses = Uses(engine, TOKENS.c.token, TOKENS.c.used)

    def make(self, member: str, label: str, at: datetime, life: timedelta = LIFE) -> str:
        """Make a token and return it; it cannot be shown again.

        Raises
        ------
        BadInput
            If the label is no name, or the member has too many tokens.
        """
        if not (label.strip() and label.isprintable() and len(label) <= 80):
            raise refusal("label-wrong", "token", ascii(label[:80]), "1 to 80 letters", "say what it is for")
        if len(self.all(member)) >= MOST:
            raise refusal("tokens-too-many", "token", f"{MOST} tokens", "fewer", "revoke one first")
        secret = PREFIX + long_secret(self._chance)
        row = {"token": letters(self._chance, 8), "member": member, "hash": hashed(secret), "label": label}
        with writing(self._engine) as connection:
            connection.execute(insert(TOKENS).values(**row, made=seconds(at), expires=seconds(at + life), used=None))
        return secret

    def find(self, secret: str, at: datetime) -> Account | None:
        """Return whose token this is, ``None`` where it is none or its time is over."""
        if not secret.startswith(PREFIX):
            return None
        now = seconds(at)
        this = _WITH_ACCOUNT.where(TOKENS.c.hash == hashed(secret), TOKENS.c.expires > now)
        with reading(self._engine) as connection:
            found = connection.execute(this).one_or_none()
        if found is None:
            return None
        last = self.uses.last(found.token, found.used)
        if last is None or now >= last + EVERY:
            self.uses.note(found.token, now)
        return account_of(found)

    def all(self, member: str) -> tuple[Token, ...]:
        """Return the tokens of a member, the oldest first."""
        self.uses.write()
        theirs = select(TOKENS).where(TOKENS.c.member == member).order_by(TOKENS.c.made, TOKENS.c.token)
        with reading(self._engine) as connection:
            return tuple(_token(row) for row in connection.execute(theirs))

    def revoke(self, member: str, token: str) -> bool:
        """Take a token away; say whether there was one."""
        theirs = delete(TOKENS).where(TOKENS.c.member == member, TOKENS.c.token == token)
        with writing(self._engine) as connection:
            return connection.execute(theirs).rowcount > 0


def _token(row: Row[Any]) -> Token:
    used = None if row.used is None else moment(row.used)
    return Token(row.token, row.member, row.label, moment(row.made), moment(row.expires), used)
