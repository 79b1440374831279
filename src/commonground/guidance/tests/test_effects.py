"""A finding becomes an activity with one click; when it was delivered, home and its own page say what came of it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.cast import Cast

from commonground.analysis import facts
from commonground.analysis.register import Register
from commonground.guidance.effects import (
    ENDED,
    NOT_YET,
    STILL,
    WAITS,
    Effects,
    all_effects,
    came_of,
    effects_of,
    outcome,
)
from commonground.guidance.models import Check, Finding, Planned, Result
from commonground.guidance.taken_results import chosen, comparisons, taken_data
from commonground.guidance.tests.test_folding import put, standing
from commonground.guidance.week import technique_for
from commonground.journal.models import Entry
from commonground.programs.models import Activity

__all__ = ["standing"]

HOME = "/northlight/"
PAGE = "/northlight/findings/effects/"
MONDAY = date(2026, 6, 1)
WEEK = timedelta(days=7)


def take(cast: Cast, finding: Finding, who: str = "alice", **sent: str) -> None:
    answer = cast.client_of(who).post(f"/northlight/findings/{finding.pk}/take-up/", {"back": HOME, **sent})
    assert (answer.status_code, answer.headers.get("Location")) == (302, HOME)


def test_one_click_on_home_makes_an_activity_as_it_was_proposed(standing: Cast) -> None:
    [row] = put(standing, "MNGR-01", 1, unit=standing.units["billing"])
    page = standing.client_of("alice").get(HOME).content.decode()
    assert f"/northlight/findings/{row.pk}/take-up/" in page
    assert "To act on now" in page
    take(standing, row)
    made = Planned.objects.get().activity
    technique = technique_for("MNGR-01")
    assert technique is not None
    assert (made.technique, made.kind, made.hours) == (technique.key, technique.activity_kind, technique.effort)
    assert (made.unit, made.practice, made.state) == (standing.units["billing"], "MNGR", "planned")
    assert made.owner == standing.dan.person
    assert "proposed, not asked" in made.note
    assert made.start == timezone.localdate()
    assert Entry.objects.about(row).filter(verb="planned an activity").exists()
    after = standing.client_of("alice").get(HOME)
    assert row.pk not in {step.finding.pk for step in after.context["week"]}
    assert [one.what for one in after.context["came"]] == [NOT_YET]
    assert f"/northlight/findings/taken-up/{Planned.objects.get().pk}/take-back/" in after.content.decode()


def test_it_can_be_taken_back_until_it_has_begun(standing: Cast) -> None:
    [row] = put(standing, "MNGR-01", 1, unit=standing.units["billing"])
    take(standing, row)
    planned = Planned.objects.get()
    client = standing.client_of("alice")
    assert client.post(f"/northlight/findings/taken-up/{planned.pk}/take-back/", {"back": HOME}).status_code == 302
    assert not Activity.objects.filter(pk=planned.activity_id).exists()
    assert Entry.objects.about(row).filter(verb="took an activity back").exists()
    take(standing, row)
    planned = Planned.objects.get()
    planned.activity.move_to("running", by=standing.alice.actor, at=timezone.now())
    said = client.post(f"/northlight/findings/taken-up/{planned.pk}/take-back/", {"back": HOME}, follow=True)
    assert "has begun, so it stays" in said.content.decode()
    assert Planned.objects.exists()


def test_nothing_is_taken_up_twice_nor_while_it_is_not_told(standing: Cast) -> None:
    [row] = put(standing, "MNGR-01", 1, unit=standing.units["billing"])
    take(standing, row)
    take(standing, row)
    assert Planned.objects.count() == 1
    [ended] = put(standing, "OWN-02", 1, state="ended")
    take(standing, ended)
    assert Planned.objects.count() == 1
    answer = standing.client_of("alice").post(
        f"/northlight/findings/{ended.pk}/take-up/", {"back": "https://example.org/"}
    )
    assert answer.headers["Location"] == HOME


def test_a_chosen_technique_is_used_and_others_are_not(standing: Cast) -> None:
    rows = put(standing, "TRAIN-02", 2, unit=standing.units["billing"])
    page = standing.client_of("alice").get(f"/northlight/findings/?open={rows[0].pk}").content.decode()
    assert "own-cases" in page
    assert "evidence" in page
    assert "When not:" in page
    take(standing, rows[0], technique="floor-walkers")
    assert Planned.objects.get().activity.technique == "floor-walkers"


def test_who_may_not_change_activities_sees_no_button(standing: Cast) -> None:
    put(standing, "MNGR-01", 1, unit=standing.units["billing"])
    assert "take-up/" not in standing.client_of("bob").get(HOME).content.decode()


@pytest.mark.parametrize(
    ("activity", "finding", "looked", "what", "said"),
    [
        ({"state": "running"}, {}, None, NOT_YET, "Under way"),
        ({"delivered_on": MONDAY}, {}, None, WAITS, "not looked again yet"),
        ({"delivered_on": MONDAY}, {}, MONDAY - WEEK, WAITS, "not looked again yet"),
        ({"delivered_on": MONDAY}, {}, MONDAY, STILL, "Still there when the guideline looked again on 1 Jun 2026"),
        ({"delivered_on": MONDAY}, {"state": "ended", "ended_on": MONDAY}, MONDAY, ENDED, "finds it no more"),
        (
            {"delivered_on": MONDAY},
            {"state": "ended", "ended_on": MONDAY - WEEK},
            MONDAY,
            ENDED,
            "before this was delivered",
        ),
        ({"delivered_on": MONDAY}, {"state": "dismissed", "dismissed_until": MONDAY}, MONDAY, STILL, "put aside until"),
    ],
)
def test_what_became_of_it(
    activity: dict[str, object], finding: dict[str, object], looked: date | None, what: str, said: str
) -> None:
    told = outcome(Activity(**activity), Finding(**finding), looked)
    assert told[0] == what
    assert said in told[1]


def pace(shares: list[float], unit: str | None = None) -> list[facts.Pace]:
    return [
        facts.Pace("log", MONDAY + at * WEEK, round(100 * one), 100 - round(100 * one), 0, unit, 40)
        for at, one in enumerate(shares)
    ]


def test_the_pace_of_the_nearest_unit_that_is_measured_is_compared() -> None:
    rows = [*pace([0.2] * 8 + [0.4] * 8), *pace([0.1] * 8 + [0.6] * 8, "CUS")]
    tables = {"behaviours": [facts.Behaviour("log", "Log it")], "pace": rows}
    register = Register(facts.Facts(tables, MONDAY + 20 * WEEK))
    day = (MONDAY + 8 * WEEK).isoformat()
    data = taken_data(
        register, [[1, None, ["BIL", "CUS"], day, day], [2, None, [], day, day], [3, "other", [], day, day]]
    )
    [unit], [whole] = comparisons(data["1"]), comparisons(data["2"])
    assert (unit.unit, unit.told.change) == ("CUS", pytest.approx(0.5))
    assert (whole.unit, whole.told.change) == (None, pytest.approx(0.2))
    assert data["3"] == []


def delivered(cast: Cast, finding: Finding, technique: str = "floor-walkers") -> Planned:
    today = timezone.localdate()
    activity = cast.program.add(
        Activity(
            key=Activity.new_key(),
            kind="train",
            words="Walk the floor",
            technique=technique,
            start=today,
            delivered_on=today,
            state="done",
        ),
        by=cast.alice.actor,
        at=timezone.now(),
    )
    return finding.plan(activity=activity, by=cast.alice.actor, at=timezone.now())


def stored(cast: Cast, changes: dict[int, float]) -> None:
    side = [0.2, 800, 40, 8, "2026-03-02", "2026-04-26"]
    row = {
        "behaviour": "log",
        "name": "Log it",
        "unit": None,
        "before": side,
        "after": side,
        "earlier": 0.01,
        "why": "",
    }
    data = {str(pk): [{**row, "change": one, "low": one - 0.1, "high": one + 0.1}] for pk, one in changes.items()}
    values = {"looked_at": {}, "day": timezone.localdate(), "made_at": timezone.now(), "data": data}
    Result.objects.update_or_create(program=cast.program, function="taken_up", view="told", defaults=values)


def test_effects_gather_what_a_technique_did_and_are_taken_together_from_five_on(standing: Cast) -> None:
    rows = put(standing, "PACE-01", 6, unit=standing.units["billing"])
    Check.objects.update(day=timezone.localdate())
    links = [delivered(standing, row) for row in rows]
    assert chosen(standing.program)["taken"][0][2] == ["BIL", "CUS"]
    stored(standing, {link.pk: 0.1 for link in links[:4]})
    four = effects_of(standing.program, "floor-walkers", standing.alice.actor)
    assert (four.activities, four.delivered, len(four.here), four.together) == (6, 6, 4, None)
    stored(standing, {link.pk: 0.1 for link in links})
    six = effects_of(standing.program, "floor-walkers", standing.alice.actor)
    assert six.together is not None
    assert six.together.change == pytest.approx(0.1)
    page = standing.client_of("alice").get(PAGE).content.decode()
    assert "6 activities delivered; no finding has ended yet" in page
    assert "Floor walkers and buddies" in page
    assert "<b>20" in page
    assert "regression to the mean" in page
    csv = standing.client_of("alice").get(f"{PAGE}?format=csv").getvalue().decode()
    assert csv.count("Walk the floor") == 6
    assert "0.1" in csv


def test_an_empty_page_says_what_to_do_first(standing: Cast) -> None:
    page = standing.client_of("alice").get(PAGE).content.decode()
    assert "Make a finding an activity, and come back" in page


def test_a_manager_sees_what_came_of_the_findings_of_their_units(standing: Cast) -> None:
    [mine] = put(standing, "PACE-01", 1, unit=standing.units["billing"])
    [other] = put(standing, "PACE-02", 1, unit=standing.units["water"])
    for row in (mine, other):
        delivered(standing, row)
    assert {one.finding for one in came_of(standing.program, standing.dan.actor)} == {mine}
    assert {one.finding for one in came_of(standing.program, standing.alice.actor)} == {mine, other}
    [one] = all_effects(came_of(standing.program, standing.dan.actor))
    assert isinstance(one, Effects)
    assert one.activities == 1


def test_what_somebody_is_at_comes_back_to_the_list_after_eight_weeks(standing: Cast) -> None:
    [row] = put(standing, "MNGR-01", 1, unit=standing.units["billing"])
    link = delivered(standing, row)
    client = standing.client_of("alice")
    assert not client.get(HOME).context["week"]
    Activity.objects.filter(pk=link.activity_id).update(delivered_on=timezone.localdate() - timedelta(days=56))
    assert [step.finding for step in client.get(HOME).context["week"]] == [row]
