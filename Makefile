# Needs Python >= 3.11, make and git; everything else is installed into .venv from requirements.lock.
PYTHON ?= python3
UV ?= uv
BIN := .venv/bin
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock"

.PHONY: demo test test-system check bench reading families lock

demo: .venv/ready
	$(BIN)/chainrule solve examples/backprop.md

test: .venv/ready
	$(BIN)/pytest -n 2

test-system: .venv/ready
	tests/system/programs.sh
	$(BIN)/pytest tests/system

check: .venv/ready
	./checks.sh

bench: .venv/ready-bench
	$(BIN)/python benchmarks/derive.py
	$(BIN)/python benchmarks/information.py

# Writes the table of docs/reading.md anew, from the cases of the tests.
reading: .venv/ready
	$(BIN)/python -m tests.reading_table

# Writes the tables of docs/families.md anew, from the families and closed forms of the package.
families: .venv/ready
	$(BIN)/python -m tests.families_table

# Writes both locks anew, with the newest versions that pyproject.toml allows.
lock:
	$(COMPILE) --upgrade pyproject.toml --group dev --output-file requirements.lock
	$(COMPILE) --upgrade --group bench --constraints requirements.lock --output-file requirements-bench.lock

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "chainrule needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1)." >&2; \
		echo "Name a newer one, for example: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/ready-bench: .venv/ready requirements-bench.lock
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-bench.lock
	@touch $@
