"""Time and memory of differentiating long chains, a node at a time, beside other systems: `python benchmarks/derive.py`.

Where time grows linearly, the growth column (time per node against that of the size before) stays near 1. Each line is a
process of its own, so that the memory peak is its own, too; what takes longer than the limit is stopped.
"""

import json
import resource
import subprocess
import sys
from importlib.util import find_spec

from chains import CHAINS, SYSTEMS

LENGTHS = (1_000, 10_000, 100_000)
LIMIT = 20
STAGES = ("build", "differentiate", "evaluate", "print", "pickle")


def measure(system: str, chain: str, length: int) -> dict[str, float]:
    """Microseconds per operation of the chain by stage, and the peak of memory in bytes per operation."""
    SYSTEMS[system](CHAINS[chain], 100)  # so that imports and first calls are not counted
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = SYSTEMS[system](CHAINS[chain], length)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unit = 1 if sys.platform == "darwin" else 1024
    per_node = {stage: seconds / length * 1e6 for stage, seconds in times.items()}
    return per_node | {"bytes": (after - before) * unit / length}


def in_a_process(system: str, chain: str, length: int) -> dict[str, float] | str:
    """The measurement, or why there is none."""
    if find_spec(system) is None:
        return "not installed"
    command = [sys.executable, __file__, system, chain, str(length)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return f"more than {LIMIT} s"
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        return lines[-1][:60] if lines else f"ended by signal {-done.returncode}"
    return json.loads(done.stdout)


def row(found: dict[str, float], before: dict[str, float] | str | None) -> str:
    stages = [f"{found[stage]:9.2f}" if stage in found else f"{'':9}" for stage in STAGES]
    every = total(found)
    growth = f"{every / total(before):7.2f}" if isinstance(before, dict) else f"{'':7}"
    return "".join([*stages, f"{every:9.2f}", growth, f"{found['bytes']:9.0f}"])


def total(found: dict[str, float]) -> float:
    return sum(value for stage, value in found.items() if stage != "bytes")


def main() -> None:
    titles = "".join(f"{title:>9}" for title in ("build", "differ.", "evaluate", "print", "pickle", "total"))
    print(
        f"microseconds per operation of the chain{'':9}growth: against the size before{'':6}bytes: memory peak per operation\n"
    )
    for chain in CHAINS:
        print(f"{chain + ':':30}{titles} growth    bytes")
        for system in SYSTEMS:
            before = None
            for length in LENGTHS:
                found = in_a_process(system, chain, length)
                text = found if isinstance(found, str) else row(found, before)
                print(f"  {system:16}{length:9,}   {text}", flush=True)
                if isinstance(found, str):
                    break  # a longer chain does no better
                before = found
        print()


if __name__ == "__main__":
    if len(sys.argv) == 4:
        print(json.dumps(measure(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
    else:
        main()
