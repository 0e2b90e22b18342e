"""The two renderers: a browser, and a library that is no browser."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Render = Callable[[Path], Path]


def render_with_librsvg(svg: Path, folder: Path) -> Path:
    picture = folder / f"{svg.stem}-librsvg.png"
    subprocess.run(["rsvg-convert", "--background-color", "white", "--output", str(picture), str(svg)], check=True, timeout=60)
    return picture


def render_with_chromium(page: Path, folder: Path) -> Path:
    """A screenshot of an SVG or HTML file; the browser gets a profile of its own and no network."""
    picture = folder / f"{page.stem}-chromium.png"
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        f"--user-data-dir={folder / 'profile'}",
        "--window-size=1200,900",
        f"--screenshot={picture}",
    ]
    environment = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    subprocess.run(["chromium", *flags, page.as_uri()], check=True, timeout=120, capture_output=True, env=environment)
    return picture


RENDERERS = {"librsvg": render_with_librsvg, "chromium": render_with_chromium}


@pytest.fixture(params=sorted(RENDERERS))
def render(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Render:
    """A function from a picture's file to a PNG of it, once for each renderer."""
    folder = tmp_path_factory.mktemp(request.param)
    return lambda path: RENDERERS[request.param](path, folder)
