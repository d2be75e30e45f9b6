"""Loaded before Django's settings: tests keep their data in a folder of their own."""

import os
import tempfile

os.environ["FAIRFLOOR_DATA"] = tempfile.mkdtemp(prefix="fairfloor-tests-")
os.makedirs(os.path.join(os.environ["FAIRFLOOR_DATA"], "static"))
os.environ["FAIRFLOOR_SECRET_KEY"] = "tests only " * 5
for name in ("FAIRFLOOR_URL", "FAIRFLOOR_HOSTS", "FAIRFLOOR_STATIC"):
    os.environ.pop(name, None)
# `make test` names a PostgreSQL database here for its second round.
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
else:
    os.environ.pop("DATABASE_URL", None)
