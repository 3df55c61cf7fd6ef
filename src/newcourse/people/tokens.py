"""Bearer tokens, with which a program acts for a member (RFC 6750); shown once, stored as a hash, revocable."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Engine, Row, delete, insert, select, update

from newcourse.people.accounts import Account, account_of
from newcourse.people.database import reading, writing
from newcourse.people.schema import ACCOUNTS, TOKENS, moment, seconds
from newcourse.people.secret import Chance, hashed, letters, long_secret, refusal

PREFIX: Final = "nc_"
LIFE: Final = timedelta(days=90)
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its name, whose it is, what for, since when, until when, last used."""

    token: str
    member: str
    label: str
    made: datetime
    expires: datetime
    used: datetime | None


class Tokens:
    """All tokens.

    Parameters
    ----------
    engine
        Of the database of people.
    chance
        Random bytes.
    """

    def __init__(self, engine: Engine, chance: Chance) -> None:
        self._engine = engine
        self._chance = chance

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
        theirs = select(TOKENS.c.token, TOKENS.c.used).where(TOKENS.c.hash == hashed(secret), TOKENS.c.expires > now)
        whose = select(ACCOUNTS).join(TOKENS).where(TOKENS.c.hash == hashed(secret))
        with reading(self._engine) as connection:
            token = connection.execute(theirs).one_or_none()
            account = connection.execute(whose).one_or_none()
        if token is None or account is None:
            return None
        if token.used is None or now >= token.used + 60:
            with writing(self._engine) as connection:
                connection.execute(update(TOKENS).where(TOKENS.c.token == token.token).values(used=now))
        return account_of(account)

    def all(self, member: str) -> tuple[Token, ...]:
        """Return the tokens of a member, the oldest first."""
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
