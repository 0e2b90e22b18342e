"""Sheets from files: encodings, and files that cannot be read."""

from pathlib import Path

import pytest

from chainrule.errors import SheetError
from chainrule.sheets import files
from chainrule.sheets.files import read_source
from chainrule.source import Source


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Größe\n".encode(), "Größe\n"),
        (b"\xef\xbb\xbfa\n", "a\n"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"", ""),
    ],
)
def test_files_are_read_as_utf_8(tmp_path: Path, content: bytes, text: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(content)
    assert read_source(str(path)) == Source(str(path), text)


@pytest.mark.parametrize(
    ("name", "code"),
    [("folder", "unreadable-file"), ("latin.md", "not-text"), ("large.md", "sheet-too-large"), ("nul\0.md", "unreadable-file")],
)
def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 1_000_000)
    (tmp_path / "folder").mkdir()
    (tmp_path / "latin.md").write_bytes("Größe".encode("latin-1"))
    (tmp_path / "large.md").write_bytes(b"a" * 1_000_001)
    with pytest.raises(SheetError) as error:
        read_source(str(tmp_path / name))
    assert error.value.code == code
