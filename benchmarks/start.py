"""Wall time of cold starts, the median of several processes: `python benchmarks/start.py`."""

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

TIMES = 7
PROGRAM = str(Path(sys.executable).with_name("chainrule"))
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "chainrule --help": [PROGRAM, "--help"],
    "chainrule grad 'L = (y - sigmoid(w*x + b))^2' --wrt w": [PROGRAM, "grad", "L = (y - sigmoid(w*x + b))^2", "--wrt", "w"],
}


def seconds(command: list[str]) -> float:
    start = perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return perf_counter() - start


def main() -> None:
    for title, command in COMMANDS.items():
        times = [seconds(command) for _ in range(TIMES)]
        print(f"{median(times) * 1e3:8.0f} ms   {title}", flush=True)


if __name__ == "__main__":
    main()
