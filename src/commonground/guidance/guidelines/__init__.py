"""Guidelines: executable checks over the facts, as a linter's rules are for code. One file a practice; no database here."""

from commonground.guidance.guidelines import (  # noqa: F401 - fills CATALOGUE
    budg,
    cult,
    cust,
    early,
    flow,
    idea,
    lead,
    loss,
    mngr,
    own,
    pace,
    peer,
    phas,
    proc,
    role,
    seq,
    team,
    train,
    unit,
)
from commonground.guidance.guidelines.catalogue import (
    CATALOGUE,
    SEVERITIES,
    Finding,
    Found,
    Guideline,
    NotEnoughDataError,
    Parameters,
    Severity,
    Subject,
    guideline,
)
from commonground.guidance.guidelines.running import NotChecked, Report, chosen, parameters_from, run

__all__ = [
    "CATALOGUE",
    "SEVERITIES",
    "Finding",
    "Found",
    "Guideline",
    "NotChecked",
    "NotEnoughDataError",
    "Parameters",
    "Report",
    "Severity",
    "Subject",
    "chosen",
    "guideline",
    "parameters_from",
    "run",
]
