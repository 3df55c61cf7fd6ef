"""``newcourse serve``: the web pages of a record."""

from pathlib import Path
from typing import Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.records import record_at
from newcourse.cli.serving import USUAL_PORT, Accounts, listen, serve_pages


@answering
def serve(
    database: Annotated[
        str, typer.Argument(metavar="DATABASE", help="SQLite file, or an address such as postgresql://user@host/name.")
    ] = "newcourse-demo.sqlite",
    host: Annotated[str, typer.Option(help="Address to listen at; 0.0.0.0 lets other machines in.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen at; 0 for any that is free.")
    ] = USUAL_PORT,
    people: Annotated[
        str, typer.Option(metavar="DATABASE", help="Where the accounts are; beside the record if left out.")
    ] = "",
    address: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help="Address of the pages as people type it, such as https://town.example; "
            "needed so that people on other machines can sign in.",
        ),
    ] = "",
    providers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="JSON file of OpenID providers: name, issuer, client and secret of each."),
    ] = None,
    lab: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Show the results in it: files of newcourse lab run or lab compare --out."),
    ] = None,
    new: Annotated[
        bool, typer.Option("--new", help="Make an empty record if there is none, to found a federation in.")
    ] = False,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Serve pages that nobody can sign in to or change anything at.")
    ] = False,
) -> None:
    """Serve the web pages of a record: councils, elections, votes, proposals, the plan, and the record itself.

    Members sign in by passkey and do there whatever the statutes let them. Where there is no federation yet, the
    address is printed at which the first person signs up to found it. Ctrl-C stops.

    ```
    newcourse serve newcourse-demo.sqlite
    newcourse serve town.sqlite --new
    newcourse serve newcourse-demo.sqlite --lab results
    newcourse serve postgresql://user@host/town --port 8080 --address https://town.example
    ```
    """
    from newcourse.people.database import beside
    from newcourse.record.store import open_record

    (open_record(database) if new else record_at(database)).close()
    accounts = Accounts("" if read_only else people or beside(database), address, providers)
    serve_pages(database, listen(host, port), accounts, lab)
