"""Time to read formulas: `python benchmarks/read.py`.

First every formula of the fixtures in tests/syntax and tests/cases, then texts of growing length: the time for each line in
them must stay the same.
"""

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))

from chainrule.inference.vocabulary import vocabulary
from chainrule.source import Source, Span
from chainrule.syntax.parser import parse_statements
from chainrule.syntax.tokens import Notation
from tests.syntax import test_latex, test_plain

Formula = tuple[Span, Notation]

TIMES = 5
LINE = r"L = -\frac{1}{n} \sum_{i=1}^n y_i \log \hat y_i + \lambda \|W^{(1)}\|_F^2, \quad h = \tanh(W_{xh} x + b_h) \\ "
GROWTH = (1, 10, 100, 1000)


def fixtures() -> list[Formula]:
    """The formulas of the tables in tests/syntax, and the texts of tests/cases."""
    latex = [text for table in test_latex.TABLES for text, _ in test_latex.rows(table)]
    plain = [text for table in (test_plain.PLAIN, test_plain.UNICODE) for text, _ in test_plain.rows(table)]
    for path in sorted((Path(__file__).parent.parent / "tests" / "cases").glob("[0-9]*.md")):
        blocks = re.findall(r"```(latex|plain)\n(.*?)\n```", path.read_text(encoding="utf-8"), re.DOTALL)
        latex += [text for notation, text in blocks if notation == "latex"]
        plain += [text for notation, text in blocks if notation == "plain"]
    pairs: list[tuple[str, Notation]] = [*((text, "latex") for text in latex), *((text, "plain") for text in plain)]
    return [(Source("text", text).span(), notation) for text, notation in pairs]


def milliseconds(formulas: Sequence[Formula]) -> float:
    """For one formula, the best of several runs."""
    return best(lambda: [parse_statements(span, vocabulary(), notation) for span, notation in formulas]) / len(formulas)


def best(run: Callable[[], object]) -> float:
    times: list[float] = []
    for _ in range(TIMES):
        start = perf_counter()
        run()
        times.append(perf_counter() - start)
    return min(times) * 1e3


def main() -> None:
    formulas = fixtures()
    length = sum(len(span.text) for span, _ in formulas) / len(formulas)
    typical = [each for each in formulas if 30 <= len(each[0].text) <= 50]
    print(f"{milliseconds(formulas):8.3f} ms   a fixture, of {len(formulas)} with {length:.0f} characters on average")
    print(f"{milliseconds(typical):8.3f} ms   a fixture of 30 to 50 characters, of {len(typical)}")
    for count in GROWTH:
        text = Source("text", LINE * count).span()
        print(
            f"{milliseconds([(text, 'latex')]) / count:8.3f} ms   a line of {len(LINE)} characters, in a text of {count}",
            flush=True,
        )


if __name__ == "__main__":
    main()
