# `make run` and `make test` need Python 3.11 or newer, make and a C compiler, nothing else.
PYTHON ?= python3
PORT ?= 8000
DATA ?= var
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: run test axe faults lint lint-html lint-api contract check messages lock shots bench clean

run: $(VENV)/.run ## install, start everything, print `ready <address>`
	@exec $(PY) manage.py quickstart --port $(PORT) --data $(DATA) $(ARGS)

test: $(VENV)/.dev ## install, run all tests on real servers and a real browser
	@PY=$(PY) sh tests/run.sh $(ARGS)

axe: $(VENV)/.dev ## every state of every page, and every story, in every width, scheme and language: twenty minutes
	@PY=$(PY) sh tests/run.sh tests/browser tests/journeys --every-view $(ARGS)

faults: $(VENV)/.dev ## kill every process in turn, lose the database, and print what was lost: nothing
	@$(PY) -m tests.faults $(ARGS)

lint: $(VENV)/.dev ## style, types, templates, common security mistakes
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(PY) -m tests.environment $(VENV)/bin/mypy
	$(VENV)/bin/djlint --quiet --lint templates
	$(VENV)/bin/djlint --check templates
	$(VENV)/bin/djade --target-version 5.2 --check $$(git ls-files 'templates/*.html' 'templates/**/*.html')

# A letter may well be in another language than the page around it, so that guess is left out.
lint-html: $(VENV)/.dev build/html/.installed ## every state of every page by the Nu HTML checker; needs Java and npm
	@rm -rf build/html/pages
	@$(PY) -m tests.gallery build/html/pages
	@java -jar build/html/node_modules/vnu-jar/build/dist/vnu.jar --Werror \
	  --filterpattern 'This document appears to be written in .*' build/html/pages

lint-api: $(VENV)/.dev build/openapi/.installed ## the OpenAPI document by Redocly; needs npm
	@$(PY) -m tests.environment $(PY) -m tests.openapi > build/openapi/openapi.json
	@build/openapi/node_modules/.bin/redocly lint --config tests/openapi/redocly.yaml build/openapi/openapi.json

contract: $(VENV)/.contract ## thousands of questions to a running site, made of the OpenAPI document: some minutes
	@$(PY) -m tests.openapi.contract $(ARGS)

check: $(VENV)/.dev ## migrations are complete, production settings are clean
	$(PY) -m tests.environment $(PY) manage.py makemigrations --check --dry-run
	$(PY) -m tests.environment --production $(PY) manage.py check --deploy --fail-level WARNING

messages: $(VENV)/.dev ## bring the catalogues in letters/locale up to what the site says
	@$(PY) -m tests.catalogues

lock: $(VENV)/.dev ## make the requirements*.txt from the .in files
	for name in requirements requirements-embedded requirements-dev requirements-contract; do \
	  $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --no-emit-find-links $$name.in --output-file $$name.txt || exit 1; \
	done

shots: $(VENV)/.dev ## screenshots of every page and every mail into docs/shots/
	@PY=$(PY) sh tests/run.sh tests/browser/test_shots.py tests/browser/test_mail_shots.py tests/browser/test_organizer_shots.py \
	  --shots docs/shots

bench: $(VENV)/.dev ## signing and confirming beside the limits of this machine: a quarter of an hour
	@$(PY) -m bench.sign $(ARGS)

clean: ## remove the virtual environment and caches, keep the data
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed. How to fix: make $(MAKECMDGOALS) PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt requirements-embedded.txt | $(PY)
	$(PIP) -r requirements.txt -r requirements-embedded.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(PIP) -r requirements.txt -r requirements-embedded.txt -r requirements-dev.txt
	@touch $@

$(VENV)/.contract: requirements-contract.txt $(VENV)/.dev
	$(PIP) -r requirements-contract.txt
	@touch $@

build/html/.installed: tests/html/package-lock.json
	@mkdir -p build/html
	@cp tests/html/package.json tests/html/package-lock.json tests/html/.npmrc build/html/
	@npm ci --silent --prefix build/html
	@touch $@

build/openapi/.installed: tests/openapi/package-lock.json
	@mkdir -p build/openapi
	@cp tests/openapi/package.json tests/openapi/package-lock.json tests/openapi/.npmrc build/openapi/
	@npm ci --silent --prefix build/openapi
	@touch $@
