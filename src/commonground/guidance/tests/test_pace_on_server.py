"""The pace on the server: what is measured becomes facts, only as far as it is shown; findings lead to the behaviour and its unit."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from tests.cast import Cast

from commonground.adoption.models import Behaviour, Source
from commonground.adoption.paced import Paced
from commonground.analysis.pace.figures import Ahead, Forecast, Group, Pace, Reach, Series, Week, written
from commonground.disclosure.models import Threshold
from commonground.events.models import Delivery, Log
from commonground.guidance.context import marks_for, marks_of_things
from commonground.guidance.facts_source import facts_of
from commonground.guidance.links import link_of
from commonground.guidance.models import Finding
from commonground.guidance.refresh import refresh

DAY = date(2026, 9, 14)
NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
FIRST = date(2026, 5, 4)
HIDDEN = Week("", None, None, None, None)


def series(name: str, *shares: float | None, people: int = 20) -> Series:
    """Weeks from 4 May on with these shares of 100 occasions; None: withheld."""
    weeks = [
        Week(monday, round(100 * share), 100 - round(100 * share), 0, people)
        if share is not None
        else HIDDEN._replace(week=monday)
        for at, share in enumerate(shares)
        for monday in [(FIRST + timedelta(weeks=at)).isoformat()]
    ]
    return Series(name, tuple(weeks), people)


def forecast(low: str | None, mid: str | None) -> Forecast:
    """Reaches a half as said; its path has .40 from the second week on, on every side."""
    sides = len(Ahead._fields) - 1
    path = (Ahead("2027-01-04", *[0.3] * sides), Ahead("2028-01-03", *[0.4] * sides))
    return Forecast(True, "", "2026-09-14", path, (Reach(0.5, low, mid, None),))


def measured(cast: Cast, *, threshold: int = 8, **fields: object) -> Behaviour:
    """A behaviour with figures of the whole, of Billing, of a name that only a log knows, and of a level."""
    made = Behaviour.objects.create(
        program=cast.program,
        key="note",
        name="Note the contact",
        new_words="record",
        **{"starts_on": date(2026, 6, 1), **fields},
    )
    whole = Group("whole", "", series("", *[0.2] * 19), forecast=forecast("2027-01-04", None))
    groups = (
        Group("unit", str(cast.units["billing"].pk), series("Billing", *[0.3] * 12, None, *[0.3] * 6)),
        Group("unit", "x:call centre", series("call centre", *[0.1] * 19)),
        Group("unit", str(cast.units["water"].pk), Series("Water", (), None, suppressed=True)),
        Group("level", "Staff", series("Staff", *[0.2] * 19)),
    )
    pace = Pace(whole, groups, (("unit", 1),), "2026-05-04", "2026-09-07")
    Paced.objects.create(behaviour=made, threshold=threshold, made_at=NOW, data=written(pace))
    return made


def test_what_is_shown_becomes_rows_and_nothing_else(cast: Cast) -> None:
    measured(cast)
    facts = facts_of(cast.program, "told", DAY)
    rows = facts.rows("pace")
    assert {row.unit for row in rows} == {None, "BIL"}
    assert len([row for row in rows if row.unit is None]) == 19
    billing = [row for row in rows if row.unit == "BIL"]
    assert len(billing) == 18  # the week that is withheld is not among them
    assert date(2026, 7, 27) not in {row.week for row in billing}
    assert (billing[0].new, billing[0].old, billing[0].people) == (30, 70, 20)
    assert facts.rows("behaviours")[0].observed_from == FIRST


def test_figures_of_a_lower_threshold_than_now_are_no_facts(cast: Cast) -> None:
    measured(cast)
    Threshold.objects.create(kind="pace", people=12)
    facts = facts_of(cast.program, "told", DAY)
    assert not facts.has("pace")
    assert not facts.has("forecasts")


def test_a_forecast_tells_of_the_share_that_is_wanted_too(cast: Cast) -> None:
    measured(cast, target_share=0.4)
    rows = {row.share: row for row in facts_of(cast.program, "told", DAY).rows("forecasts")}
    assert (rows[0.5].low, rows[0.5].mid, rows[0.5].high) == (date(2027, 1, 4), None, None)
    assert rows[0.4].low == date(2028, 1, 3)  # read from the path
    assert rows[0.5].looks_to == date(2028, 1, 9)
    assert rows[0.5].made_on == DAY


def test_sources_tell_how_long_they_keep_and_what_was_brought(cast: Cast) -> None:
    log = Log.objects.create(key="work", name="Work", first=NOW, last=NOW)
    measured(cast, source="log", log=log)
    Source.objects.create(program=cast.program, log=log, system="CRM", keeps_days=90, known=True)
    last = {"taken": {"last": int(datetime(2026, 8, 30, 12, tzinfo=UTC).timestamp() * 1_000_000)}}
    Delivery.objects.create(
        log=log, source="Calls", file="calls.csv", digest="d", place="p", state="taken", at=NOW, summary=last
    )
    rows = {row.id: row for row in facts_of(cast.program, "told", DAY).rows("sources")}
    assert (rows["CRM"].keeps_days, rows["CRM"].known, rows["CRM"].behaviours) == (90, True, ("note",))
    assert (rows["Calls"].known, rows["Calls"].observed_until) == (False, date(2026, 8, 30))
    refresh(cast.program, DAY, NOW)
    told = dict(Finding.objects.filter(code="PACE-06").values_list("subject", "what"))
    assert "nothing of it has been observed yet" in told["CRM"]
    assert told["Calls"] == "Nobody has said yet how long Calls keeps its events"


@pytest.fixture
def found(cast: Cast) -> dict[str, Finding]:
    measured(cast, target_share=0.9, target_on=date(2026, 12, 14), old_sunset_on=date(2026, 7, 1), old_possible=True)
    refresh(cast.program, DAY, NOW)
    return {row.code: row for row in Finding.objects.filter(code__startswith="PACE")}


def test_findings_of_the_pace_are_about_the_behaviour_and_the_unit(cast: Cast, found: dict[str, Finding]) -> None:
    behaviour = Behaviour.objects.get()
    assert {"PACE-01", "PACE-03", "PACE-05"} <= found.keys()
    assert (found["PACE-01"].thing, found["PACE-01"].unit) == (behaviour.pk, None)
    still = found["PACE-03"]
    assert (still.kind, still.subject, still.thing, still.unit) == (
        "behaviour_unit",
        "note/BIL",
        behaviour.pk,
        cast.units["billing"],
    )
    address = reverse("adoption:behaviour", kwargs={"program": cast.program.slug, "pk": behaviour.pk})
    assert link_of(still, cast.program) == (address, "Look at the behaviour")
    assert link_of(found["PACE-05"], cast.program) == (address, "Look at the behaviour")


def test_the_rail_is_marked_at_the_pace(cast: Cast, found: dict[str, Finding]) -> None:
    mark = marks_for(cast.alice.actor, cast.program)["pace"]
    assert (mark.worst, mark.open) == ("act", len(found))


def test_a_list_of_behaviours_is_marked_too(cast: Cast, found: dict[str, Finding]) -> None:
    thing = str(Behaviour.objects.get().pk)
    about = Finding.objects.filter(
        thing=Behaviour.objects.get().pk
    )  # of the pace, and that nobody heard of it (REIN-02)
    assert set(about) > {one for one in found.values() if one.thing == Behaviour.objects.get().pk}
    mark = marks_of_things(cast.alice.actor, cast.program)["behaviour", thing]
    assert (mark.worst, mark.open) == ("act", len(about))
    words = f"{len(about)} open findings"
    assert words in cast.alice.client().get(f"/{cast.program.slug}/pace/").content.decode()


def test_whoever_leads_the_unit_sees_that_it_stands_still(cast: Cast, found: dict[str, Finding]) -> None:
    codes = set(Finding.objects.of(cast.program).visible_to(cast.dan.actor).values_list("code", flat=True))
    assert "PACE-03" in codes
