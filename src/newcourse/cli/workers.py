"""Where long work is spread: the options that say so, and the way they mean."""

from typing import TYPE_CHECKING, Annotated

import typer

from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    from newcourse.workers.ways import Way

WorkersNumber = Annotated[
    int | None,
    typer.Option("--workers", min=1, help="Spread the work over so many processes of this machine."),
]

RayAddress = Annotated[
    str | None,
    typer.Option(
        "--ray", metavar="ADDRESS",
        help="Spread the work over a Ray cluster: auto, local or ray://HOST:PORT. Needs the extra ray. An address that "
        "does not answer takes Ray a minute or two to give up.",
    ),
]  # fmt: skip


def way_of(workers: int | None, ray: str | None) -> "Way":
    """Return where work is done: here unless one of the options says otherwise.

    Raises
    ------
    BadInput
        If both are given.
    """
    from newcourse.workers.ways import Here, Processes, Ray

    if workers is not None and ray is not None:
        expected, remedy = "one of the two", "leave one of them out"
        raise BadInput(Fault("workers-both", "--workers and --ray", "both", expected, remedy))
    if ray is not None:
        return Ray(ray)
    return Here() if workers is None else Processes(workers)
