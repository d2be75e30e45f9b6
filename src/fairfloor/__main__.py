"""``python -m fairfloor`` is the command ``fairfloor``."""

import sys

from fairfloor.config.cli import main

sys.exit(main())
