"""Everything about people in one database, and how all of one person is handed out or erased."""

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, delete, select

from newcourse.people.accounts import About, Account, Accounts
from newcourse.people.challenges import Challenges
from newcourse.people.codes import Code, Codes, forget_codes
from newcourse.people.database import empty_log, engine_for, reading, writing
from newcourse.people.identities import Identities
from newcourse.people.migration import upgrade
from newcourse.people.passkeys import Passkeys
from newcourse.people.schema import ACCOUNTS, CHALLENGES, CODES, moment
from newcourse.people.secret import Chance
from newcourse.people.sessions import Sessions, Times
from newcourse.people.tokens import Tokens


def open_people(where: str | Path, *, chance: Chance = secrets.token_bytes, times: Times | None = None) -> "People":
    """Open a database of people, making or renewing its tables where needed.

    Parameters
    ----------
    where
        A path of an SQLite file of its own, or a URL; on PostgreSQL the tables are in the schema ``people``.
    chance
        Random bytes that nobody can foresee.
    times
        How long sessions last.

    Raises
    ------
    BadInput
        If this is no address of a database, or it was made by a newer version.
    NewCourseError
        If the database does not answer.
    """
    engine = engine_for(where)
    try:
        upgrade(engine)
    except BaseException:
        engine.dispose()
        raise
    return People(engine, chance, times or Times())


class People:
    """Accounts, and by what people prove who they are.

    Parameters
    ----------
    engine
        With its tables up to date; :func:`open_people` sees to it.
    chance
        Random bytes.
    times
        How long sessions last.
    """

    def __init__(self, engine: Engine, chance: Chance, times: Times) -> None:
        self._engine = engine
        self.accounts = Accounts(engine, chance)
        self.codes = Codes(engine, chance)
        self.challenges = Challenges(engine, chance)
        self.passkeys = Passkeys(engine, chance)
        self.identities = Identities(engine, chance)
        self.sessions = Sessions(engine, chance, times)
        self.tokens = Tokens(engine, chance)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write what is not written yet, and close all connections."""
        try:
            self.sessions.uses.write()
            self.tokens.uses.write()
        finally:
            self._engine.dispose()

    def account(self, member: str, at: datetime, about: About | None = None) -> Account:
        """Return the account of a member, made now where there is none: for who joined without these pages."""
        found = self.accounts.find(member)
        if found is None:
            found = Account(member, about or About(), self.accounts.handle(), at)
            self.accounts.make(found)
        return found

    def sign_up(self, key: str, account: Account, prove: Callable[[Connection], None], at: datetime) -> Code:
        """Sign somebody up by a code; see :meth:`newcourse.people.codes.Codes.sign_up`."""
        return self.codes.sign_up(key, account, prove, at)

    def export(self, member: str) -> dict[str, Any]:
        """Return everything personal that is known of a member, as plain data, without secrets.

        What they did as a member stands in the public record and is not repeated here.
        """
        account = self.accounts.find(member)
        if account is None:
            return {"member": member, "account": None}
        with reading(self._engine) as connection:
            rows = connection.execute(select(CODES).where((CODES.c.by == member) | (CODES.c.member == member))).all()
            sessions = self.sessions.all(member, account.made)
        return {
            "member": member,
            "account": {
                "name": account.about.name,
                "email": account.about.email,
                "language": account.about.language,
                "made": account.made.isoformat(),
                "joins": account.joins,
                "inviter": account.inviter,
            },
            "passkeys": [
                {"label": key.label, "made": _text(key.made), "used": _text(key.used), "credential": key.credential}
                for key in self.passkeys.all(member)
            ],
            "identities": [
                {"issuer": one.issuer, "subject": one.subject, "made": _text(one.made)}
                for one in self.identities.all(member)
            ],
            "sessions": [
                {"browser": one.agent, "begun": _text(one.made), "seen": _text(one.seen)} for one in sessions
            ],
            "tokens": [
                {"label": one.label, "made": _text(one.made), "used": _text(one.used)}
                for one in self.tokens.all(member)
            ],
            "codes": [
                {"kind": row.kind, "place": row.place, "by": row.by, "member": row.member, "made": _text(
                    moment(row.made))}
                for row in rows
            ],
        }  # fmt: skip

    def erase(self, member: str) -> bool:
        """Erase everything personal of a member; say whether there was an account.

        The record keeps what they did under their code, and still verifies; nothing here leads from the code to the
        person any more. Copies of this database that somebody made before are not reached.
        """
        with writing(self._engine) as connection:
            forget_codes(connection, member)
            connection.execute(delete(CHALLENGES))  # ceremonies under way may name anybody; they can be begun again
            there = connection.execute(delete(ACCOUNTS).where(ACCOUNTS.c.member == member)).rowcount > 0
        empty_log(self._engine)
        return there


def _text(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
