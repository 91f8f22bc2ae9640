# make run | test | dev | view | sql | explain | read | clean.  README.md says what each is for.
SHELL := /bin/bash
.DEFAULT_GOAL := run
# Importing without byte code triples start-up; some machines set this variable.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
LANDING ?= $(ZHENGBAO_LANDING)
WAREHOUSE ?= $(ZHENGBAO_WAREHOUSE)
export ZHENGBAO_LANDING := $(LANDING)
export ZHENGBAO_WAREHOUSE := $(WAREHOUSE)
PORT ?= 3000

.PHONY: run test dev view sql explain read answers screenshots bench runs beside lock clean

run: .venv/run.stamp ## materialise every asset for the landing zone and publish
	@.venv/bin/python -m assets.run

test: .venv/test.stamp ## linters, types, import rules, all tests
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/pytest -n 2 --dist loadgroup

dev: .venv/run.stamp ## Dagster webserver and daemon on 127.0.0.1:$(PORT)
	@.venv/bin/python -m assets.commands.dev --port $(PORT)

view: .venv/run.stamp ## the webserver alone, read-only: nothing can be started from it
	@.venv/bin/python -m assets.commands.dev --read-only --port $(PORT)

sql: .venv/run.stamp ## read-only SQL shell on the live warehouse
	@.venv/bin/python -m assets.commands.sql

explain: .venv/run.stamp ## why a report reads as it does: make explain FILE=path [FACT=number|words]
	@.venv/bin/python -m assets.commands.explain "$(FILE)" $(if $(FACT),--fact "$(FACT)")

read: .venv/run.stamp ## how a sentence is read: make read TEXT="…" [PLACE= TYPE= PERIOD= HEADING=]
	@.venv/bin/python -m assets.commands.read "$(TEXT)" $(if $(PLACE),--place "$(PLACE)") $(if $(TYPE),--type "$(TYPE)") $(if $(PERIOD),--period "$(PERIOD)") $(if $(HEADING),--heading "$(HEADING)")

bench: .venv/bench.stamp ## throughput, as ratios in one run, and what measuring it takes
	.venv/bin/python -m bench

runs: .venv/run.stamp ## whole runs beside an earlier build: make runs RUNS="--megabytes 1 10 100 --sources 31 300 1000 --to FOLDER"
	.venv/bin/python -m bench.runs $(RUNS)

beside: .venv/run.stamp ## text to facts beside an earlier build: make beside [AGAINST=commit]
	.venv/bin/python -m bench.beside $(if $(AGAINST),--against $(AGAINST))

answers: run ## write the READMEs' answers anew, from the sample reports
	.venv/bin/python -m docs.answers

screenshots: .venv/test.stamp ## take the pictures of docs/ anew; needs Debian's chromium
	.venv/bin/python -m docs.screenshots

LOCK = .venv/bin/uv pip compile -q --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml
lock: .venv/run.stamp ## resolve pyproject.toml anew into the locked requirements
	.venv/bin/python -m pip install -q uv
	$(LOCK) -o requirements.txt
	$(LOCK) -c requirements.txt --extra deploy -o requirements-deploy.txt
	$(LOCK) -c requirements.txt --extra dev --extra deploy -o requirements-dev.txt
	$(LOCK) -c requirements.txt --extra bench -o requirements-bench.txt

.venv/bin/python:
	$(PYTHON) -m venv .venv

# pip compiles byte code as it installs.
.venv/run.stamp: requirements.txt | .venv/bin/python
	@echo "Installing the locked packages (once) …"
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
	@touch $@

.venv/test.stamp: requirements-dev.txt .venv/run.stamp
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	@touch $@

.venv/bench.stamp: requirements-bench.txt .venv/run.stamp
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-bench.txt
	@touch $@

clean: ## remove what runs have made, not the environment
	rm -rf warehouse/.zhengbao warehouse/*.duckdb warehouse/exports warehouse/site

.PHONY: trace serve
SQL_PORT ?= 9494

trace: .venv/run.stamp ## the passage a figure comes from: make trace FACT=<fact_id or document:place>
	@.venv/bin/python -m assets.commands.trace "$(FACT)"

serve: .venv/run.stamp ## read-only SQL server on the live warehouse, on loopback: make serve SQL_PORT=9494
	@.venv/bin/python -m assets.commands.serve --port $(SQL_PORT)

.PHONY: words
words: .venv/run.stamp ## which rows of the word tables earn their place: make words TOPIC=status_cues
	@.venv/bin/python -m assets.commands.words $(TOPIC) $(WITHOUT)
