PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test fast browser clean model answers meaning gazetteer registry basemap accuracy

demo: $(VENV)/.installed
	$(BIN)/foreshock demo $(if $(DEMO_PORT),--port $(DEMO_PORT))

test: $(VENV)/.tested browser
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -q -m ""

fast: $(VENV)/.tested
	$(BIN)/pytest -q

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# Both editable: a copy of the code, once installed beside it, would be the one that commands and tests go on running.
$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

# With the versions that were tested last: a release of today is met when the lock is renewed, not by whoever runs this.
$(VENV)/.tested: $(VENV)/bin/python pyproject.toml requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable ".[test]"
	touch $@

# The desk is tested in a real browser: Debian's chromium, where this may use apt; else those tests skip and say so.
browser:
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium chromium-driver >/dev/null; } || \
	  echo "chromium is not here and cannot be installed: the browser tests will skip"

# What follows makes the shipped artefacts again; see CONTRIBUTING.md.
gazetteer: $(VENV)/.tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[gazetteer]"
	$(BIN)/python -m train.gazetteer

registry: $(VENV)/.tested
	$(BIN)/python -m train.actors

basemap: $(VENV)/.tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[gazetteer]"
	$(BIN)/python -m train.basemap

accuracy: $(VENV)/.tested
	$(BIN)/python -m train.evaluate $(if $(wildcard ../shared/data),--data ../shared/data --report docs/accuracy.md)

model: $(VENV)/.tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[train]"
	$(BIN)/python -m train.train --data ../shared/data

answers: $(VENV)/.tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[train]"
	$(BIN)/python -m train.answers --base $(BASE)

meaning: $(VENV)/.tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[train]"
	$(BIN)/python -m train.meaning

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
