"""Property tests here are about results, not about how busy the machine is."""

from hypothesis import settings

settings.register_profile("vote", deadline=None)
settings.load_profile("vote")
