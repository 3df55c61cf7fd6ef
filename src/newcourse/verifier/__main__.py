"""``python -m newcourse.verifier BUNDLE``."""

import sys

from newcourse.verifier.program import main

sys.exit(main())
