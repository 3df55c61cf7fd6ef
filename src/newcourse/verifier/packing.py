"""Writes the verifier as one file that Python runs: a zip of this room alone, the same bytes each time (PEP 441)."""

import zipfile
from pathlib import Path
from typing import Final

ROOM: Final = Path(__file__).resolve().parent
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_START: Final = "import sys\n\nfrom newcourse.verifier.program import main\n\nsys.exit(main())\n"
_PACKAGE: Final = '"""Holds the verifier, and nothing else of New Course."""\n'


def write_program(path: Path) -> None:
    """Write the program; nothing may be there yet."""
    contents = {"__main__.py": _START.encode(), "newcourse/__init__.py": _PACKAGE.encode()}
    for source in ROOM.rglob("*.py"):
        contents[f"newcourse/verifier/{source.relative_to(ROOM).as_posix()}"] = source.read_bytes()
    with path.open("xb") as file:
        file.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:
            for name in sorted(contents):
                info = zipfile.ZipInfo(name, _EPOCH)
                info.create_system, info.external_attr = 3, 0o644 << 16
                packed.writestr(info, contents[name])
    path.chmod(0o755)
