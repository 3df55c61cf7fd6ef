"""How often something may be asked, so that nobody can guess codes or fill the record."""

import math
import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from limits import parse
from limits.storage import MemoryStorage, Storage
from limits.strategies import MovingWindowRateLimiter

from newcourse.errors import Fault, NewCourseError


@dataclass(frozen=True, slots=True)
class Rates:
    """Limits, in the words of the library ``limits``; several are joined by semicolons.

    Parameters
    ----------
    sign_in
        Ceremonies of sign-in, by address.
    codes
        Invitations, the setup code and sign-in links, by address.
    casts
        Ballots cast without login, by address; a workplace may have one address for all.
    acts
        Everything else that changes something, by member.
    """

    sign_in: str = "60/minute"
    codes: str = "60/minute;1000/day"
    casts: str = "300/minute"
    acts: str = "120/minute"


class TooOften(NewCourseError):
    """Something is asked too often; nothing was done.

    Parameters
    ----------
    fault
        What.
    seconds
        After how long it may be asked again.
    """

    def __init__(self, fault: Fault, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(fault)


class Limiter:
    """Counts who asks for what.

    Parameters
    ----------
    rates
        The limits.
    storage
        Where it is counted; in this process unless several servers share a store.
    """

    def __init__(self, rates: Rates, storage: Storage | None = None) -> None:
        self._strategy = MovingWindowRateLimiter(storage or MemoryStorage())
        self._limits = {
            name: tuple(parse(text) for text in getattr(rates, name).split(";"))
            for name in ("sign_in", "codes", "casts", "acts")
        }

    def require(self, kind: str, who: str) -> None:
        """Count one more.

        Raises
        ------
        TooOften
            If that is too many.
        """
        for limit in self._limits[kind]:
            if not self._strategy.hit(limit, kind, who):
                reset = self._strategy.get_window_stats(limit, kind, who).reset_time
                seconds = max(1, math.ceil(reset - time.time()))
                found = f"more than {limit.amount} such requests in one {limit.GRANULARITY.name}"
                raise TooOften(
                    Fault("too-many-requests", "this request", found, "fewer", f"try again in {seconds} seconds"),
                    seconds,
                )


def address_of(client: tuple[str, int] | list[object] | None) -> str:
    """Return by what a client is counted: its address, or its network where it has many addresses (IPv6, /64).

    >>> address_of(("192.0.2.7", 4711)), address_of(("2001:db8::1", 1)), address_of(None)
    ('192.0.2.7', '2001:db8::', 'unknown')
    """
    if not client:
        return "unknown"
    host = str(client[0])
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False).network_address)
    return host
