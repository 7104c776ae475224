# Two commands do everything on a fresh machine with Python and make:
#   make demo   makes the virtual environment, installs, judges a sample
#   make test   the same, then lint, types, import contracts and tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
FUPIN := $(BIN)/fupin
# Less than half of what is installed is ever imported: that is compiled when it is, and kept whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile

.PHONY: demo test checks lint types contracts unit samples screen pictures fuzz bench lock clean test-office test-browser limits counties rosters page packs

demo: $(VENV)/installed
	$(FUPIN) rules test
	@echo
	$(FUPIN) check-exit samples/households.xlsx || test $$? -eq 1
	@echo
	@echo 'demo: done. Exit code 1 of check-exit means that some households do not meet the standard; that is the sample.'

# Two at a time: while one core installs, judges the sample or looks through the types, the other does the next.
test:
	$(MAKE) --no-print-directory --jobs 2 checks

checks: demo lint contracts types unit

lint: $(VENV)/developing
	$(BIN)/ruff check src tests bench samples
	$(BIN)/ruff format --check src tests bench samples

types: $(VENV)/developing
	$(BIN)/mypy

contracts: $(VENV)/developing
	$(BIN)/lint-imports

unit: $(VENV)/developing
	$(BIN)/python -m pytest --numprocesses 2 -rs

# The sample workbooks, made again from their script.
samples: $(VENV)/installed
	$(BIN)/python samples/make.py

# The picture in the README, made again from real output.
screen: $(VENV)/installed
	$(BIN)/python docs/screen.py

# The pictures in docs/reports, made again from the samples: a browser and an office look at the reports.
pictures: $(VENV)/developing
	sh tests/browser/install.sh
	sh tests/office/install.sh
	$(BIN)/python docs/pictures.py

# Spoilt files for every reader; a finding is kept and printed with the command that reads it again. MINUTES=60 for longer.
MINUTES ?= 10
fuzz: $(VENV)/developing
	$(BIN)/python tests/fuzz/run.py --minutes $(MINUTES)

bench: $(VENV)/developing
	$(BIN)/python bench/run.py

# Other programs: LibreOffice saves what we read and opens what we write. Installs it from Debian where it is missing.
test-office: $(VENV)/developing
	sh tests/office/install.sh
	FUPIN_OFFICE=1 $(BIN)/python -m pytest tests/office

# A browser opens the web pages: nothing in its console, nothing that axe-core finds serious, and the pictures in docs/reports.
test-browser: $(VENV)/developing
	sh tests/browser/install.sh
	FUPIN_BROWSER=1 $(BIN)/python -m pytest tests/browser

# Time and memory that each file of the fault table takes; on a machine that does nothing else.
limits: $(VENV)/developing
	$(BIN)/python tests/faults/limits.py

# A hundred thousand made-up counties by the second reading of the documents; make test takes ten thousand.
counties: $(VENV)/developing
	FUPIN_COUNTIES=100000 $(BIN)/python -m pytest tests/rules/test_counties.py

# Sixty kinds of mistakes, each alone in an honest story, and fifty honest stories; make test takes several together, and ten.
rosters: $(VENV)/developing
	FUPIN_ROSTERS=1 $(BIN)/python -m pytest tests/rosters/test_planted.py

# The page "What fupin can read", written again from the fault table.
page: $(VENV)/developing
	$(BIN)/python tests/faults/page.py

# docs/packs and the JSON Schemas in rules/schemas, written again from the packs and the models of their files.
packs: $(VENV)/installed
	$(BIN)/python docs/packs.py

# Locks with hashes of every file of every release, for all platforms; no index address is written into them.
lock: $(VENV)/developing
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--extra build pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--extra build --extra dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock

$(VENV)/created:
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed: $(VENV)/created requirements.lock pyproject.toml
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/developing: $(VENV)/installed requirements-dev.lock
	$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .import_linter_cache .hypothesis bench/.data
