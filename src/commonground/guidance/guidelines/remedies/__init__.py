"""Remedies: for each guideline what ends one of its findings, as a small change of the facts. One file a practice, beside the checks.

They serve tests and examples: a remedy shows that a finding can be ended, and what ends it. Nothing here is ever done to a program.
"""
