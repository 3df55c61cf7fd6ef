"""Progress of long work, on standard error; nothing of it is left when the work is done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from newcourse.cli.output import complaints

OnProgress = Callable[[str, float], None]

_TOLD_AFTER = 3.0
"""Seconds after which the time that is left is guessed."""


def left(elapsed: float | None, part: float) -> str:
    """Return about how much time is left, as if the rest went as fast as what is done; nothing where nobody can say.

    >>> left(60, 0.25), left(1.0, 0.5), left(60, 0.0), left(7200, 0.5)
    ('about 3:00 left', '', '', 'about 2:00:00 left')
    """
    if elapsed is None or elapsed < _TOLD_AFTER or not 0.01 <= part < 1:
        return ""
    minutes, seconds = divmod(round(elapsed * (1 - part) / part), 60)
    hours, minutes = divmod(minutes, 60)
    return f"about {hours}:{minutes:02}:{seconds:02} left" if hours else f"about {minutes}:{seconds:02} left"


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
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
    from rich.text import Text

    class TimeLeft(ProgressColumn):
        """About how much time is left."""

        def render(self, task: Task) -> Text:
            return Text(left(task.elapsed, task.percentage / 100))

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        TimeLeft(),
    )
    terminal = complaints()
    with Progress(*columns, console=terminal, transient=True, disable=not terminal.is_terminal) as shown:
        task = shown.add_task(title, total=1.0)

        def tell(stage: str, part: float) -> None:
            shown.update(task, description=f"{title}: {stage}", completed=part)

        yield tell
