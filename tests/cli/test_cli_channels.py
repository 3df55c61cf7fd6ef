"""Standard output belongs to the program: what a library prints to it goes to standard error."""

import subprocess
import sys

PROGRAM = """
import os
from newcourse.cli.channels import keep_output_ours
keep_output_ours()
os.write(1, b"a library speaks\\n")
print("the program speaks")
"""


def test_a_library_cannot_speak_on_standard_output() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout == "the program speaks\n"
    assert "a library speaks" in done.stderr
