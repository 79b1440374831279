"""Commonground runs the people side of a CRM program."""

VERSION = "0.1.0"  # as in pyproject.toml; a checkout that is not installed has no other place to read it from
