"""What forgets when: as said, else as is commonly so."""

from datetime import date, timedelta

import pytest
from tests.cast import AT

from commonground.adoption.models import Source
from commonground.adoption.retention import default_of, sources_of
from commonground.adoption.tests.followed_log import FIRST, Followed


@pytest.mark.parametrize(
    ("system", "days"),
    [
        ("Salesforce", 548),
        ("salesforce login history", 183),
        ("Dynamics 365 audit", 30),
        ("Microsoft 365", 180),
        ("our own CRM", None),
    ],
)
def test_what_is_commonly_so(system: str, days: int | None) -> None:
    """Periods from PEERS 4.3: the makers' own defaults."""
    found = default_of(system)
    assert (found.keeps_days if found else None) == days


def test_each_source_with_the_newest_event_that_was_brought(followed: Followed) -> None:
    followed.bring(range(4), source="Dataverse")
    followed.bring(range(4, 8), source="Dataverse", name="next.csv")
    followed.bring(range(2), source="Spreadsheet", name="sheet.csv")
    program = followed.cast.program
    dataverse, sheet = sources_of(program)
    last = FIRST + timedelta(weeks=7, days=3)
    assert (dataverse.system, dataverse.days, dataverse.known, dataverse.last_event) == ("Dataverse", 30, False, last)
    assert (dataverse.forgets_on, dataverse.outlived) == (last + timedelta(days=30), True)
    assert (sheet.days, sheet.forgets_on, sheet.outlived) == (None, None, None)
    alice = followed.cast.alice.actor
    Source.objects.say(program, followed.log, "Spreadsheet", keeps_days=None, by=alice, at=AT)
    Source.objects.say(program, followed.log, "Dataverse", keeps_days=3000, by=alice, at=AT)
    dataverse, sheet = sources_of(program)
    assert (sheet.known, sheet.outlived) == (True, False)
    assert (dataverse.days, dataverse.outlived, dataverse.program_end) == (3000, False, date(2028, 6, 30))
    Source.objects.say(program, followed.log, "Dataverse", keeps_days=60, by=alice, at=AT)
    assert Source.objects.count() == 2
    assert sources_of(program)[0].outlived
