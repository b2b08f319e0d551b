# Two commands set everything up on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
STORY := examples/harbour_briefing
REPORTS := $(addprefix $(STORY)/,npn_agency.jsonl wexholm_evening_packet.txt harbourfront_now.txt corvany_ledger.html the_klaxon.txt maravel_courier.txt)

.PHONY: test-ray install demo test check format golden story screenshots gate same clean

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
	@rm -rf demo.db demo.db-wal demo.db-shm demo_edited && mkdir demo_edited
	sed "s/six o.clock/seven o’clock/" $(STORY)/the_klaxon.txt > demo_edited/the_klaxon.txt
	$(BIN)/onrecord archive init demo.db
	$(BIN)/onrecord archive add --archive demo.db --quiet $(REPORTS)
	$(BIN)/onrecord archive add --archive demo.db --quiet demo_edited/the_klaxon.txt
	$(BIN)/onrecord archive show the_klaxon --versions --archive demo.db
	$(BIN)/onrecord archive search "the harbour" --archive demo.db --limit 3
	$(BIN)/onrecord archive people show 2 --archive demo.db --limit 3
	@rm -rf demo_edited

# A wheel in dist/, to install where no compiler or source is.
wheel: install
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

test: install
	$(BIN)/python -m pytest -q

check: install
	$(BIN)/ruff format --check src tests scripts
	$(BIN)/ruff check src tests scripts
	$(BIN)/mypy
	$(BIN)/lint-imports

# Golden files hold how a stored story is shown; look at the difference before you commit it.
golden: install
	ONRECORD_RENEW_GOLDEN=1 $(BIN)/python -m pytest -q -m golden -p no:randomly

# The stored story is what the demo story gives; renew it when what is found, or the form of a Story, has changed.
story: install
	ONRECORD_RENEW_STORY=1 ONRECORD_RENEW_GOLDEN=1 $(BIN)/python -m pytest -q -m golden -p no:randomly

# The pictures of docs/screenshots, from the demo story, in Chromium.
screenshots: install
	$(BIN)/python tests/browser/screenshots.py

# The quality that has landed must hold, on the stories that the rules were written on, on those looked at, and on those
# nobody looks at; each figure has its bound in tests/quality/floors.json. Without its data the gate fails where CI runs.
STORIES := ../shared/gold/stories ../shared/open/gold/stories ../shared/blind/gold/stories
gate: install
	@if [ ! -d ../shared ]; then \
	  echo "THE GATE MEASURED NOTHING: ../shared, where its data should be, is not here." >&2; [ "$$CI" != true ]; exit $$?; fi; \
	set -e; for metric in "attribution ../shared/polnear/dev.jsonl" "speakers ../shared/gold/speakers/dev.jsonl" \
	  "wording ../shared/gold/quotations/dev.jsonl --generated 350 --seed 7" "stories $(STORIES)" "shown $(STORIES)" \
	  "figures ../shared/gold/stories" "agencies ../shared/polnear/train.jsonl ../shared/polnear/dev.jsonl" \
	  "stream ../shared/streams/giveme5w1h.jsonl ../shared/streams/ecb_plus.jsonl"; do \
	  echo "onrecord evaluate $$metric"; $(BIN)/onrecord evaluate $$metric --thresholds tests/quality/floors.json; done

# The same runs by Ray, which CI does without: 240 MB.
test-ray: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "ray>=2.40"
	$(BIN)/python -m pytest -q tests/scale/test_ray.py

clean:
	rm -rf .venv demo.html demo.json demo.db demo.db-wal demo.db-shm demo_edited

# Byte for byte the same JSON as another commit gives: make same REF=<commit>
same: install
	$(BIN)/python scripts/same.py $(REF) ../shared
