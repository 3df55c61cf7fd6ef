"""``newcourse serve``: the web pages of a record."""

from typing import Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.records import record_at
from newcourse.cli.serving import USUAL_PORT, listen, serve_pages


@answering
def serve(
    database: Annotated[
        str, typer.Argument(metavar="DATABASE", help="SQLite file, or an address such as postgresql://user@host/name.")
    ] = "newcourse-demo.sqlite",
    host: Annotated[str, typer.Option(help="Address to listen at; 0.0.0.0 lets other machines in.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen at; 0 for any that is free.")
    ] = USUAL_PORT,
) -> None:
    """Serve the web pages of a record: the plan, the variants, proposals, votes, and the record itself.

    The pages only read. Ctrl-C stops.

    ```
    newcourse serve newcourse-demo.sqlite
    newcourse serve postgresql://user@host/town --port 8080
    ```
    """
    record_at(database).close()
    serve_pages(database, listen(host, port))
