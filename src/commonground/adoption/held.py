"""What observations and benefits hold of a person."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.adoption.models import Behaviour, Benefit
from commonground.adoption.observing import shelf_of
from commonground.events.pseudonyms import KEY_FILE, Pseudonyms, instance_key
from commonground.organization.models import Person

HIDDEN = (
    "How often you went which way in a week is shown to nobody, you included: whoever signs in under your name would see it too. "
    "The same holds for the events themselves, which stand under the pseudonym as well. It all goes when the log is undone or let go."
)


def held_on(person: Person | None, user: User) -> list[Held]:
    """In how many weeks a pseudonym of theirs was observed, for each behaviour; and what they answer for. user is not needed here."""
    if person is None:
        return []
    return [
        Held(
            "observations",
            "Weeks in which your work was seen, under a pseudonym",
            [
                {"behaviour": str(row), "log": str(row.log or ""), "weeks": weeks}
                for row in Behaviour.objects.filter(log__isnull=False).select_related("log")
                if (weeks := _weeks(row, person))
            ],
            "Event logs; your number, e-mail or name became a pseudonym when they were brought.",
            hidden=HIDDEN,
            keeping="adoption.events",
        ),
        Held(
            "behaviours",
            "Behaviours and benefits that you answer for",
            [{"what": str(row)} for model in (Behaviour, Benefit) for row in model.objects.filter(owner=person)],
            "The project team.",
        ),
    ]


def _weeks(behaviour: Behaviour, person: Person) -> int:
    """How many different weeks stand under a pseudonym of the person. Only these two columns are read."""
    path = shelf_of(behaviour).path
    if not path.exists() or not (Path(settings.DATA) / KEY_FILE).exists():
        return 0
    table = pq.read_table(path, columns=["person", "week"])
    names = pc.unique(table.column("person").cast(pa.string())).drop_null().to_pylist()
    find = Pseudonyms(instance_key(Path(settings.DATA))).finder(names)
    own = sorted({one for said in {person.key, person.email, person.name} - {""} for one in find(said)})
    mine = table.filter(pc.is_in(table.column("person").cast(pa.string()), value_set=pa.array(own, pa.string())))
    return int(pc.count_distinct(mine.column("week")).as_py())
