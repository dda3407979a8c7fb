# Jobcenter-Vergleich: `make run` and `make test` need nothing but Python 3.11 or newer, make and a network once.
# Each installs only when its requirements have changed (the stamp files in .venv remember).

PYTHON ?= python3
PORT ?= 8501
WORKERS ?= 2
DEMO_PORT ?= 8502
SIZES ?= 1m
PY := .venv/bin/python
LOCK := --generate-hashes --universal -p 3.11 --no-header --quiet
PIP := $(PY) -m pip install --require-hashes --no-deps --disable-pip-version-check --progress-bar on

.DEFAULT_GOAL := run
.PHONY: run demo test bench lint lock clean

run: .venv/app ## open the app on http://127.0.0.1:8501 (other port: make run PORT=9000)
	@echo "→ Grundbestand prüfen (wird nur beim ersten Mal geladen) …"
	@$(PY) -m etl seed
	@echo "→ Jobcenter-Vergleich läuft auf http://127.0.0.1:$(PORT) – beenden mit Strg+C"
	@exec $(PY) -m streamlit run app.py --server.port $(PORT)

demo: export JOBCENTER_WAREHOUSE := $(CURDIR)/.warehouse-demo
demo: .venv/app ## every page full of invented figures, from a folder of its own, on http://127.0.0.1:8502
	@echo "→ Synthetische Daten prüfen (werden nur beim ersten Mal angelegt) …"
	@$(PY) -m etl demo
	@echo "→ Jobcenter-Vergleich mit synthetischen Daten läuft auf http://127.0.0.1:$(DEMO_PORT) – beenden mit Strg+C"
	@exec $(PY) -m streamlit run app.py --server.port $(DEMO_PORT)

test: .venv/tests lint ## everything that must hold: style, types, tests, every page in a real browser (more cores: make test WORKERS=4)
	@echo "→ Tests …"
	@$(PY) -m pytest --numprocesses $(WORKERS) --dist loadfile

lint: .venv/tests ## style and types
	@echo "→ Stil und Typen prüfen …"
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy

bench: .venv/tests ## what a person waits for, measured; at national size: make bench SIZES="1m 57m"
	@$(PY) -m benchmarks
	@$(PY) -m benchmarks national $(SIZES) --pages --users --clicks

lock: ## write the pinned requirements again from pyproject.toml (needs uv; the only target that chooses versions)
	uv pip compile pyproject.toml -o requirements.txt $(LOCK)
	uv pip compile --group test -c requirements.txt -o tests/requirements.txt $(LOCK)

clean: ## remove what can be made again; the data in .warehouse stays
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache tests/browser/screenshots
	find . -name __pycache__ -type d -prune -exec rm -rf {} +



.venv/bin/python:
	@echo "→ Python-Umgebung in .venv anlegen …"
	@$(PYTHON) -m venv .venv || { echo "Es fehlt das Modul venv: »apt-get install python3-venv«."; rm -rf .venv; exit 1; }

.venv/app: requirements.txt | .venv/bin/python
	@echo "→ Pakete der Anwendung installieren (einmalig, etwa eine halbe Minute) …"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/tests: tests/requirements.txt .venv/app
	@echo "→ Pakete für die Tests installieren …"
	@$(PIP) -r tests/requirements.txt
	@touch $@
