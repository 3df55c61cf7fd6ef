"""``python -m newcourse``: the same as the command ``newcourse``."""

from newcourse.cli.app import main

if __name__ == "__main__":
    main()
