"""What all tests share: JAX in double precision, hypothesis without deadlines, and mistakes of the program that are raised."""

import os

import pytest
from hypothesis import settings

from chainrule import pipeline
from chainrule.errors import ChainruleError

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["JAX_ENABLE_X64"] = "1"

# In continuous integration the same examples are drawn each time; elsewhere new ones are.
settings.register_profile("chainrule", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("chainrule")


@pytest.fixture(autouse=True)
def mistakes_are_raised(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception that is no ChainruleError fails the test, where a person would get the error `internal-error`."""
    said = pipeline._said

    def raised(fault: Exception) -> ChainruleError:
        if not isinstance(fault, ChainruleError):
            raise fault
        return said(fault)

    if request.node.get_closest_marker("mistakes_are_said") is None:
        monkeypatch.setattr(pipeline, "_said", raised)
