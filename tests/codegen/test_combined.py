"""Several programs as one: run as a process, it prints what each of them computes."""

import subprocess
import sys
from pathlib import Path

from chainrule.codegen.combined import Part, combined

HALF = """import numpy as np


def _scaled(x):
    return 0.5 * x


def value(a, *, x=(2.0, 4.0)):
    return float(np.sum(_scaled(np.asarray(x)))) * a
"""
DOUBLE = """import math

import numpy as np


def _scaled(x):
    return 2.0 * x


def _root(x):
    return math.sqrt(_scaled(x))


def value(b=8.0):
    return _root(b)
"""
PLAIN = "def value(*, value=3.0):\n    return value\n"


def printed(text: str, after: str, folder: Path) -> list[str]:
    path = folder / "program.py"
    path.write_text(text + after)
    return subprocess.run([sys.executable, path], capture_output=True, text=True, check=True).stdout.splitlines()


def test_helpers_of_one_name_and_other_texts_are_told_apart(tmp_path: Path) -> None:
    text, parameters = combined([Part(HALF, {"a": "\\alpha", "x": "x"}, "f", "bits"), Part(DOUBLE, {"b": "b"}, "g")])
    assert parameters == {"a": "\\alpha", "b": "b"}
    assert printed(text, "\nmain(10, 8.0)\n", tmp_path) == ["f = 30.0 bits", "g = 4.0"]


def test_a_helper_that_two_share_stands_once(tmp_path: Path) -> None:
    text, parameters = combined([Part(HALF, {"a": "a", "x": "x"}, "f"), Part(HALF, {"a": "a", "x": "x"}, "g")])
    assert (text.count("def _scaled("), text.count("import numpy"), parameters) == (1, 1, {"a": "a"})
    assert printed(text, "\nmain(1)\n", tmp_path) == ["f = 3.0", "g = 3.0"]


def test_a_program_that_lacks_nothing_runs_by_itself(tmp_path: Path) -> None:
    text, parameters = combined([Part(PLAIN, {"value": "v"}, "it's", "nats"), Part(PLAIN, {"value": "v"}, "w")])
    assert parameters == {}
    assert printed(text, "", tmp_path) == ["it's = 3.0 nats", "w = 3.0"]


TABLE = """import math

import numpy as np


def _half(x):
    return 0.5 * x


_halves = np.vectorize(_half)


def log_p(u):
    return float(_halves(u)) + math.log(1.0)


def total():
    return log_p(OF)
"""


def test_values_that_functions_need_stay_behind_them(tmp_path: Path) -> None:
    other = TABLE.replace("0.5", "0.25")
    text, _ = combined([Part(TABLE.replace("OF", "4"), {}, "f"), Part(other.replace("OF", "4"), {}, "g")])
    assert printed(text, "", tmp_path) == ["f = 2.0", "g = 1.0"]
    again, _ = combined([Part(TABLE.replace("OF", "4"), {}, "f"), Part(TABLE.replace("OF", "6"), {}, "g")])
    assert again.count("_halves = ") == 1
    assert printed(again, "", tmp_path) == ["f = 2.0", "g = 3.0"]


def test_no_quantity_has_the_name_of_the_program_or_of_what_another_needs(tmp_path: Path) -> None:
    own = PLAIN.replace("def value", "def log_p")
    text, _ = combined([Part(TABLE.replace("OF", "4"), {}, "f"), Part(own, {"value": "v"}, "g")])
    assert printed(text, "", tmp_path) == ["f = 2.0", "g = 3.0"]
    text, _ = combined([Part(PLAIN.replace("def value", "def main"), {"value": "v"}, "f")])
    assert printed(text, "", tmp_path) == ["f = 3.0"]
