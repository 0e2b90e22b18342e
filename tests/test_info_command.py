"""`chainrule info`: its lines, its JSON, its exit status. The numbers are found by hand."""

import json
import math
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

from chainrule.cli import commands

PAGE = Path(__file__).parent.parent / "docs" / "data.md"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("p.csv").write_text("word,count\nA,4\nB,2\nC,2\n", encoding="utf-8")
    Path("q.csv").write_text("word,p\nB,0.5\nA,0.5\n", encoding="utf-8")
    Path("both.csv").write_text("p,q\n0.5,0.25\n0.5,0.75\n", encoding="utf-8")
    Path("joint.json").write_text("[[0.5, 0], [0.25, 0.25]]", encoding="utf-8")


def info(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["info", *arguments])


def test_the_page() -> None:
    result = info("p.csv", "q.csv", "--unit", "bits")
    assert result.exit_code == 0
    assert [line.rstrip() for line in result.stdout.splitlines()] == [
        "P: p.csv, column count: counts, divided by their sum 8; 3 outcomes, 3 of positive probability",
        "Q: q.csv, column p: probabilities; 3 outcomes, 2 of positive probability",
        "not in q.csv, so of probability 0 there: C",
        "",
        "entropy                      H(P)           1.5 bits",
        "                             H(Q)           1 bit",
        "cross-entropy                H(P, Q)        infinite: C has P > 0 and Q = 0",
        "                             H(Q, P)        1.5 bits",  # 1/2 (1) + 1/2 (2)
        "Kullback-Leibler divergence  D_KL(P || Q)   infinite: C has P > 0 and Q = 0",
        "                             D_KL(Q || P)   0.5 bits",
        "Jensen-Shannon divergence    JSD(P || Q)    0.155639 bits",  # H(M) - (3/2 + 1)/2, M = (1/2, 3/8, 1/8)
        "total variation distance     TV(P, Q)       0.25",
        "Hellinger distance           d_H(P, Q)      0.382683",  # the root of 1 - 1/2 - 1/(2 sqrt 2)
        "chi-squared divergence       chi^2(P || Q)  infinite: C has P > 0 and Q = 0",
        "                             chi^2(Q || P)  0.5",
        "perplexity                   PP(P)          2.82843",
        "                             PP(Q)          2",
    ]


def test_json() -> None:
    result = info("p.csv", "q.csv", "--json")
    report = json.loads(result.stdout)
    assert report["unit"] == "nats"
    assert report["outcomes"] == 3
    assert report["p"] == {"file": "p.csv", "column": "count", "sum": 8, "scaling": "counts", "support": 3}
    assert report["q"]["scaling"] == "as given"
    assert report["values"]["entropy"] == pytest.approx(1.5 * math.log(2), rel=1e-15)
    assert report["values"]["kl"] == "inf"
    assert report["values"]["kl_reversed"] == pytest.approx(math.log(2) / 2, rel=1e-15)
    assert report["infinite"] == {"kl": "C", "cross_entropy": "C", "chi_squared": "C"}
    assert report["notes"] == ["not in q.csv, so of probability 0 there: C"]


def test_columns_of_one_file() -> None:
    lines = info("both.csv").stdout.splitlines()
    assert lines[0] == "P: both.csv, column p: probabilities; 2 outcomes, 2 of positive probability"
    assert any("D_KL(P || Q)" in line and "0.143841 nats" in line for line in lines)  # log(2/sqrt 3)
    swapped = info("both.csv", "--columns", "q,p").stdout.splitlines()
    assert any("D_KL(Q || P)" in line and "0.143841 nats" in line for line in swapped)
    alone = info("both.csv", "--column", "2").stdout
    assert "H(Q)" not in alone
    assert "0.562335 nats" in alone


def test_a_joint_distribution() -> None:
    lines = [line.split("  ")[-1].strip() for line in info("joint.json", "--unit", "bits").stdout.splitlines()[2:]]
    # H(X, Y) = 3/2, X is (1/2, 1/2), Y is (3/4, 1/4)
    of_y = 2 - 0.75 * math.log2(3)
    wanted = [1.5, 1, of_y, 1.5 - of_y, 0.5, of_y - 0.5]
    assert lines[:-1] == [f"{value:.6g} bit{'s' * (value != 1)}" for value in wanted]
    assert json.loads(info("joint.json", "--json", "--unit", "bits").stdout)["values"]["columns_given_rows"] == 0.5
    rows = info("both.csv", "--joint", "--normalize").stdout.splitlines()
    assert rows[0] == "P(X, Y): both.csv: numbers with the sum 2, divided by it; 4 outcomes, 4 of positive probability"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["p.csv", "--probabilities"], "sum to 8, not to 1 [not-normalized]"),
        (["both.csv", "q.csv"], "both.csv has 2 columns of numbers, p, q [which-column]"),
        (["no.csv"], "no.csv cannot be read: No such file or directory [unreadable-file]"),
        (["p.csv", "--column", "z"], "p.csv has no column z [unknown-column]\nhint: there are word, count"),
        (["p.csv", "q.csv", "p.csv"], "one file or two"),
        (["p.csv", "--column", "1", "--columns", "1,2"], "exclude each other"),
        (["p.csv", "--columns", "1,2,3"], "no third"),
        (["p.csv", "--unit", "dits"], "dits"),
        ([], "Missing argument"),
    ],
)
def test_what_is_wrong_is_said_on_standard_error(arguments: list[str], said: str) -> None:
    result = info(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_normalize_and_counts() -> None:
    Path("part.csv").write_text("0.5\n0.25\n", encoding="utf-8")
    assert "sum to 0.75, not to 1" in info("part.csv").stderr
    assert "numbers with the sum 0.75, divided by it" in info("part.csv", "--normalize").stdout
    assert "counts, divided by their sum 0.75" in info("part.csv", "--counts").stdout


def test_the_examples_of_the_page_on_data() -> None:
    """`$ cat FILE` shows a file, which is written; `$ chainrule ...` what the command prints."""
    consoles = [token.content for token in MarkdownIt().parse(PAGE.read_text(encoding="utf-8")) if token.info == "console"]
    ran = 0
    for block in consoles:
        for example in f"\n{block}".split("\n$ ")[1:]:
            line, _, text = example.partition("\n")
            program, *arguments = line.split()
            if program == "cat":
                Path(arguments[0]).write_text(text, encoding="utf-8")
                continue
            result = CliRunner().invoke(commands, arguments)
            printed = [line.rstrip() for line in result.stdout.splitlines()]
            assert (result.exit_code, printed) == (0, text.splitlines())
            ran += 1
    assert ran == 2
