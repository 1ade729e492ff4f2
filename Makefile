# `make run` and `make test` are all that a newcomer needs; `make` alone lists the rest.

PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
export DEBUG ?= 1

.DEFAULT_GOAL := help
.PHONY: bench help run test torture lint lock messages screenshots sbom licences upkeep

help: ## List these commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

run: $(VENV)/runtime ## Migrate, load the content and serve http://127.0.0.1:8000/ (PORT=8000)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_content
	@echo
	@echo "To edit, make an account:  $(MANAGE) createsuperuser"
	@echo "and sign in at             http://127.0.0.1:$(PORT)/$${ADMIN_PATH:-admin/}"
	@echo
	@$(MANAGE) runserver 127.0.0.1:$(PORT)

test: $(VENV)/development ## Run all tests in parallel, on SQLite or on DATABASE_URL (ARGS="-k word")
	@$(BIN)/pytest -n auto $(ARGS)

TORTURE_SECONDS ?= 120

torture: $(VENV)/development ## Harm for long, on SQLite and on DATABASE_URL (TORTURE_SECONDS=120 of each kind)
	@rm -f torture.jsonl
	@for database in sqlite:///unused.sqlite3 $(DATABASE_URL); do \
		DATABASE_URL=$$database TORTURE_SECONDS=$(TORTURE_SECONDS) TORTURE_FIGURES=torture.jsonl \
		$(BIN)/pytest -n0 -rP tests/torture tests/safety $(ARGS) || failed=1; \
	done; \
	$(BIN)/python -m tests.torture.figures torture.jsonl; exit $${failed:-0}

BENCH_FOLDER ?= benchmark-data
BENCH_POSTGRESQL ?= postgres://postgres@127.0.0.1:5432

bench: $(VENV)/development ## Measure against others, on an invented record (needs nginx, wrk)
	@$(BIN)/pip install --quiet --disable-pip-version-check --requirement benchmarks/requirements.txt
	@pg_isready --quiet --dbname=$(BENCH_POSTGRESQL) && given=--postgresql=$(BENCH_POSTGRESQL); \
	$(BIN)/python -m benchmarks.bench --folder $(BENCH_FOLDER) $$given $(ARGS)

lint: $(VENV)/development ## Check style, layers, migrations, production settings and templates
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo
	$(MANAGE) makemigrations --check --dry-run
	DEBUG=0 SITE_URL=https://tracker.example ALLOWED_HOSTS=tracker.example PROXIES=1 \
	SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	$(MANAGE) check --deploy --fail-level WARNING
	$(BIN)/djlint . --lint --quiet

COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --custom-compile-command "make lock" $(ARGS)

lock: $(VENV)/development ## Pin the dependencies of pyproject.toml (ARGS=--upgrade for newer ones)
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --group dev --constraint requirements.txt --output-file requirements-dev.txt

SBOM ?= sbom.cdx.json

sbom: $(VENV)/development ## Write what production installs as CycloneDX (SBOM=sbom.cdx.json)
	@$(BIN)/python -m deploy.sbom $(SBOM)

licences: $(VENV)/runtime ## List what production installs, with each licence
	@$(BIN)/python -m deploy.licences

upkeep: $(VENV)/runtime ## List when each of them was released last; fails on one without upkeep
	@$(BIN)/python -m deploy.upkeep

screenshots: $(VENV)/development ## Take the pictures in docs/pictures/ (needs chromium, fonts-noto-cjk)
	$(BIN)/python -m tests.browser.pictures

messages: $(VENV)/runtime ## Collect and compile the Korean and Japanese texts (needs gettext)
	$(MANAGE) makemessages --locale ko --locale ja --add-location file --ignore 'tests/*'
	$(MANAGE) compilemessages --ignore $(VENV)

$(VENV)/runtime: requirements.txt | $(BIN)/python
	@echo "Installing what the tracker needs into $(VENV) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/development: requirements-dev.txt | $(BIN)/python
	@echo "Installing what the tracker and its tests need into $(VENV) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name it with PYTHON=…" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Python's venv is missing. On Debian: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
