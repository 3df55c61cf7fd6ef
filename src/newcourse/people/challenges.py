"""Ceremonies under way: what was asked of a browser, kept here until it answers, and answered once."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, insert, select

from newcourse.errors import BadInput
from newcourse.people.database import writing
from newcourse.people.keeping import Keeping
from newcourse.people.schema import CHALLENGES, seconds
from newcourse.people.secret import hashed, long_secret, refusal

LIFE: Final = timedelta(minutes=10)


class Challenges(Keeping):
    """All ceremonies under way."""

    def begin(self, kind: str, data: Mapping[str, Any], at: datetime) -> str:
        """Keep what a ceremony needs at its end; return the secret that the browser brings back in a cookie."""
        secret = long_secret(self._chance)
        row = {"hash": hashed(secret), "kind": kind, "data": json.dumps(dict(data)), "expires": seconds(at + LIFE)}
        with writing(self._engine) as connection:
            connection.execute(delete(CHALLENGES).where(CHALLENGES.c.expires <= seconds(at)))
            connection.execute(insert(CHALLENGES).values(**row))
        return secret

    def end(self, kind: str, secret: str, at: datetime) -> dict[str, Any]:
        """Return what was kept and forget it, whatever comes of the ceremony: the same answer never counts twice.

        Raises
        ------
        BadInput
            If no such ceremony is under way.
        """
        this = CHALLENGES.c.hash == hashed(secret)
        with writing(self._engine) as connection:
            row = connection.execute(select(CHALLENGES).where(this)).one_or_none()
            gone = connection.execute(delete(CHALLENGES).where(this)).rowcount
        if row is None or gone != 1 or row.kind != kind or row.expires <= seconds(at):
            raise _none()
        data: dict[str, Any] = json.loads(row.data)
        return data


def _none() -> BadInput:
    found = "an answer to something that was not asked, was answered, or was asked too long ago"
    return refusal("ceremony-over", "sign-in", found, "an answer within ten minutes, once", "begin again")
