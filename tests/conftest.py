"""What all tests share: JAX on the CPU in double precision, and hypothesis without deadlines."""

import os

from hypothesis import settings

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["JAX_ENABLE_X64"] = "1"

# In continuous integration the same examples are drawn each time; elsewhere new ones are.
settings.register_profile("chainrule", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("chainrule")
