"""Keeps standard output for what the program itself says.

The solver's library now and then prints a line of its own to the process's standard output, even when told to be
silent. A program that reads ``--json`` must not meet it there, so the library's lines go to standard error.
"""

import os
import sys


def keep_output_ours() -> None:
    """Send what libraries print to standard error; what Python prints still goes to standard output."""
    sys.stdout.flush()
    ours = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = os.fdopen(ours, "w", encoding=sys.stdout.encoding, errors=sys.stdout.errors, buffering=1)
