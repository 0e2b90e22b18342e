"""Entropy and KL divergence of long arrays beside SciPy and NumPy: `python benchmarks/information.py [--entries N]`.

All in one process and one thread, in turns, so that what else runs on the machine meets all of them; of the repetitions the
fastest counts, in time of the processor. Memory is the peak of what a call allocates beside its arguments. chainrule checks
every entry and the sums; scipy.stats.entropy divides by the sums; the others take the numbers as they are.
"""

import argparse
import os

os.environ.update(
    dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
)  # before NumPy starts them

import gc
import tracemalloc
from collections.abc import Callable, Mapping
from time import process_time

import numpy as np
from scipy.special import entr, rel_entr
from scipy.stats import entropy

import chainrule as cr

ENTRIES = 10_000_000
TURNS = 12
ALIKE = 1e-9  # relative, of the results

Calls = Mapping[str, Callable[[], float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--turns", type=int, default=TURNS)
    options = parser.parse_args()
    random = np.random.default_rng(0)
    p, q = (random.random(options.entries) + 1e-3 for _ in range(2))
    p, q = p / p.sum(), q / q.sum()
    print(f"{options.entries:,} entries in double precision, one thread, the fastest of {options.turns} turns")
    report(
        "entropy",
        {
            "chainrule": lambda: number(cr.info(p, quantities=["entropy"]).entropy),
            "scipy.stats.entropy": lambda: float(entropy(p)),
            "scipy.special.entr, sum": lambda: float(entr(p).sum()),
            "NumPy, -sum(p * log(p))": lambda: float(-np.sum(p * np.log(p))),
            "NumPy, -dot(p, log(p))": lambda: float(-np.dot(p, np.log(p))),
        },
        options.turns,
    )
    report(
        "KL divergence",
        {
            "chainrule": lambda: number(cr.info(p, q, quantities=["kl"]).kl),
            "scipy.stats.entropy": lambda: float(entropy(p, q)),
            "scipy.special.rel_entr, sum": lambda: float(rel_entr(p, q).sum()),
            "NumPy, sum(p * log(p / q))": lambda: float(np.sum(p * np.log(p / q))),
            "NumPy, dot(p, log(p / q))": lambda: float(np.dot(p, np.log(p / q))),
        },
        options.turns,
    )


def number(value: float | None) -> float:
    assert value is not None
    return value


def report(title: str, calls: Calls, turns: int) -> None:
    """Time, memory and the ratio to chainrule's of each. A result that is another one ends the program."""
    results = {name: call() for name, call in calls.items()}
    different = [name for name, value in results.items() if abs(value - results["chainrule"]) > ALIKE * abs(value)]
    if different:
        raise SystemExit(f"{title}: {', '.join(different)} and chainrule differ: {results}")
    seconds = fastest(calls, turns)
    print(f"\n{title:32}{'ms':>10}{'ratio':>8}{'peak, MB':>12}")
    for name, call in calls.items():
        ratio = seconds[name] / seconds["chainrule"]
        print(f"  {name:30}{seconds[name] * 1e3:10.1f}{ratio:8.2f}{peak(call) / 1e6:12.1f}", flush=True)


def fastest(calls: Calls, turns: int) -> dict[str, float]:
    best = dict.fromkeys(calls, float("inf"))
    for _ in range(turns):
        for name, call in calls.items():
            start = process_time()
            call()
            best[name] = min(best[name], process_time() - start)
    return best


def peak(call: Callable[[], float]) -> int:
    """Bytes."""
    gc.collect()
    tracemalloc.start()
    call()
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


if __name__ == "__main__":
    main()
