"""Write ``constraints.txt``: the exact versions that the tests were last passed with.

Run it with the oldest Python supported (3.11) from the root of a checkout::

    python3 scripts/pin.py

It makes an environment of its own, lets pip choose the newest versions that ``pyproject.toml`` allows, and writes them
down as bare ``name==version`` lines: no index address, no path, so that the file serves any machine.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[^\s@/]+")
HEADER = """\
# Exact versions for pip's -c option, made by scripts/pin.py with Python {version}.
# Only names and versions: no index addresses, no paths. Ranges and reasons: pyproject.toml, docs/reasons/.
"""


def pins(frozen: str) -> list[str]:
    """Return the lines of ``pip freeze`` that are bare pins, sorted; refuse any other.

    Raises
    ------
    ValueError
        A line names a path or an address, which would tie the file to one machine.
    """
    lines = [line for line in frozen.splitlines() if line.strip()]
    foreign = [line for line in lines if not PIN.fullmatch(line)]
    if foreign:
        raise ValueError(f"not a bare pin, so of no use elsewhere: {foreign}")
    return sorted(lines, key=str.lower)


def freeze() -> str:
    """Install the project with all its extras into a fresh environment and return what ``pip freeze`` says of it."""
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-e", f"{ROOT}[test,postgresql]"], check=True)
        command = [python, "-m", "pip", "freeze", "--exclude-editable"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main() -> None:
    """Write the file and say how many versions it pins."""
    lines = pins(freeze())
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    text = HEADER.format(version=version) + "\n".join(lines) + "\n"
    (ROOT / "constraints.txt").write_text(text, encoding="utf-8")
    print(f"constraints.txt: {len(lines)} versions")


if __name__ == "__main__":
    main()
