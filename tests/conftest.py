"""Settings of all tests."""

import os

from hypothesis import settings

# A machine may be slow for a while; and what is checked before a change lands must not depend on luck.
settings.register_profile("searchkit", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("searchkit")
os.environ["LANGUAGE"] = "en"  # tests read messages
