"""Progress of long work, on standard error; nothing of it is left when the work is done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from newcourse.cli.output import complaints

OnProgress = Callable[[str, float], None]


@contextmanager
def progress(title: str) -> Iterator[OnProgress]:
    """Show a bar while something long is done; on what is no terminal nothing is shown.

    Parameters
    ----------
    title
        What is being done.

    Yields
    ------
    callable
        To be told what is done now, and which part of the way that is.
    """
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    terminal = complaints()
    with Progress(*columns, console=terminal, transient=True, disable=not terminal.is_terminal) as shown:
        task = shown.add_task(title, total=1.0)

        def tell(stage: str, part: float) -> None:
            shown.update(task, description=f"{title}: {stage}", completed=part)

        yield tell
