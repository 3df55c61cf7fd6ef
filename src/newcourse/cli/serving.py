"""Starts the web pages of a record.

Pages and command line are two faces, and neither is built on the other (design §3). So the pages are loaded by their
name when they are asked for, as a server loads any application.
"""

import socket
from importlib import import_module
from typing import Final

from newcourse.cli.output import say
from newcourse.errors import BadInput, Fault

PAGES: Final = "newcourse.web.app"
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


def serve_pages(where: str, at: socket.socket) -> None:
    """Serve the pages of a record until Ctrl-C, after printing their address."""
    import uvicorn

    from newcourse.record.store import open_record

    host, port = at.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    with open_record(where, make=False) as record:
        app = import_module(PAGES).create_app(record, warm=True)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        at.listen()  # whoever follows the address at once waits for the server, and is not refused
        say(f"The pages are at http://{shown}:{port}/ (Ctrl-C stops)")
        try:
            server.run(sockets=[at])
        except KeyboardInterrupt:
            say("Stopped.")


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
