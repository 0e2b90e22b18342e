"""Files of numbers: what is read from them, and what is said of those that cannot be."""

import json
from pathlib import Path

import numpy as np
import pytest

from chainrule.errors import ChainruleError
from chainrule.evaluation.data.files import read_columns
from chainrule.evaluation.data.sides import Sides, read_sides


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, name: str, text: str | bytes) -> str:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


def read(file: str, *wanted: str, labels: str | None = None) -> list[tuple[str, list[float], tuple[str, ...]]]:
    return [(column.name, column.values.tolist(), column.labels) for column in read_columns(file, wanted, labels)]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("0.5\n0.25\n0.25\n", [("1", [0.5, 0.25, 0.25], ())]),
        ("p\n0.5\n0.5", [("p", [0.5, 0.5], ())]),
        ("7\n", [("1", [7], ())]),
        ("a,b\n0.5,1\n0.5,0\n", [("a", [0.5, 0.5], ()), ("b", [1, 0], ())]),
        ("\ufeffname,p\r\nred,1/4\r\n\r\nblue,3/4\r\n", [("p", [0.25, 0.75], ("red", "blue"))]),
        ("red\t1\nblue\t3\n", [("2", [1, 3], ("red", "blue"))]),
        ("name;p;size\nred;0.5;s\nred;0.5;l\n", [("p", [0.5, 0.5], ("red, s", "red, l"))]),
        ('"a, b", 1e-300\n"c", 1\n', [("2", [1e-300, 1], ("a, b", "c"))]),
        ("p\n.5\n5E-1\n", [("p", [0.5, 0.5], ())]),
        (",0,1\na,0.5,0.25\nb,0.5,0.75\n", [("0", [0.5, 0.5], ("a", "b")), ("1", [0.25, 0.75], ("a", "b"))]),
        ("pair;p\n0,1;0.25\n1,1;0.75\n", [("p", [0.25, 0.75], ("0,1", "1,1"))]),
    ],
)
def test_tables(folder: Path, text: str, columns: object) -> None:
    assert read(write(folder, "p.csv", text)) == columns


def test_columns_by_name_and_by_number(folder: Path) -> None:
    file = write(folder, "p.csv", "x,p,q\n0,0.5,1\n1,0.5,0\n")
    assert read(file, "q", "2") == [("q", [1, 0], ()), ("p", [0.5, 0.5], ())]
    assert read(file, labels="x") == [("p", [0.5, 0.5], ("0", "1")), ("q", [1, 0], ("0", "1"))]


def test_arrays_and_json(folder: Path) -> None:
    np.save(folder / "p.npy", np.array([[1, 2], [3, 4]]))
    assert read("p.npy") == [("", [[1, 2], [3, 4]], ())]
    assert isinstance(read_columns("p.npy")[0].values.base, np.memmap)
    assert read(write(folder, "a.json", "[0.5, 0.5]")) == [("", [0.5, 0.5], ())]
    assert read(write(folder, "b.json", json.dumps({"A": 0.25, "B": 0.75}))) == [("", [0.25, 0.75], ("A", "B"))]
    assert read(write(folder, "c.json", "[[1, 2], [3, 4]]")) == [("", [[1, 2], [3, 4]], ())]


@pytest.mark.parametrize(
    ("name", "text", "code", "said"),
    [
        ("p.csv", "", "empty-data", "p.csv has no numbers"),
        ("p.csv", "\n \n", "empty-data", "p.csv has no numbers"),
        ("p.csv", "name\n", "no-numbers", "no column of numbers"),
        ("p.csv", "p\n0.5\n\n-0.5\n", "negative-probability", "p.csv, line 4, column p: -0.5 is negative"),
        ("p.csv", "a,0.5\nb,nan\n", "not-a-number", "p.csv, line 2, column 2: nan is not a finite number"),
        ("p.csv", "0.5\ninf\n", "not-a-number", "line 2, column 1: inf is not a finite number"),
        ("p.csv", "n,p\na,0.5\nb,half\n", "not-numbers", "p.csv, line 3, column p: 'half' is no number"),
        ("p.csv", "n,p\na,0.5\nb,\n", "not-numbers", "p.csv, line 3, column p: there is no number"),
        (
            "p.csv",
            "n,p,q\na,half,1\nb,0.5,2\n",
            "mixed-column",
            "p.csv, line 3, column p: 0.5 is a number in a column that begins",
        ),
        ("p.csv", "a,0.5,1\nb,half,2\n", "not-numbers", "p.csv, line 2, column 2: 'half' is no number"),
        ("p.csv", "0.5\n1_0\n", "not-numbers", "'1_0' is no number"),
        ("p.csv", "0.5\n1/0\n", "not-numbers", "'1/0' is no number"),
        ("p.csv", "0.5,1\n0.5\n", "ragged-row", "p.csv, line 2: there are 1 cells, not 2"),
        ("p.csv", "a,1\nb,2\na,3\n", "duplicate-label", "p.csv, line 3: a is in line 1 too"),
        ("p.csv", "x,p\n0,0.5\n1,0.5\n", "numbered-outcomes", "column x of p.csv is 0, 1, ...: outcomes or counts?"),
        ("p.csv", b"\xff\xfe0", "unreadable-data", "p.csv cannot be read"),
        ("p.csv", 'a,"0.5\n', "unreadable-data", "p.csv cannot be read"),
        ("p.csv", "year,2020,2021\nA,10,20\nB,30,40\n", "numbered-columns", "names of columns or numbers?"),
        ("p.csv", "A,1,2,3\nB,4,5,6\n", "numbered-columns", "the first row of p.csv is A, 1, 2, 3"),
        ("p.csv", "class,7\nA,10\nB,30\n", "numbered-columns", "the first row of p.csv is class, 7"),
        ("p.csv", "x;p\n1;0,25\n2;0,75\n", "decimal-comma", "p.csv, line 2, column p: 0,25 is a number with a decimal comma"),
        ("p.csv", 'name,p\na,"0,25"\nb,"0,75"\n', "no-numbers", "no column of numbers"),
        ("p.npy", b"no array", "unreadable-data", "p.npy cannot be read"),
        ("p.json", "[0.5, ", "unreadable-data", "p.json cannot be read"),
        ("p.json", "[" * 100_000, "unreadable-data", "p.json cannot be read"),
        ("p.json", "0.5", "unreadable-data", "no list of numbers"),
        ("p.json", '{"A": 1, "A": 2}', "duplicate-label", "the outcome A is there twice"),
        ("p.json", '["A"]', "not-numbers", "real numbers"),
        ("p.json", "[[1, 2], [3]]", "unreadable-data", "p.json cannot be read"),
        ("p.json", "[]", "empty-data", "p.json has no numbers"),
    ],
)
def test_what_cannot_be_read(folder: Path, name: str, text: str | bytes, code: str, said: str) -> None:
    with pytest.raises(ChainruleError) as raised:
        read_columns(write(folder, name, text))
    assert raised.value.code == code
    assert said in raised.value.message


def test_files_and_columns_that_are_not_there(folder: Path) -> None:
    for file, wanted, code in (
        ("no.csv", "p", "unreadable-file"),
        ("p.csv", "z", "unknown-column"),
        ("p.json", "p", "unknown-column"),
    ):
        write(folder, "p.csv", "p,p\n1,1\n")
        write(folder, "p.json", "[1]")
        with pytest.raises(ChainruleError) as raised:
            read_columns(file, [wanted])
        assert raised.value.code == code
    with pytest.raises(ChainruleError, match="several columns p"):
        read_columns("p.csv", ["p"])
    with pytest.raises(ChainruleError, match="cannot be read"):
        read_columns(".")


def numbers(sides: Sides) -> tuple[list[float], list[float]]:
    assert sides.q is not None
    return sides.p.values.tolist(), sides.q.values.tolist()


def test_two_files_are_aligned_by_label(folder: Path) -> None:
    p, q = write(folder, "p.csv", "A,1\nB,2\nC,3\n"), write(folder, "q.csv", "C,5\nA,4\nD,6\n")
    sides = read_sides([p, q])
    assert numbers(sides) == ([1, 2, 3, 0], [4, 0, 5, 6])
    assert sides.labels == ("A", "B", "C", "D")
    assert sides.notes == ("not in p.csv, so of probability 0 there: D", "not in q.csv, so of probability 0 there: B")
    many = write(folder, "many.csv", "".join(f"{letter},1\n" for letter in "ABCDEFGHI"))
    assert read_sides([many, p]).notes == ("not in p.csv, so of probability 0 there: D, E, F, G, H and 1 more",)
    same = write(folder, "same.csv", "C,3\nB,2\nA,1\n")
    assert numbers(read_sides([p, same])) == ([1, 2, 3], [1, 2, 3])
    assert read_sides([p, same]).notes == ()


def test_without_labels_rows_are_matched_by_position(folder: Path) -> None:
    p, q = write(folder, "p.csv", "A,1\nB,2\n"), write(folder, "q.csv", "3\n4\n")
    sides = read_sides([q, p])
    assert (numbers(sides), sides.labels) == (([3, 4], [1, 2]), ("A", "B"))
    assert sides.notes == ("q.csv has no labels, so its rows are taken in the order of p.csv",)
    with pytest.raises(ChainruleError, match=r"p.csv has 2 rows and r.csv has 3"):
        read_sides([p, write(folder, "r.csv", "3\n4\n5\n")])


def test_columns_of_one_file(folder: Path) -> None:
    file = write(folder, "a.csv", "n,u,v,w\nA,1,4,9\nB,3,2,0\n")
    assert numbers(read_sides([file], ["w", "u"])) == ([9, 0], [1, 3])
    assert numbers(read_sides([file, file], ["w", "u"])) == ([9, 0], [1, 3])
    assert read_sides([file], ["v"]).q is None
    assert read_sides([file], joint=True).p.values.tolist() == [[1, 4, 9], [3, 2, 0]]
    for wrong in ([file], [file, file]):
        with pytest.raises(ChainruleError, match="3 columns of numbers, u, v, w"):
            read_sides(wrong)
    with pytest.raises(ChainruleError, match="one column of numbers"):
        read_sides([file], ["u"], joint=True)
    with pytest.raises(ChainruleError, match="is one file"):
        read_sides([file, file], joint=True)
