"""The sheet of experiments."""

from commonground.analysis import facts
from commonground.analysis.facts.experiments import DESIGNS, EXPERIMENT_STATES
from commonground.analysis.tables.columns import ID, NAME, Column, Table, ref

TABLES = (
    Table(
        "experiments",
        facts.Experiment,
        (
            ID,
            NAME,
            Column("hypothesis"),
            Column("technique"),
            ref("behaviour", "behaviours"),
            Column("hoped", "number"),
            Column("design", "choice", choices=DESIGNS),
            ref("units", "units", many=True),
            Column("starts", "day"),
            Column("weeks", "count"),
            Column("stop_rule"),
            ref("decides", "people"),
            Column("state", "choice", choices=EXPERIMENT_STATES),
        ),
        ("id",),
    ),
)
