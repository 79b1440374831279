"""What each table of facts looks like as a sheet: headers, kinds of value, what refers to what.

Intake reads sheets by it, the command line prints it, exports write it. Columns stand in the order of the row's fields.
"""

from collections.abc import Mapping

from commonground.analysis.tables import (
    budget,
    coalition,
    experiments,
    gates,
    heard,
    hiccups,
    load,
    messages,
    pace,
    phases,
    plans,
    reach,
    register,
    reinforcement,
    sendings,
    steps,
    training,
)
from commonground.analysis.tables.columns import Column, Kind, Table

__all__ = ["TABLES", "Column", "Kind", "Table"]

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        *register.TABLES,
        *plans.TABLES,
        *pace.TABLES,
        *heard.TABLES,
        *coalition.TABLES,
        *phases.TABLES,
        *gates.TABLES,
        *budget.TABLES,
        *training.TABLES,
        *load.TABLES,
        *reach.TABLES,
        *hiccups.TABLES,
        *messages.TABLES,
        *sendings.TABLES,
        *steps.TABLES,
        *experiments.TABLES,
        *reinforcement.TABLES,
    )
}
