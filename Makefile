# `make help` lists the targets. Needs Python 3.11 or newer, make and git; all else goes into .venv.
# Paths are relative throughout, so the checkout's own path may hold spaces. Uses nothing newer than GNU Make 3.81.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
ANKI   := $(VENV)/.ready-anki
DEV    := $(VENV)/.ready-dev
FUZZ   := $(VENV)/.ready-fuzz
BENCH  := $(VENV)/.ready-bench
TIME   := 60

WORKFLOWS := $(wildcard .github/workflows/*.yml src/deckbuilder/template/*.yml)

# Every dependency has a wheel, so no package's code runs at install, and every file is checked by hash.
# -qq leaves errors and drops warnings, which are about the machine's own settings.
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input \
	--require-hashes --only-binary :all:

SOURCES := $(wildcard source/*.toml)

# The Python that .venv was made from may be gone (an upgrade): then .venv is made anew.
PYTHON_GONE := $(shell test -x $(BIN)/python || echo yes)

# What is imported depends on .venv alone, never on the directory make runs in.
export PYTHONSAFEPATH := 1

# In CI a skipped test is a failure (tests/conftest.py).
ifdef CI
export DECKBUILDER_NO_SKIP := 1
endif

# Runs this checkout's code from any directory, through a link, and after the checkout has moved.
define LAUNCHER
#!/bin/sh
own=$$0
if [ -L "$$own" ]; then own=$$(readlink -f "$$own"); fi
exec "$${own%/*}/python" -P -c 'import sys; sys.argv[0] = "deckbuilder"; from deckbuilder.__main__ import run; run()' "$$@"
endef
export LAUNCHER

# make -j4 builds four sources at the same time, make -j as many as there are processors.
JOBS = $(if $(filter -j%,$(MAKEFLAGS)),--jobs $(or $(patsubst -j%,%,$(firstword $(filter -j%,$(MAKEFLAGS)))),$(shell getconf _NPROCESSORS_ONLN)))

.SUFFIXES:
.PHONY: all build check test proof fuzz bench golden schema gallery lint release dist lock clean help FORCE

all: build ## Set up .venv and build every source/*.toml into build/ (FROZEN=yes: no lock may change)

# Always asked: what is up to date costs a tenth of a second, and no rule of make's could know it as well.
build: $(READY)
	@$(if $(SOURCES),$(BIN)/deckbuilder build $(if $(FROZEN),--frozen) $(JOBS),echo 'source/ holds no TOML file.')

check: $(READY) ## Check the sources, build nothing
	@$(BIN)/deckbuilder check

test: $(DEV) ## Run the tests (ARGS="-k lock -x" narrows them)
	@$(BIN)/python -m pytest -n auto $(ARGS)

proof: $(DEV) ## Prove the PDFs with veraPDF (needs Java; installs it as root or in CI), and the packages
	@$(BIN)/python -m pytest tests/proof/proof_*.py $(ARGS)

fuzz: $(FUZZ) ## Look for TIME=60 seconds for bytes that break the reading of a source (Linux)
	@PYTHONPATH=tests $(BIN)/python tests/fuzz.py -max_total_time=$(TIME) -timeout=20 -max_len=20000 -print_final_stats=1 $(ARGS)

bench: $(BENCH) ## Time it beside its floors and its peers (ARGS=--quick: a minute; --write: docs/speed.md)
	@PYTHONPATH=bench $(BIN)/python bench/bench.py $(ARGS)

golden: $(DEV) ## Take the golden pictures of pages anew: look at the difference, then commit it
	@GOLDEN=new $(BIN)/python -m pytest -q tests/test_golden.py

schema: $(READY) ## Write source/deckbuilder.schema.json anew: what editors complete sources by
	@$(BIN)/deckbuilder schema > source/deckbuilder.schema.json

gallery: $(DEV) ## Take the pictures in README anew (needs Chromium)
	@$(BIN)/python tests/gallery.py

lint: $(DEV) ## Check format, style, types and workflows
	@$(BIN)/python -m ruff format --check
	@$(BIN)/python -m ruff check
	@$(BIN)/python -m mypy
	@$(BIN)/zizmor --quiet --offline $(WORKFLOWS)
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows $(WORKFLOWS)
	@$(BIN)/check-jsonschema --quiet --builtin-schema custom.github-workflows-require-timeout $(WORKFLOWS)

# Prepared by `deckbuilder release`, which commits and tags. Nothing here writes to the repository.
release: $(ANKI) ## Check the release that is checked out, build it twice, pack build/release/
	@$(BIN)/deckbuilder pack $(ARGS)

# A tag of deckbuilder's own, such as v1.0.0, has to be its version; those of decks have a slash.
dist: $(DEV) ## Make the wheel and the source distribution of deckbuilder itself, with their sums, into dist/
	@for tag in $$(git tag --points-at HEAD --list 'v[0-9]*' | grep -v /); do \
	  grep -q "^__version__ = \"$${tag#v}\"" src/deckbuilder/__init__.py || { \
	    echo "$$tag is not the version in src/deckbuilder/__init__.py" >&2; exit 1; }; done
	@rm -rf dist && mkdir dist
	@SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -c 'from flit_core.buildapi import build_sdist, build_wheel; build_wheel("dist"), build_sdist("dist")'
	@cd dist && sha256sum deckbuilder-* > SHA256SUMS && cat SHA256SUMS

# Pins stay as they are unless pyproject.toml asks for others or ARGS=--upgrade is given.
LOCK := $(BIN)/python -m uv --quiet --no-config pip compile --universal --python-version 3.11 \
	--generate-hashes --only-binary :all: --custom-compile-command 'make lock' pyproject.toml

lock: $(DEV) ## Write requirements*.txt anew from pyproject.toml (ARGS=--upgrade takes newer versions)
	@$(LOCK) $(ARGS) --output-file requirements.txt
	@$(LOCK) $(ARGS) --group dev --constraints requirements.txt --output-file requirements-dev.txt
	@$(LOCK) $(ARGS) --group fuzz --constraints requirements.txt --output-file requirements-fuzz.txt
	@$(LOCK) $(ARGS) --group bench --constraints requirements-dev.txt --output-file requirements-bench.txt
	@$(LOCK) $(ARGS) --extra anki --constraints requirements-dev.txt --output-file requirements-anki.txt
	@cp requirements.txt requirements-anki.txt src/deckbuilder/template

clean: ## Empty build/
	@find build -mindepth 1 ! -name .gitignore -delete

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

# The stamps come last: an installation that fails leaves none, and the next make begins again.
# The project is put on the path by a .pth file and a launcher: installing it would fetch a build
# backend, unhashed. The path in the .pth file is relative, so it may hold any character and may change.
$(READY): requirements.txt $(if $(PYTHON_GONE),FORCE)
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "deckbuilder needs Python 3.11 or newer; $(PYTHON) is $$(command -v "$(PYTHON)" >/dev/null && "$(PYTHON)" -V 2>&1 || echo 'not there')." >&2; \
	  echo 'Name another one so: make PYTHON=python3.12' >&2; exit 2; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo 'This Python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv' >&2; exit 2; }
	@echo 'Setting up .venv ...'
	@rm -rf $(VENV)
	@"$(PYTHON)" -m venv $(VENV)
	@$(PIP) -r requirements.txt
	@$(BIN)/python -c 'import os, sysconfig; site = sysconfig.get_path("purelib"); open(os.path.join(site, "deckbuilder.pth"), "w").write(os.path.relpath("src", site) + "\n")'
	@printf '%s\n' "$$LAUNCHER" > $(BIN)/deckbuilder
	@chmod +x $(BIN)/deckbuilder
	@touch $@
	@echo '`deckbuilder` is .venv/bin/deckbuilder; after `. .venv/bin/activate` it is a command of this shell.'

$(ANKI): $(READY) requirements-anki.txt
	@$(PIP) -r requirements-anki.txt
	@touch $@

$(DEV): $(READY) requirements-dev.txt
	@echo 'Installing the tools for tests and lint ...'
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(FUZZ): $(READY) requirements-fuzz.txt
	@echo 'Installing the fuzzer ...'
	@$(PIP) -r requirements-fuzz.txt
	@touch $@

$(BENCH): $(READY) requirements-bench.txt
	@echo 'Installing the peers ...'
	@$(PIP) -r requirements-bench.txt
	@touch $@
