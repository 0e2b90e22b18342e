"""Many sheets at once: solved in processes of their own, their lines of JSON in the order of the sheets."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

from chainrule.cli.outcome import UNREADABLE, status
from chainrule.errors import ChainruleError

_AHEAD = 2
"""So many sheets a process are handed out before their turn, so that finished lines do not pile up behind a slow sheet."""
_SHEETS_A_PROCESS = 25
"""After so many a process is replaced, and what it keeps goes with it."""


@dataclass(frozen=True)
class Solved:
    """A line for standard output, or why there is none; and the exit status."""

    line: str
    message: str
    status: int


def solve_line(sheet: str, at: Mapping[str, str], unit: str | None, normalize: bool) -> Solved:
    """The solution of a file as a line of JSON."""
    from chainrule.documents.json import dumps
    from chainrule.pipeline import solve_sheet
    from chainrule.sheets.files import read_source
    from chainrule.solving.information.tasks import Measure

    try:
        solution = solve_sheet(read_source(sheet), at, measure=Measure(unit, normalize))
    except ChainruleError as error:
        return Solved("", str(error), UNREADABLE)
    return Solved(dumps(solution), "", status(solution))


def solve_lines(sheets: Sequence[str], jobs: int, solve: Callable[[str], Solved]) -> Iterator[Solved]:
    """What each sheet gives, in order. A sheet on which a process dies is lost alone."""
    done = 0
    while done < len(sheets):
        for solved in _until_broken(sheets[done:], jobs, solve):
            yield solved
            done += 1
        if done < len(sheets):
            sheet = sheets[done]
            died = Solved("", f"{sheet}: the process that solved it was ended, perhaps for lack of memory", UNREADABLE)
            yield next(_until_broken([sheet], 1, solve), died)
            done += 1


def _until_broken(sheets: Sequence[str], jobs: int, solve: Callable[[str], Solved]) -> Iterator[Solved]:
    """What each sheet gives, in order, up to the first that was not solved when a process died."""
    rest = iter(sheets)
    waiting: deque[Future[Solved]] = deque()
    # A process started afresh has no threads or locks of this one.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), max_tasks_per_child=_SHEETS_A_PROCESS)
    with pool:
        try:
            waiting.extend(pool.submit(solve, sheet) for sheet in islice(rest, _AHEAD * jobs))
            while waiting:
                yield waiting.popleft().result()
                waiting.extend(pool.submit(solve, sheet) for sheet in islice(rest, 1))
        except BrokenProcessPool:
            return
