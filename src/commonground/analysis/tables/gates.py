"""The sheets of the gates between phases, and of what says so at each."""

from commonground.analysis import facts
from commonground.analysis.plan.criteria import BY_KEY, EVIDENCE_ANSWERS, WAYS
from commonground.analysis.plan.gates import STATES
from commonground.analysis.tables.columns import UNIT, Column, Table, ref

GATE = Column("gate", "whole", needed=True, field="number")
BY = ref("by", "people")
TABLES = (
    Table(
        "gates",
        facts.Gate,
        (
            GATE,
            UNIT,
            Column("state", "choice", choices=tuple(STATES)),
            Column("asked", "day"),
            Column("decided", "day"),
            BY,
        ),
        ("number", "unit"),
    ),
    Table(
        "evidence",
        facts.Evidence,
        (
            GATE,
            UNIT,
            Column("criterion", "choice", needed=True, choices=tuple(BY_KEY)),
            Column("answer", "choice", needed=True, choices=EVIDENCE_ANSWERS),
            Column("how", "choice", choices=WAYS),
            Column("on", "day"),
            BY,
            Column("due", "day"),
            Column("value", "number"),
            Column("words"),
        ),
        ("number", "unit", "criterion", "answer", "on"),
    ),
)
