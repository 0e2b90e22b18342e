#!/usr/bin/env bash
# Everything a change must pass. The tests include the docstrings' examples, the sizes and the layers.
# usage: ./checks.sh [--without-tests]
set -euo pipefail
cd "$(dirname "$0")"
export PATH="$PWD/.venv/bin:$PATH"

ruff format --check .
ruff check .
basedpyright
if [ "${1:-}" != --without-tests ]; then
    pytest -n 2
fi
