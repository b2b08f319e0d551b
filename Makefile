# Two commands set everything up on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
STORY := examples/harbour_briefing
REPORTS := $(addprefix $(STORY)/,npn_agency.jsonl wexholm_evening_packet.txt harbourfront_now.txt corvany_ledger.html the_klaxon.txt maravel_courier.txt)

.PHONY: install demo test check format golden screenshots gate clean

install: .venv/installed

# Installed once; again when what is installed changes.
.venv/installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group dev --editable ".[tables]"
	touch $@

demo: install
	$(BIN)/onrecord compare $(REPORTS) --transcript $(STORY)/transcript.txt
	$(BIN)/onrecord compare $(REPORTS) --transcript $(STORY)/transcript.txt --page demo.html --json demo.json --quiet
	@echo "The page is demo.html: open it in a browser."

test: install
	$(BIN)/python -m pytest -q

check: install
	$(BIN)/ruff format --check src tests
	$(BIN)/ruff check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports

# Golden files hold what the demo story gives; look at the difference before you commit it.
golden: install
	ONRECORD_RENEW_GOLDEN=1 $(BIN)/python -m pytest -q -m golden -p no:randomly

clean:
	rm -rf .venv demo.html demo.json
