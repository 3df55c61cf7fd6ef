"""Starts the web pages of a record.

Pages and command line are two faces, and neither is built on the other (design §3). So the pages are loaded by their
name when they are asked for, as a server loads any application.
"""

import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from newcourse.cli.output import say
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    from newcourse.record.store import Record

PAGES: Final = "newcourse.web.whole"
USUAL_PORT: Final = 8000


def listen(host: str, port: int | None) -> socket.socket:
    """Return a socket for the pages.

    Parameters
    ----------
    host
        Address to listen at.
    port
        Port; 0 for any that is free, ``None`` for the usual one or else any that is free.

    Raises
    ------
    BadInput
        If the port is taken or the address is none of this machine.
    """
    try:
        return _bound(host, USUAL_PORT if port is None else port)
    except OSError as error:
        if port is None:
            return _bound(host, 0)
        raise BadInput(
            Fault(
                "port-taken", f"{host}, port {port}", str(error), "an address and port that are free",
                "give another --port; 0 takes any that is free",
            )
        ) from None  # fmt: skip


@dataclass(frozen=True, slots=True)
class Accounts:
    """By what people sign in at pages.

    Parameters
    ----------
    people
        Where the accounts are; empty for pages that only read.
    address
        Address of the pages as people type it; empty on one's own machine.
    providers
        File of OpenID providers.
    """

    people: str = ""
    address: str = ""
    providers: Path | None = None


def serve_pages(where: str, at: socket.socket, accounts: Accounts | None = None, lab: Path | None = None) -> None:
    """Serve the pages of a record until Ctrl-C, after printing their address.

    Parameters
    ----------
    where
        The record.
    at
        Where to listen.
    accounts
        By what people sign in; accounts beside the record where this is left out.
    lab
        Folder of results of the laboratory to show.
    """
    import uvicorn

    from newcourse.people.database import beside
    from newcourse.people.oidc import read_providers
    from newcourse.record.store import open_record

    known = accounts or Accounts(beside(where))
    providers = read_providers(known.providers) if known.providers else ()
    host, port = at.getsockname()[:2]
    with open_record(where, make=False) as record:
        whole = import_module(PAGES).whole_app(record, where, known.people, known.address, providers, lab)
        with whole as app:
            server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
            at.listen()  # whoever follows the address at once waits for the server, and is not refused
            say(f"The pages are at {shown_address(host, port)}/ (Ctrl-C stops)")
            if known.people:
                _tell_setup(record, known, port)
            try:
                server.run(sockets=[at])
            except KeyboardInterrupt:
                say("Stopped.")


def shown_address(host: str, port: int) -> str:
    """Return the address of pages that listen at a host.

    >>> shown_address("127.0.0.1", 8000), shown_address("::1", 8000)
    ('http://127.0.0.1:8000', 'http://[::1]:8000')
    """
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _tell_setup(record: "Record", accounts: Accounts, port: int) -> None:
    """Print, once, where the first person signs up, as long as there is no federation and nobody has an account."""
    from newcourse.acts.memory import state_of
    from newcourse.people.people import open_people

    if state_of(record).statutes is not None:
        return
    with open_people(accounts.people) as people:
        if people.accounts.all():
            return
        code = people.codes.setup(datetime.now(UTC))
    address = accounts.address or f"http://localhost:{port}"
    say(f"There is no federation yet. Whoever founds it signs up, once, at {address}/invitation/{code}")


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # else asyncio leaves small packets waiting
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
    except OSError:
        made.close()
        raise
    return made
