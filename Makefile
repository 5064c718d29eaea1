# Two commands for a new user: `make app` and `make test`; each sets up first what it needs.
# The first of these that really runs and is of a version that the locks are for.
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do \
	$$name -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin

.PHONY: app test install lint bench bench-scale lock licences sbom audit screenshots docs reference trust fuzz

app: .venv/app.stamp
	$(BIN)/bordermap serve

install: .venv/app.stamp

test: .venv/dev.stamp
	scripts/install_chromium.sh
	scripts/install_postgresql.sh
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/dev.stamp
	scripts/install_chromium.sh
	$(BIN)/python -m bench

# Millions of claims, built in each way: takes hours, and some 20 GB of disk.
bench-scale: .venv/dev.stamp
	$(BIN)/python -m bench.scale

trust: .venv/dev.stamp
	scripts/install_chromium.sh
	scripts/install_postgresql.sh
	$(BIN)/python -m trust

# Made-up rows by the thousand for what reads other data sets, and a hundredth as many whole collections: each takes seconds.
fuzz: .venv/dev.stamp
	BORDERMAP_FUZZ=$${BORDERMAP_FUZZ:-10000} $(BIN)/python -m pytest --numprocesses auto tests/test_import_fuzz_*.py
	BORDERMAP_FUZZ=$$(( ($${BORDERMAP_FUZZ:-10000} + 99) / 100 )) $(BIN)/python -m pytest tests/test_round_trip.py

screenshots: .venv/dev.stamp
	scripts/install_chromium.sh
	$(BIN)/python scripts/screenshots.py

# The documents as a site in build/docs, with every warning an error.
docs: .venv/dev.stamp
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

reference: .venv/dev.stamp
	$(BIN)/python scripts/reference.py

# Refreshes the locks, each from the versions of the one that the tests run on; the index lines are left out so that no
# registry is named. Then come `make test`, which installs them, and `make licences`.
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q
lock: .venv/dev.stamp
	$(BIN)/$(LOCK) --extra dev -o requirements-dev.txt
	for lock in requirements.txt requirements-cluster.txt requirements-server.txt; do cp requirements-dev.txt $$lock; done
	$(BIN)/$(LOCK) -o requirements.txt
	$(BIN)/$(LOCK) --extra cluster -o requirements-cluster.txt
	$(BIN)/$(LOCK) --extra signin --extra postgresql -o requirements-server.txt

# docs/licences.md, from what the installed packages say.
licences: .venv/dev.stamp
	$(BIN)/python -m scripts.licences

# build/sbom.json
sbom: .venv/dev.stamp
	$(BIN)/python -m scripts.sbom

# Asks the network: it ends with 3 where no advisory service can be reached.
audit: .venv/dev.stamp
	$(BIN)/python -m scripts.audit

.venv/app.stamp: requirements.txt pyproject.toml
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
		|| { echo "bordermap needs Python 3.11, 3.12 or 3.13; name one: make PYTHON=/path/to/python3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/dev.stamp: requirements-dev.txt .venv/app.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@
