"""The command line: turns a line into a calculation or an act, and the result into a table or data (design §13).

- :mod:`newcourse.cli.app`: the program and its commands.
- :mod:`newcourse.cli.commands`: one file per command.
- :mod:`newcourse.cli.output`: text for people, data for programs.
- :mod:`newcourse.cli.demo`: the whole planning cycle on an example federation.
"""

from newcourse.cli.app import main

__all__ = ["main"]
