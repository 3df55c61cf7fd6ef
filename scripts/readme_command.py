"""Print a command of the README, so that whoever runs it runs what the README says.

The README carries exactly two blocks tagged ``sh``: the first installs and runs the main job, the second installs what
the tests need and passes the tests. ``python3 scripts/readme_command.py 2`` prints the second.
"""

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROMISED = 2


def commands(readme: str) -> list[str]:
    """Return the commands in the ``sh`` blocks of the README's text, in order.

    Raises
    ------
    ValueError
        The README does not hold exactly the two commands it promises.
    """
    found = [block.strip() for block in BLOCK.findall(readme)]
    if len(found) != PROMISED:
        raise ValueError(f"README.md holds {len(found)} blocks tagged sh, expected {PROMISED}")
    return found


def main() -> None:
    """Print the command whose number, from 1, is the first argument."""
    print(commands(README.read_text(encoding="utf-8"))[int(sys.argv[1]) - 1])


if __name__ == "__main__":
    main()
