"""Commonground runs the people side of a CRM program."""

import os

VERSION = "0.1.0"  # as in pyproject.toml; a checkout that is not installed has no other place to read it from

# Before NumPy is loaded: matrices here are small, and threads that wait for each other on a busy machine make them ten times slower.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
