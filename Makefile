# Everything starts here; `make help` lists the targets. Only Python 3.11+, git and make are needed beforehand.
PYTHON ?= python3
SETUP = $(PYTHON) -m tools.setup
.DEFAULT_GOAL := help
.PHONY: run test ci lint format types arrows browser servers bench docs plan locks clean help

run: ## Set up what is missing and serve the demo on http://127.0.0.1:8000 (PORT, OCOP_TODAY, DATABASE_URL)
	@$(SETUP) run -- manage.py serve --prepare

test: ## Tests on SQLite, without browser, root or what takes minutes (ARGS passes options to pytest)
	@$(SETUP) dev -- -m tools.check test $(ARGS)

ci: ## All checks: lint, types, arrows, locks, migrations, documents, tests on both databases, browser
	@$(SETUP) dev -- -m tools.check ci

lint: ## ruff (rules and format) and djlint
	@$(SETUP) dev -- -m tools.check lint

format: ## Put Python files into the common format
	@$(SETUP) dev -- -m ruff format src tests tools

types: ## mypy
	@$(SETUP) dev -- -m tools.check types

arrows: ## Import contracts and the architecture tests
	@$(SETUP) dev -- -m tools.check arrows

browser: ## Browser tests in a real Chromium
	@$(SETUP) dev -- -m tools.check browser $(ARGS)

servers: ## Two web processes restarted behind nginx and a PostgreSQL restarted, under load
	@$(SETUP) dev -- -m tools.check servers $(ARGS)

bench: ## Measure against the bars; writes docs/performance.md (ARGS names single measures)
	@$(SETUP) dev -- -m tools.bench $(ARGS)

docs: ## Write docs/reference from the code
	@$(SETUP) dev -- -m tools.check reference

plan: ## The clauses of the plan that no passing journey names
	@$(SETUP) dev -- -m tools.plan

locks: ## Resolve the dependencies anew and write the lock files
	@$(SETUP) dev -- -m tools.locks

clean: ## Remove what was built (not the data folder)
	@rm -rf .venv .tools static ui/dist ui/node_modules

help: ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18
