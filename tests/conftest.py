"""What holds for all tests."""

from hypothesis import settings

settings.register_profile("searchkit", deadline=None)  # the machines that run this are shared
settings.load_profile("searchkit")
