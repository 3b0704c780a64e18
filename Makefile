# The doors for developers and newcomers. What stands behind them is in .ci/.

.PHONY: help setup run test bench bench-full screenshots lock clean

help:
	@echo 'make run          set up, then make, publish and print the example plan and open the window'
	@echo 'make test         set up with the tools, then check everything'
	@echo 'make setup        the virtual environment .venv, with the tools'
	@echo 'make bench        some of the benchmarks in tests/bench, ten minutes'
	@echo 'make bench-full   all of them, some hours, going on where it was; writes tests/bench/RESULTS.md'
	@echo 'make screenshots  pictures of the window, into out/screenshots (ARGS=--manual: into the manual, too)'
	@echo 'make lock         write requirements*.lock anew from pyproject.toml (ARGS=--upgrade: newest versions)'
	@echo 'make clean        remove .venv and caches; out/ stays, it may hold a plan'

setup:
	@.ci/setup dev

run:
	@.ci/setup run
	@.venv/bin/narvaro demo

test:
	@.ci/setup dev
	@.ci/test

bench:
	@.ci/setup dev
	@QT_QPA_PLATFORM=offscreen .venv/bin/python -m pytest tests/bench -q -s -p no:randomly --timeout=0
	@.venv/bin/python -m tests.bench.run --again

bench-full:
	@.ci/setup dev
	@.venv/bin/python -m tests.bench.run --full; status=$$?; \
	.venv/bin/python -m tests.bench.report && exit $$status

screenshots:
	@.ci/setup dev
	@QT_QPA_PLATFORM=offscreen .venv/bin/python -m tests.screenshots out/screenshots $(ARGS)

lock:
	@.ci/lock $(ARGS)

clean:
	@rm -rf .venv build dist htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find planner ui solver resources tests .ci -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
