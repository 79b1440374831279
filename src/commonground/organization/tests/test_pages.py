"""The pages of the organization, as each of the cast sees them."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from tests.cast import Cast

from commonground.access.actor import OPERATOR
from commonground.organization.models import Assignment, Person, Unit, UnitPeriod

BY = {"by": OPERATOR, "at": datetime(2026, 9, 14, 9, tzinfo=UTC)}


def url(name: str, **kwargs: object) -> str:
    return reverse(f"organization:{name}", kwargs={"program": "northlight", **kwargs})


def text(response: object) -> str:
    content: bytes = b"".join(response) if getattr(response, "streaming", False) else response.content  # type: ignore[attr-defined,call-overload]
    return content.decode()


def test_units_say_how_many_people_and_who_leads(cast: Cast) -> None:
    page = text(cast.client_of("alice").get(url("units")))
    assert "8 people in 6 units" in page
    assert "Dan Dahl" in page  # Erin reports to him, so he leads Billing
    csv = text(cast.client_of("alice").get(url("units") + "?format=csv")).splitlines()
    assert "BIL,Billing,CUS,no,,2,2,Dan Dahl" in csv
    assert "CUS,Customers,NL,yes,,0,5," in csv


def test_an_employee_sees_the_tree_without_numbers_and_names(cast: Cast) -> None:
    page = text(cast.client_of("erin").get(url("units")))
    assert "Billing" in page
    assert "Dan Dahl" not in page
    assert "people" not in page.split('<ul class="tree">')[1].split("</main>")[0]
    assert cast.client_of("erin").get(url("people")).context["page"].shown == 1


def test_a_unit_manager_sees_numbers_of_their_units_alone(cast: Cast) -> None:
    tree = cast.client_of("dan").get(url("units")).context["tree"]
    own = {branch.key: branch.own for branch in tree.branches.values()}
    assert own["BIL"] == 2
    assert own["CON"] is None
    assert own["NL"] is None
    assert cast.client_of("dan").get(url("person", pk=cast.charlie.person.pk)).status_code == 404
    assert cast.client_of("dan").get(url("person", pk=cast.erin.person.pk)).status_code == 200


def test_a_day_gone_by_shows_what_held_then(cast: Cast) -> None:
    cast.units["billing"].rename("Invoicing", on=date(2026, 6, 1), **BY)
    cast.units["crews"].close(on=date(2026, 6, 1), **BY)
    alice = cast.client_of("alice")
    then, now = (text(alice.get(url("units") + f"?as_of={day}")) for day in ("2026-03-01", "2026-07-01"))
    assert "Billing" in then
    assert "Invoicing" not in then
    assert "Metering crews" in then
    assert "Invoicing" in now
    assert "Metering crews" not in now
    unit = text(alice.get(url("unit", pk=cast.units["billing"].pk)))
    assert "Renamed from Billing to Invoicing" in unit
    closed = text(alice.get(url("unit", pk=cast.units["crews"].pk)))
    assert "does not stand on this day" in closed


def test_the_search_finds_a_unit_and_says_when_there_is_none(cast: Cast) -> None:
    alice = cast.client_of("alice")
    assert "Contact centre" in text(alice.get(url("units") + "?q=contact"))
    assert "No unit of that name" in text(alice.get(url("units") + "?q=zzz"))


def test_people_are_filtered_by_unit_with_those_below_and_by_the_level_of_their_role(cast: Cast) -> None:
    alice = cast.client_of("alice")

    def names(query: str) -> set[str]:
        return {row.person.name for row in alice.get(url("people") + query).context["page"].rows}

    assert names(f"?unit={cast.units['customers'].pk}") == {
        "Carol Cole",
        "Dan Dahl",
        "Erin Eide",
        "Heidi Holm",
        "Ivan Ilves",
    }
    # the role of Alice and Bob says “board”, whatever stands with them
    assert names(f"?level={cast.levels['board'].pk}") == {"Alice Aalto", "Bob Berg"}
    assert names("?q=eide") == {"Erin Eide"}
    assert names("?location=Quay") == set()


def test_people_are_paged_by_key(cast: Cast) -> None:
    Person.objects.bulk_create(Person(key=f"X{n}", name=f"Nora {n:03}") for n in range(60))
    Assignment.objects.bulk_create(
        Assignment(person=person, unit=cast.units["water"]) for person in Person.objects.filter(key__startswith="X")
    )
    alice = cast.client_of("alice")
    first = alice.get(url("people"))
    assert first.context["page"].shown == 50
    second = alice.get(url("people") + f"?after={first.context['page'].after}")
    seen = [row.person.name for response in (first, second) for row in response.context["page"].rows]
    assert seen == sorted(seen)
    assert len(set(seen)) == 68
    csv = text(alice.get(url("people") + "?format=csv"))
    assert csv.count("\r\n") == 69


def test_a_person_shows_history_and_reports(cast: Cast) -> None:
    erin = cast.erin.person
    assert erin is not None
    erin.move(on=date(2026, 5, 1), unit=cast.units["contact"], **BY)
    page = text(cast.client_of("alice").get(url("person", pk=erin.pk)))
    assert "To Contact centre, before Billing" in page
    assert "Reports to them" in text(cast.client_of("alice").get(url("person", pk=cast.dan.person.pk)))
    assert cast.client_of("erin").get(url("person", pk=erin.pk)).status_code == 200
    assert cast.client_of("charlie").get(url("person", pk=erin.pk)).status_code == 404


def test_roles_count_their_holders_for_those_who_see_everybody(cast: Cast) -> None:
    rows = cast.client_of("alice").get(url("roles")).context["rows"]
    assert {period.name: count for period, count in rows}["Contact agent"] == 3
    assert all(count is None for _, count in cast.client_of("erin").get(url("roles")).context["rows"])
    assert cast.client_of("erin").get(url("role", pk=cast.roles["billing_clerk"].pk)).status_code == 200


def test_an_empty_organization_points_to_the_roster(cast: Cast) -> None:
    Assignment.objects.all().delete()
    UnitPeriod.objects.all().delete()
    assert "No roster yet" in text(cast.client_of("alice").get(url("units")))


CHANGES = [
    ("move-person", "erin", {"unit": "contact", "location": "Quay", "on": "2026-10-01"}),
    ("leave", "erin", {"on": "2026-10-01"}),
    ("rename-person", "erin", {"name": "Erin Berg"}),
    ("hire", None, {"key": "N1", "name": "Nils Ny", "unit": "water", "on": "2026-10-01"}),
    ("add-unit", None, {"key": "NEW", "name": "New", "parent": "root", "on": "2026-10-01"}),
    ("rename-unit", "billing", {"name": "Invoicing", "on": "2026-10-01"}),
    ("move-unit", "billing", {"parent": "water", "on": "2026-10-01"}),
    ("merge-unit", "billing", {"into": "contact", "on": "2026-10-01"}),
    ("close-unit", "crews", {"on": "2026-10-01"}),
    ("define-role", None, {"key": "coach", "name": "Coach", "on": "2026-10-01"}),
    ("redefine-role", "billing_clerk", {"name": "Billing clerk", "definition": "Sees it through.", "on": "2026-10-01"}),
    ("levels", None, {"names": "Board and executive\nManager\nTeam leader\nStaff\nApprentice"}),
]


@pytest.mark.parametrize(("name", "thing", "answers"), CHANGES, ids=[change[0] for change in CHANGES])
def test_each_form_changes_what_it_says(cast: Cast, name: str, thing: str | None, answers: dict[str, str]) -> None:
    rows: dict[str, object] = {**cast.units, **cast.roles, "erin": cast.erin.person}
    kwargs = {"pk": rows[thing].pk} if thing else {}
    data = {key: str(rows[value].pk) if key in {"unit", "parent", "into"} else value for key, value in answers.items()}
    alice = cast.client_of("alice")
    assert alice.get(url(name, **kwargs)).status_code == 200
    done = alice.post(url(name, **kwargs), data, follow=True)
    assert done.redirect_chain, text(done)
    assert done.status_code == 200
    assert "flash good" in text(done)


def test_what_is_refused_stays_on_the_form_as_a_sentence(cast: Cast) -> None:
    page = text(cast.client_of("alice").post(url("close-unit", pk=cast.units["billing"].pk), {"on": "2026-10-01"}))
    assert "2 people work in Billing on 1 Oct 2026 or later." in page
    assert Unit.objects.get(key="BIL").on(date(2027, 1, 1)).name == "Billing"
    page = text(
        cast.client_of("alice").post(url("move-person", pk=cast.erin.person.pk), {"manager": "Nobody Here", "on": ""})
    )
    assert "Nobody is found under “Nobody Here”." in page
    assert "Say from which day it holds." in page
