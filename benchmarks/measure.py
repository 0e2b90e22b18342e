"""One measurement in a process of its own, as JSON.

measure.py network TITLE SYSTEM
measure.py chain TITLE SYSTEM LENGTH
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from chains import CHAINS, SYSTEMS, Times
from networks import NETWORKS, OTHER

CACHE = str(Path(tempfile.gettempdir()) / "chainrule-benchmarks")
LIMIT = 60
"""Seconds after which a measurement is stopped."""

Found = Times | str


def network(title: str, system: str) -> Times:
    """Seconds by stage."""
    NETWORKS[OTHER[title]][system]()
    return NETWORKS[title][system]()


def chain(title: str, system: str, length: int) -> Times:
    """Seconds by stage, and the peak of memory in bytes."""
    SYSTEMS[system](CHAINS[title], 10)  # so that imports and first calls are not counted
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = SYSTEMS[system](CHAINS[title], length)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return times | {"bytes": float((after - before) * (1 if sys.platform == "darwin" else 1024))}


def in_a_process(python: str, *arguments: str) -> Found:
    """What one measurement gives there, or why there is none."""
    command = [python, str(Path(__file__)), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return f"more than {LIMIT} s"
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        return lines[-1][:70] if lines else f"ended by signal {-done.returncode}"
    return json.loads(done.stdout)


def in_processes(times: int, python: str, *arguments: str) -> Found:
    """The median of several, stage by stage."""
    found: list[Times] = []
    for _ in range(times):
        one = in_a_process(python, *arguments)
        if isinstance(one, str):
            return one
        found.append(one)
    return {stage: median(one[stage] for one in found) for stage in found[0]}


def has(python: str, module: str) -> bool:
    command = [python, "-c", f"import importlib.util, sys; sys.exit(importlib.util.find_spec({module!r}) is None)"]
    return subprocess.run(command, check=False).returncode == 0


def cold(command: list[str], times: int) -> Times | str:
    """The seconds of a process from its start to its end, by the clock and of the processor: medians of several.

    The first of them leaves its byte code behind, as an installation does, and is not counted.
    """
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    wall: list[float] = []
    processor: list[float] = []
    for _ in range(1 + times):
        start, before = perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env=environment | {"PYTHONPYCACHEPREFIX": CACHE}
        )
        wall.append(perf_counter() - start)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        if done.returncode:
            return (done.stderr.strip().splitlines() or ["failed"])[-1][:70]
    return {"wall": median(wall[1:]), "processor": median(processor[1:])}


if __name__ == "__main__":
    if sys.argv[1] == "network":
        print(json.dumps(network(sys.argv[2], sys.argv[3])))
    else:
        print(json.dumps(chain(sys.argv[2], sys.argv[3], int(sys.argv[4]))))
