"""Sessions: who is signed in at which browser, and for how long.

A session is a random number of 256 bits in a cookie; only its hash is stored. The number changes at every sign-in
and every few minutes; a number that was replaced is good for another minute, for requests already on their way, and
ends the whole session when it turns up later: then two have it (OWASP Session Management Cheat Sheet).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Engine, Row, delete, insert, select, update

from newcourse.people.accounts import Account, account_of
from newcourse.people.database import reading, writing
from newcourse.people.keeping import Keeping
from newcourse.people.schema import ACCOUNTS, SESSIONS, moment, seconds
from newcourse.people.secret import Chance, hashed, letters, long_secret
from newcourse.people.uses import EVERY, Uses

_LONGEST_AGENT: Final = 120


@dataclass(frozen=True, slots=True)
class Times:
    """How long sessions last.

    Parameters
    ----------
    idle
        After this long without a request a session is over.
    absolute
        After this long it is over in any case.
    rotation
        After this long its number is replaced.
    grace
        How long the replaced number is still good.
    """

    idle: timedelta = timedelta(hours=12)
    absolute: timedelta = timedelta(days=14)
    rotation: timedelta = timedelta(minutes=15)
    grace: timedelta = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Session:
    """One session.

    Parameters
    ----------
    session
        Its name, no secret.
    member
        Who is signed in.
    csrf
        What their forms must hold.
    agent
        What the browser calls itself.
    made, seen, expires
        When it was begun, last used, and is over at the latest.
    """

    session: str
    member: str
    csrf: str
    agent: str
    made: datetime
    seen: datetime
    expires: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """A session with its account, and its new number where that was replaced just now."""

    session: Session
    account: Account
    renewed: str | None = None


class Sessions(Keeping):
    """All sessions.

    Parameters
    ----------
    engine
        Of the database of people.
    chance
        Random bytes.
    times
        How long sessions last.
    """

    def __init__(self, engine: Engine, chance: Chance, times: Times) -> None:
        super().__init__(engine, chance)
        self.uses = Uses(engine, SESSIONS.c.session, SESSIONS.c.seen)
        self.times = times

    def begin(self, member: str, at: datetime, agent: str = "", instead: str = "") -> str:
        """Begin a session, always under a new number; return that number for the cookie.

        Parameters
        ----------
        member
            Who has signed in.
        at
            When.
        agent
            What the browser calls itself.
        instead
            Number of the session that the browser had before; it ends.
        """
        secret, now = long_secret(self._chance), seconds(at)
        row = {
            "session": letters(self._chance, 8),
            "member": member,
            "hash": hashed(secret),
            "csrf": long_secret(self._chance),
            "agent": "".join(letter for letter in agent if letter.isprintable())[:_LONGEST_AGENT],
            "made": now,
            "seen": now,
            "rotated": now,
            "expires": seconds(at + self.times.absolute),
        }
        with writing(self._engine) as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.expires <= now))
            if instead:
                known = (SESSIONS.c.hash == hashed(instead)) | (SESSIONS.c.previous == hashed(instead))
                connection.execute(delete(SESSIONS).where(known))
            connection.execute(insert(SESSIONS).values(**row))
        return secret

    def find(self, secret: str, at: datetime) -> Found | None:
        """Return the session of a number, with a new number where it is time for one; ``None`` where it is over."""
        number = hashed(secret)
        this = select(SESSIONS).where((SESSIONS.c.hash == number) | (SESSIONS.c.previous == number))
        with reading(self._engine) as connection:
            row = connection.execute(this).one_or_none()
            if row is None:
                return None
            whose = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.member == row.member)).one()
        now, times = seconds(at), self.times
        seen = self.uses.last(row.session, row.seen) or row.seen
        late = row.previous == number and row.rotated + times.grace.total_seconds() < now
        if late or now >= row.expires or now >= seen + times.idle.total_seconds():
            self.end(row.member, row.session)
            return None
        renewed = None
        if row.hash == number and now >= row.rotated + times.rotation.total_seconds():
            renewed = self._rotate(number, now)
        elif now >= seen + EVERY:
            self.uses.note(row.session, now)
        return Found(_session(row), account_of(whose), renewed)

    def all(self, member: str, at: datetime) -> tuple[Session, ...]:
        """Return the sessions of a member that are not over, the one used last first."""
        self.uses.write()
        idle = seconds(at - self.times.idle)
        theirs = select(SESSIONS).where(
            SESSIONS.c.member == member, SESSIONS.c.expires > seconds(at), SESSIONS.c.seen > idle
        )
        with reading(self._engine) as connection:
            return tuple(_session(row) for row in connection.execute(theirs.order_by(SESSIONS.c.seen.desc())))

    def end(self, member: str, session: str = "") -> int:
        """End one session of a member, or all of them; return how many."""
        theirs = delete(SESSIONS).where(SESSIONS.c.member == member)
        if session:
            theirs = theirs.where(SESSIONS.c.session == session)
        with writing(self._engine) as connection:
            return connection.execute(theirs).rowcount

    def _rotate(self, number: str, now: int) -> str | None:
        """Replace the number; ``None`` where another request has done so meanwhile."""
        secret = long_secret(self._chance)
        this = update(SESSIONS).where(SESSIONS.c.hash == number)
        with writing(self._engine) as connection:
            changed = connection.execute(this.values(hash=hashed(secret), previous=number, rotated=now, seen=now))
        return secret if changed.rowcount == 1 else None


def _session(row: Row[Any]) -> Session:
    times = (moment(row.made), moment(row.seen), moment(row.expires))
    return Session(row.session, row.member, row.csrf, row.agent, *times)
