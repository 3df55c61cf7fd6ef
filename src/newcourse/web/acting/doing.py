"""Does an act for somebody who asked through the web: the only way from a request to the door."""

import secrets
from collections.abc import Mapping
from typing import Any, Final

from newcourse.acts.ask import Ask
from newcourse.acts.federation import Federation
from newcourse.acts.registry import ACTS
from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault, NotAllowed
from newcourse.record.entry import Entry, is_name
from newcourse.sources.examples import read_example
from newcourse.web import clock
from newcourse.web.acting.together import Signed, Together

WITHOUT_LOGIN: Final = {"cast_secret": "token holder"}
"""Acts that are done without sign-in, and who acts then: a token says that its holder may, and nothing says who."""

TOGETHER: Final = ("cast", "cast_secret")
"""Acts of which many come at once."""

LONG: Final = ("open_cycle", "make_variants", "file_proposal", "amend_proposal")
"""Acts that calculate for longer than a request should wait."""


class Doing:
    """Does acts on one federation.

    Parameters
    ----------
    federation
        The federation.
    """

    def __init__(self, federation: Federation) -> None:
        self.federation = federation
        self._together = Together(federation.record)

    def ask(self, act: str, member: str | None, what: Mapping[str, Any], key: str) -> Ask:
        """Return a request for an act by who is signed in, now.

        Raises
        ------
        NotAllowed
            If nobody is signed in and the act needs somebody.
        BadInput
            If there is no such act, or the key is none.
        """
        if act not in ACTS:
            raise BadInput(
                Fault("act-unknown", "acts", repr(act)[:80], f"one of {', '.join(ACTS)}", "name a known act")
            )
        if key and not is_name(key):
            raise BadInput(
                Fault("key-wrong", "key", repr(key)[:80], "1 to 200 printable characters", "send another key")
            )
        return Ask(act, actor_of(act, member), clock.now(), what, key or secrets.token_urlsafe(16))

    async def do(self, ask: Ask) -> Entry:
        """Do an act; when this returns, the entry is on disk."""
        if ask.act in TOGETHER:
            return (await self._together.perform(ask)).entry
        return await self._together.alone(ask)

    async def do_signed(self, ask: Ask) -> Signed:
        """Do an act, and sign the record for the receipt of its entry; when this returns, both are on disk."""
        if ask.act in TOGETHER:
            return await self._together.perform(ask)
        return await self._together.signed_alone(ask)

    def economy(self, named: str) -> Economy:
        """Return an economy by its address in the record, or by the name of an example."""
        return self.federation.economy(named) if named.startswith("sha256:") else read_example(named)


def actor_of(act: str, member: str | None) -> str:
    """Return who acts.

    Raises
    ------
    NotAllowed
        If nobody is signed in and the act needs somebody.
    """
    if act in WITHOUT_LOGIN:
        return WITHOUT_LOGIN[act]
    if member is None:
        where, expected = f"act {act}", "somebody who is signed in"
        raise NotAllowed(
            Fault("sign-in-needed", where, "nobody is signed in", expected, "sign in at /sign-in, then try again")
        )
    return member
