# Peyvand: one command a job. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
STAMP := $(VENV)/.installed
CHROMIUM := /usr/bin/chromium
NGINX := /usr/sbin/nginx
POSTGRESQL := $(or $(firstword $(wildcard /usr/lib/postgresql/*/bin/initdb)),postgresql)
PYTHON313 ?= $(firstword $(shell for p in python3.13 $$HOME/.pyenv/versions/3.13.*/bin/python3.13; do $$p -c 'import ssl, sqlite3' 2>/dev/null && echo $$p; done))
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)

.DEFAULT_GOAL := help
.PHONY: help demo check quick prove format lint types unit database live browser programs live-second recall bench bundle python313 wheel sbom advisories engine-lock translations lock clean

help: ## list the jobs
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(STAMP) ## install, start Neo4j, load the examples, open the app
	$(RUN)/peyvand demo

check: $(STAMP) $(CHROMIUM) $(POSTGRESQL) ## everything that must pass: what CI runs
	$(MAKE) lint types
	$(MAKE) -j3 unit wheel database
	$(MAKE) -j4 live browser programs python313
	$(MAKE) live-second LIVE=tests/live/test_store.py

quick: $(STAMP) ## under a minute: format, lint, types and unit tests
	$(MAKE) -j2 lint types
	$(MAKE) unit

format: $(STAMP) ## write the code in its one format
	$(RUN)/ruff format .
	$(RUN)/ruff check --fix .

lint: $(STAMP)
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(RUN)/djlint templates --lint --quiet

types: $(STAMP)
	$(RUN)/mypy
	$(RUN)/mypy examples/world

unit: $(STAMP)
	$(RUN)/python -m pytest tests/unit -m 'not prove' --numprocesses 2 --dist loadfile --doctest-modules graph_app/text.py graph_app/lifecycle/classes.py graph_app/sounds.py graph_app/keyboard.py graph_app/dates.py loaders/reading/mojibake.py loaders/reading/report.py

prove: $(STAMP) $(NGINX) $(POSTGRESQL) ## the long proofs, some hours: properties with new examples, 10,000 random lives of an agreement, every labelled statement and 10,000 mutants through the gate, 650 naughty strings through all pages, 20,000 requests of Schemathesis to the API, plans of all questions, twenty runs of officers tasks, 20 backups under load, 100 faults of the network and full disks, two processes on one PostgreSQL, loads in bulk beside the usual ones and killed, 200 kills of a load, 200 of Neo4j and 100 of its users, 50 people for ten minutes, the proxy and the bundle of docs/operation
	PEYVAND_PROVE=1 $(RUN)/python -m pytest tests/unit --timeout 3600
	$(MAKE) python313 TESTS313=tests/unit
	PEYVAND_PROVE=1 $(RUN)/python -m pytest tests/live/test_gate.py -s --timeout 3600
	PEYVAND_PROVE=1 $(RUN)/python -m pytest tests/browser/test_naughty.py -s --timeout 3600
	PEYVAND_PROVE=1 $(RUN)/python -m pytest tests/live/test_api.py --timeout 7200 -s
	PEYVAND_PROVE=1 $(RUN)/python -m pytest tests/live/test_sync_properties.py tests/live/test_everything.py tests/live/test_plans.py tests/live/test_levels.py tests/live/test_levels_absent.py tests/live/test_nasty_addresses.py --timeout 3600
	PEYVAND_PROVE=1 $(RUN)/python -m pytest tests/browser/test_officers.py --timeout 3600
	PEYVAND_PROVE=1 $(RUN)/python -m pytest tests/live/test_backup.py --timeout 3600 -s
	PEYVAND_PROVE=1 $(RUN)/python -m pytest tests/live/test_faults.py tests/live/test_full_disk.py --timeout 3600 -s
	PEYVAND_PROVE=1 $(RUN)/python -m pytest tests/live/test_bulk.py tests/live/test_bench.py --timeout 3600
	PEYVAND_PROVE=1 $(RUN)/python -m pytest tests/live/test_two_processes.py --timeout 3600
	PYTHONPATH=. $(RUN)/python tests/kills.py 200
	PYTHONPATH=. $(RUN)/python tests/engine_kills.py 200
	PYTHONPATH=. $(RUN)/python tests/parent_kills.py 100
	$(RUN)/python tests/soak.py 600 50
	$(SUDO) sh tests/bundle.sh $(RUN)/python

database: $(STAMP) $(POSTGRESQL) ## tests on SQLite and a real PostgreSQL, without Neo4j
	$(RUN)/python -m pytest tests/database

PROGRAMS := $(patsubst %,tests/live/test_%.py,engine commands watching bulk bench second_server two_processes)
live: $(STAMP) $(CHROMIUM) ## tests on a real Neo4j (one engine for all)
	$(RUN)/python -m pytest tests/live $(PROGRAMS:%=--ignore %)

programs: $(STAMP) $(CHROMIUM) ## tests that start programs and engines of their own, stop and kill them (one more engine for all)
	$(RUN)/python -m pytest $(PROGRAMS)

browser: $(STAMP) $(CHROMIUM) ## tests in a real browser on the real app and a real Neo4j (one engine for all)
	$(RUN)/python -m pytest tests/browser

recall: $(STAMP) ## how many spellings the search finds, beside a bare index (loads the examples)
	for name in founding world; do $(RUN)/peyvand load apply examples/$$name --yes; done
	$(RUN)/python -m bench.recall

LIVE ?= tests/live --ignore tests/live/test_engine.py --ignore tests/live/test_bulk.py
live-second: $(STAMP) ## the live tests on a second, foreign server (LIVE=tests/live/test_store.py for one file)
	$(RUN)/python tests/second_server.py -q $(LIVE)

TESTS313 ?= tests/unit/test_start.py tests/unit/test_app.py tests/unit/test_question_pages.py tests/unit/test_reading.py tests/unit/test_listening.py tests/unit/test_transactions.py
python313: ## unit tests on Python 3.13, where it can be had: some that go through every part; all in `make prove`
	@if [ -n "$(PYTHON313)" ]; then \
	  [ -e .venv-313/.installed ] || { $(PYTHON313) -m venv .venv-313 && nice -n 19 .venv-313/bin/pip install -q -e '.[dev]' && touch .venv-313/.installed; }; \
	  nice -n 19 .venv-313/bin/python -m pytest $(TESTS313) -q -m 'not prove'; \
	else echo "Python 3.13 is not here; skipped"; fi

wheel: $(STAMP) ## build the wheel from the sdist and run it from / in an empty environment
	sh tests/wheel.sh $(RUN)/python

bench: $(STAMP) $(CHROMIUM) ## measure, each row beside its peer, and write docs/performance.md (under fifteen minutes on two quiet cores)
	$(RUN)/python -m bench

bundle: $(STAMP) ## all that a machine without a network needs, in dist/peyvand-bundle.tar
	sh docs/operation/bundle.sh $(RUN)/python dist/peyvand-bundle.tar

sbom: $(STAMP) ## write all that it is made of, with licences and sums, as CycloneDX: dist/peyvand.cdx.json
	mkdir -p dist
	$(RUN)/python docs/sbom.py dist/peyvand.cdx.json

advisories: $(STAMP) ## ask OSV what is known against any of it (needs a network)
	$(RUN)/python docs/advisories.py

engine-lock: $(STAMP) ## renew the list of the engine's files (needs Maven)
	$(RUN)/python -m graph_app.engine.lock

translations: $(STAMP) ## take new sentences into the Persian catalogue, and compile it
	sh graph_app/translations/renew.sh $(RUN)

lock: $(STAMP) ## write down the versions that are installed now
	$(RUN)/pip freeze --exclude-editable | grep -v '^pip==' > constraints.txt

clean: ## remove what the jobs made
	rm -rf $(VENV) .venv-313 dist build .mypy_cache .ruff_cache .pytest_cache

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "Peyvand needs Python 3.11 or later"'
	$(PYTHON) -m venv $(VENV)
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

$(CHROMIUM):
	$(SUDO) apt-get update --quiet
	$(SUDO) apt-get install --quiet --yes --no-install-recommends chromium

$(NGINX):
	$(SUDO) apt-get update --quiet
	$(SUDO) apt-get install --quiet --yes --no-install-recommends nginx-light openssl

.PHONY: postgresql
postgresql:
	$(SUDO) apt-get update --quiet
	$(SUDO) apt-get install --quiet --yes --no-install-recommends postgresql
