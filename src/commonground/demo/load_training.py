"""Puts the training of the demo into the database: modules and for whom they are, sessions, and who was there."""

from collections.abc import Mapping, Sequence

from commonground.adoption.models import Behaviour
from commonground.analysis import facts
from commonground.analysis.facts import Row
from commonground.demo.load_organization import BATCH, Keys
from commonground.demo.training import MODULES
from commonground.organization.models import Level
from commonground.plan.models import Attendance, Module, Need, Session
from commonground.programs.models import Program
from commonground.realignment.models import RoleFate

CASES = {one.id: one.cases for one in MODULES}


def load_training(program: Program, rows: Mapping[str, Sequence[Row]], keys: Keys) -> None:
    """Writes the rows of training of a program; none, where it has none. Needs of roles whose change is not told hang on that change."""
    given = [row for row in rows.get("training", ()) if isinstance(row, facts.Training)]
    modules = _modules(program, given)
    _needs(program, given, modules, keys)
    of_rows = [row for row in rows.get("sessions", ()) if isinstance(row, facts.TrainingSession)]
    sessions = {
        row.key: row
        for row in Session.objects.bulk_create(
            Session(
                program=program,
                key=row.id,
                module=modules[row.training],
                on=row.on,
                place=row.place or "",
                language=row.language or "",
                shift=row.shift or "",
                seats=row.seats,
                trainer_id=keys.person(row.trainer),
                held=row.held,
            )
            for row in of_rows
        )
    }
    Attendance.objects.bulk_create(
        (
            Attendance(
                program=program,
                module=modules[row.training],
                person_id=keys.people[row.person],
                session=sessions[row.session] if row.session else None,
                on=row.on,
                state=row.state or "attended",
            )
            for row in rows.get("attendance", ())
            if isinstance(row, facts.Attendance)
        ),
        batch_size=BATCH,
    )


def _modules(program: Program, given: Sequence[facts.Training]) -> dict[str, Module]:
    behaviours = dict(Behaviour.objects.filter(program=program).values_list("key", "pk"))
    made = Module.objects.bulk_create(
        Module(
            program=program,
            key=row.id,
            name=row.name,
            hours=row.hours,
            format=row.format or "",
            touches_crm=bool(row.touches_crm),
            cases=CASES.get(row.id, ""),
            behaviour_id=behaviours.get(row.behaviour or ""),
        )
        for row in given
    )
    return {row.key: row for row in made}


def _needs(program: Program, given: Sequence[facts.Training], modules: Mapping[str, Module], keys: Keys) -> None:
    fates = {row.role_id: row for row in RoleFate.objects.filter(program=program) if not row.settled}
    levels = dict(Level.objects.values_list("name", "pk"))
    made = []
    for row in given:
        same = {"program": program, "module": modules[row.id]}
        made += [
            Need(**same, role_id=role, role_fate=fates.get(role)) for role in map(keys.roles.__getitem__, row.roles)
        ]
        made += [Need(**same, unit_id=keys.units[unit]) for unit in row.units]
        made += [Need(**same, level_id=levels[level]) for level in row.levels]
        made += [Need(**same)] if row.everyone else []
    Need.objects.bulk_create(made)
