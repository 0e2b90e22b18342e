"""Derivatives beside other systems, in one run: `python benchmarks/derive.py [--peers-python PATH]`.

Two networks, long chains, and the first result of a process that has just started. A system takes part where the Python that
runs this, or the one of `--peers-python`, can import it. Each measurement is a process of its own, after another one has
been made in it. Times are those of the processor, so that what else runs counts little. A ratio says how many times as long
as chainrule a system takes for a formula: differentiate and print.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from chains import CHAINS, SYSTEMS
from measure import Found, cold, has, in_a_process, in_processes
from networks import NETWORK, NETWORKS, SHAPES

TIMES = 3
LENGTHS = (10, 100, 1_000, 10_000, 100_000)
STAGES = ("build", "differentiate", "print", "gate")
DERIVED = ("build", "differentiate", "print")
CHAIN_STAGES = ("build", "differentiate", "evaluate", "print", "pickle")
PRINTS_FORMULAS = ("sympy", "tensorgrad", "pytensor")
COMMAND = str(Path(sys.executable).with_name("chainrule"))
COLD: dict[str, tuple[str, list[str]]] = {
    "chainrule, the command": ("chainrule", [COMMAND, "grad", "L = (y - sigmoid(w*x + b))^2", "--wrt", "w"]),
    "chainrule, in Python": (
        "chainrule",
        ["-c", f"import chainrule as cr; print(cr.parse({NETWORK!r}, shapes={SHAPES!r}).derivative('L', 'W_1').latex)"],
    ),
    **{f"{system}, two layers": (system, []) for system in PRINTS_FORMULAS},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers-python", default=sys.executable, metavar="PATH", help="a Python that has the other systems")
    parser.add_argument("--longest", type=int, default=LENGTHS[-1], help="the longest chain")
    options = parser.parse_args()
    pythons = {"chainrule": sys.executable}
    for system in dict.fromkeys([*SYSTEMS, *PRINTS_FORMULAS]):
        found = [python for python in (sys.executable, options.peers_python) if has(python, system)]
        if found:
            pythons[system] = found[0]
        elif system != "chainrule":
            print(f"{system} is not installed")
    for title in NETWORKS:
        report_network(title, pythons)
    report_chains(pythons, [length for length in LENGTHS if length <= options.longest])
    report_cold(pythons)


def report_network(title: str, pythons: dict[str, str]) -> None:
    systems = [system for system in NETWORKS[title] if system in pythons]
    found = {system: in_processes(TIMES, pythons[system], "network", title, system) for system in systems}
    print(f"\n{title}, ms{'':24}" + "".join(f"{stage:>14}" for stage in STAGES) + f"{'formula':>10}{'ratio':>8}")
    own = found["chainrule"]
    for system, times in found.items():
        if isinstance(times, str):
            print(f"  {system:34}{times}")
            continue
        stages = "".join(f"{times[stage] * 1e3:14.2f}" if stage in times else f"{'':14}" for stage in STAGES)
        ratio = "" if isinstance(own, str) else f"{formula(times) / formula(own):8.1f}"
        print(f"  {system:34}{stages}{formula(times) * 1e3:10.2f}{ratio}")
    if not isinstance(own, str):
        print_verdict(own, [formula(found[s]) for s in PRINTS_FORMULAS if not isinstance(found.get(s, ""), str)])


def formula(times: Found) -> float:
    """Seconds for a printed formula, without the gate."""
    return times["differentiate"] + times["print"] if not isinstance(times, str) else float("inf")


def print_verdict(own: Found, peers: Iterable[float]) -> None:
    fastest = min(peers, default=None)
    if fastest is not None:
        print(f"  {fastest / formula(own):.1f} times as fast as the fastest other system that prints a formula (the aim is 10)")
    if not isinstance(own, str):
        print(f"  the gate takes {own['gate'] / formula(own):.1f} times as long as the formula (the aim is 1)")


def report_chains(pythons: dict[str, str], lengths: list[int]) -> None:
    """Microseconds for each operation; growth is against the length before; the seconds are those of a printed derivative."""
    head = "".join(f"{stage:>14}" for stage in CHAIN_STAGES)
    for title in CHAINS:
        print(f"\n{title}, us an operation{'':10}{'N':>10}{head}{'total':>10}{'growth':>8}{'bytes':>8}{'seconds':>9}")
        for system in [system for system in SYSTEMS if system in pythons]:
            before = None
            for length in lengths:
                found = in_a_process(pythons[system], "chain", title, system, str(length))
                if isinstance(found, str):
                    print(f"  {system:30}{length:10,}  {found}", flush=True)
                    break  # a longer chain does no better
                total = sum(seconds for stage, seconds in found.items() if stage != "bytes")
                stages = "".join(f"{found[s] / length * 1e6:14.2f}" if s in found else f"{'':14}" for s in CHAIN_STAGES)
                growth = f"{total / length / before:8.2f}" if before else f"{'':8}"
                derived = sum(found.get(stage, 0.0) for stage in DERIVED) or total  # JAX builds while it differentiates
                numbers = f"{total / length * 1e6:10.2f}{growth}{found['bytes'] / length:8.0f}{derived:9.2f}"
                print(f"  {system:30}{length:10,}{stages}{numbers}", flush=True)
                before = total / length


def report_cold(pythons: dict[str, str]) -> None:
    print(f"\nfrom a process's start to its end, with one derivative, ms{'':2}wall   processor")
    for title, (system, arguments) in COLD.items():
        if system not in pythons:
            continue
        code = f"from networks import NETWORKS; NETWORKS['two layers'][{system!r}]()"
        command = arguments or ["-c", f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); {code}"]
        taken = cold(command if command[0] == COMMAND else [pythons[system], *command], TIMES)
        text = taken if isinstance(taken, str) else f"{taken['wall'] * 1e3:10.0f}{taken['processor'] * 1e3:12.0f}"
        print(f"  {title:34}{text}", flush=True)


if __name__ == "__main__":
    main()
