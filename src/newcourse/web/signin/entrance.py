"""What the doors of the pages know: accounts, the address of the pages, providers, and limits."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from newcourse.errors import BadInput, Fault
from newcourse.people.oidc import Provider
from newcourse.people.passkeys import Site
from newcourse.people.people import People
from newcourse.people.secret import Chance
from newcourse.web import clock
from newcourse.web.signin.rates import Limiter, Rates

THIS_MACHINE: Final = ("localhost", "127.0.0.1", "[::1]", "::1")


def _now() -> datetime:
    return clock.now()


@dataclass(frozen=True)
class Entrance:
    """What is needed so that people can sign in.

    Parameters
    ----------
    people
        Their accounts.
    origin
        Address of the pages as people type it, such as ``https://town.example``. Empty on one's own machine: there
        the address that was asked for counts, and no other is answered.
    providers
        OpenID providers.
    rates
        How often something may be asked.
    now, chance
        The clock, and random bytes.
    """

    people: People
    origin: str = ""
    providers: tuple[Provider, ...] = ()
    rates: Rates = field(default_factory=Rates)
    now: Callable[[], datetime] = _now
    chance: Chance = secrets.token_bytes

    def __post_init__(self) -> None:
        parts = urlsplit(self.origin)
        whole = f"{parts.scheme}://{parts.netloc}"
        if self.origin and (parts.scheme not in ("http", "https") or not parts.netloc or whole != self.origin):
            expected = "scheme and host only, such as https://town.example"
            raise BadInput(Fault("origin-wrong", "address of the pages", self.origin, expected, "correct it"))
        object.__setattr__(self, "limiter", Limiter(self.rates))

    limiter: Limiter = field(init=False)

    def origin_of(self, request: HTTPConnection) -> str:
        """Return the origin of the pages: the one set, or on this machine the one asked for.

        Raises
        ------
        BadInput
            If none is set and somebody asks from elsewhere: whoever names the host could choose it.
        """
        if self.origin:
            return self.origin
        asked = request.url
        if asked.hostname not in THIS_MACHINE:
            expected = "an address set by who serves these pages"
            remedy = "start the server with --address https://… as people type it"
            raise BadInput(Fault("origin-unset", "address of the pages", "none is set", expected, remedy))
        return f"{asked.scheme}://{asked.netloc}"

    def secure(self, request: HTTPConnection) -> bool:
        """Return whether cookies are for https only."""
        return (self.origin or str(request.url)).startswith("https://")

    def site(self, request: HTTPConnection, name: str) -> Site:
        """Return the site for which passkeys are made.

        Raises
        ------
        BadInput
            If the pages were asked for by a number: passkeys belong to names (Web Authentication, section 5.1.2).
        """
        site = Site(self.origin_of(request), name)
        if _is_number(site.party):
            named = site.origin.replace(site.party, "localhost").replace("[localhost]", "localhost")
            expected = "a name: passkeys know no numeric addresses"
            raise BadInput(Fault("origin-numeric", "address of the pages", site.origin, expected, f"open {named}"))
        return site


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def entrance_of(request: HTTPConnection) -> Entrance:
    """Return the entrance of the application that is asked."""
    found = request.app.state.entrance
    if not isinstance(found, Entrance):
        raise TypeError("this application has no accounts")
    return found
