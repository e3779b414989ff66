# The same without make: python3 start.py check · test · setup
.PHONY: check test format setup

check:  ## format, lint, types, floors, fast tests
	python3 start.py check

test:  ## everything, with notebooks, browser and coverage
	python3 start.py test

setup:
	python3 start.py setup

format:  ## rewrite the code in the project's form
	.venv/bin/python -m ruff format .
	.venv/bin/python -m ruff check --fix .
