"""Experiments: written, measured for power, registered and drawn, run, stopped or ended, and never changed in silence."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.cast import AT, Cast

from commonground.adoption.measuring import measure_behaviour
from commonground.adoption.models import COUNTED, Behaviour, Count, Counted
from commonground.guidance.experiments import DRAFT, ENDED, READY, RUNNING, STEPPED, Experiment
from commonground.journal.models import Entry
from commonground.organization.models import Unit, UnitPeriod
from commonground.programs.models import Milestone
from commonground.programs.register import CannotError

PAGE = "/northlight/pace/experiments/"
CREWS, WEEKS = 8, 24
RULE = "Stop when visits take longer; it ends after eight weeks anyway"


def monday(weeks_ago: int) -> date:
    today = timezone.localdate()
    return today - timedelta(days=today.weekday(), weeks=weeks_ago)


@pytest.fixture
def crews(cast: Cast) -> list[Unit]:
    found, above = [], UnitPeriod.objects.get(unit=cast.units["water"])
    for number in range(CREWS):
        unit = Unit.objects.create(key=f"crew-{number}")
        UnitPeriod.objects.create(unit=unit, name=f"Crew {number}", parent=above.unit, path=f"{above.path}{unit.pk}/")
        found.append(unit)
    return found


def measured(cast: Cast, crews: list[Unit], lifted: dict[int, int] | None = None, lift: float = 0.0) -> Behaviour:
    """A behaviour counted by each crew, 100 visits a week; lifted: unit → the week since which it is done more often."""
    row = Behaviour.objects.create(
        program=cast.program, key="say", name="Say the next step", occasion_words="visits", source=COUNTED
    )
    counts = []
    for place, unit in enumerate(crews):
        for week in range(WEEKS):
            since = (lifted or {}).get(unit.pk)
            share = (
                0.2
                + 0.05 * place
                + (lift if since is not None and week >= since else 0)
                + 0.02 * ((week * 7 + place * 5) % 3)
            )
            new = round(100 * share)
            counts.append(Counted(unit.pk, monday(WEEKS - week), new, 100 - new, people=20))
    Count.objects.set_many(row, counts, by=cast.alice.actor, at=AT)
    measure_behaviour(row, at=timezone.now())
    return row


def made(cast: Cast, behaviour: Behaviour | None, crews: list[Unit], **more: Any) -> Experiment:
    values: dict[str, Any] = {
        "name": "A card with the next step",
        "hypothesis": "With a card it is said more often",
        "behaviour": behaviour,
        "hoped": 5,
        "units": [one.pk for one in crews],
        "starts_on": monday(8),
        "weeks": 8,
        "stop_rule": RULE,
        "decides": cast.ivan.person,
        "seed": 7,
    }
    return cast.program.add(Experiment(**{**values, **more}), by=cast.alice.actor, at=AT)


def text(cast: Cast, who: str, address: str = PAGE) -> str:
    answer = cast.client_of(who).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.getvalue().decode() if answer.streaming else answer.content.decode()


def test_without_any_the_page_says_how_to_begin(cast: Cast) -> None:
    page = text(cast, "alice")
    assert "Nothing is tried out yet" in page
    assert "drawn by lot" in page


def test_what_is_missing_keeps_it_from_being_registered(cast: Cast, crews: list[Unit]) -> None:
    row = made(cast, None, crews, stop_rule="")
    assert row.missing == ["the behaviour on which it is measured", "when it stops"]
    with pytest.raises(CannotError, match="still missing is the behaviour"):
        row.register({}, by=cast.alice.actor, at=AT)
    assert "still missing" in text(cast, "alice", f"{PAGE}{row.pk}/")


def test_it_is_written_drawn_run_and_ended(cast: Cast, crews: list[Unit]) -> None:
    """The whole way by its pages; the effect that was put in is found again."""
    plain = measured(cast, crews)
    row = made(cast, plain, crews)
    client, page = cast.client_of("alice"), f"{PAGE}{row.pk}/"
    assert "you would see a difference of" in text(cast, "alice", page)
    client.post(f"{page}register/")
    row.refresh_from_db()
    tries = [unit for unit, _, step in row.drawn if step is not None]
    assert (row.state, len(tries), len(row.drawn)) == (READY, 4, 8)
    Behaviour.objects.filter(pk=plain.pk).delete()
    row.behaviour = measured(cast, crews, dict.fromkeys(tries, WEEKS - 8), 0.09)
    row.save()
    client.post(f"{page}start/")
    running = text(cast, "alice", page)
    assert "+9 points against those without it" in running
    assert RULE in running
    client.post(f"{page}finish/end/", {"conclusion": "Every crew gets the card."})
    row.refresh_from_db()
    assert row.state == ENDED
    assert row.result["difference"] == pytest.approx(0.09, abs=0.005)
    ended = text(cast, "alice", page)
    assert "The share rose 9 points more with it than without" in ended
    assert "Every crew gets the card." in ended
    assert "<svg" in ended
    assert "Crew 0" in text(cast, "alice", f"{page}?format=csv")
    assert "8.81" in text(cast, "alice", f"{PAGE}?format=csv")
    assert Entry.objects.filter(verb="ended an experiment").count() == 1


def test_cannot_tell_is_said_before_it_is_run(cast: Cast, crews: list[Unit]) -> None:
    row = made(cast, measured(cast, crews), crews[:3], hoped=1)
    page = text(cast, "alice", f"{PAGE}{row.pk}/")
    assert "Cannot tell: you hope for 1 point" in page
    assert "What would help" in page
    assert "all 8 units that are measured" in page
    two = text(
        cast,
        "alice",
        f"{PAGE}{row.pk}/power/?units={crews[0].pk}&units={crews[1].pk}&design=together&steps=3&weeks=8&weeks_before=8",
    )
    assert "Cannot tell: too few units to compare" in two


def test_the_plan_is_written_on_its_own_form(cast: Cast, crews: list[Unit]) -> None:
    row = made(cast, measured(cast, crews), [])
    values = {"design": STEPPED, "steps": 2, "starts_on": "2026-12-07", "weeks": 10, "weeks_before": 6}
    client, address = cast.client_of("alice"), f"{PAGE}{row.pk}/plan/"
    assert "Crew 3, 20 people, about 100 occasions a week" in text(cast, "alice", address)
    refused = client.post(address, {**values, "units": [crews[0].pk]})
    assert "nobody to be compared with" in refused.content.decode()
    client.post(address, {**values, "units": [one.pk for one in crews[:4]]})
    row.refresh_from_db()
    assert (row.units, row.design, row.weeks) == ([one.pk for one in crews[:4]], STEPPED, 10)


def test_units_begin_in_steps(cast: Cast, crews: list[Unit]) -> None:
    row = made(cast, measured(cast, crews), crews, design=STEPPED, steps=4, weeks=8)
    row.register({one.pk: float(place) for place, one in enumerate(crews)}, by=cast.alice.actor, at=AT)
    assert sorted(one or 0 for one in row.beginnings()) == [0, 0, 2, 2, 4, 4, 6, 6]


def test_what_is_changed_after_it_was_registered_is_listed(cast: Cast, crews: list[Unit]) -> None:
    row = made(cast, measured(cast, crews), crews)
    row.register({}, by=cast.alice.actor, at=AT)
    row.change({"hoped": 3.0}, by=cast.alice.actor, at=AT)
    assert row.amended == [{"on": AT.date().isoformat(), "what": "what is hoped for", "before": 5.0, "after": 3.0}]
    assert "Changed since it was registered" in text(cast, "alice", f"{PAGE}{row.pk}/")
    with pytest.raises(CannotError, match="drawn from"):
        row.change({"units": row.units[:2]}, by=cast.alice.actor, at=AT)


def test_the_same_seed_and_units_are_drawn_the_same(cast: Cast, crews: list[Unit]) -> None:
    row = made(cast, measured(cast, crews), crews)
    row.register({}, by=cast.alice.actor, at=AT)
    first = row.drawn
    row.rewrite(by=cast.alice.actor, at=AT)
    assert (row.state, row.drawn) == (DRAFT, [])
    row.register({}, by=cast.alice.actor, at=AT)
    assert row.drawn == first


def test_its_stop_rule_asks_to_stop(cast: Cast, crews: list[Unit]) -> None:
    row = made(cast, measured(cast, crews), crews, harm=3)
    row.register({}, by=cast.alice.actor, at=AT)
    tries = {unit: WEEKS - 8 for unit, _, step in row.drawn if step is not None}
    Behaviour.objects.all().delete()
    row.behaviour = measured(cast, crews, tries, -0.1)
    row.save()
    row.start(by=cast.alice.actor, at=AT)
    assert "The stop rule asks to stop." in text(cast, "alice", f"{PAGE}{row.pk}/")


def test_it_ends_with_a_conclusion_and_stays_as_it_was(cast: Cast, crews: list[Unit]) -> None:
    row = made(cast, measured(cast, crews), crews)
    with pytest.raises(CannotError, match="being written"):
        row.finish("end", "Done.", {}, by=cast.alice.actor, at=AT)
    row.register({}, by=cast.alice.actor, at=AT)
    row.start(by=cast.alice.actor, at=AT)
    with pytest.raises(CannotError, match="what you conclude"):
        row.finish("end", " ", {}, by=cast.alice.actor, at=AT)
    with pytest.raises(CannotError, match="stays known"):
        row.remove(by=cast.alice.actor, at=AT)
    assert row.state == RUNNING
    row.finish("stop", "Visits took longer.", {}, by=cast.alice.actor, at=AT)
    with pytest.raises(CannotError, match="stopped early"):
        row.change({"name": "Another"}, by=cast.alice.actor, at=AT)


def test_it_is_removed_and_put_back(cast: Cast, crews: list[Unit]) -> None:
    row = made(cast, None, crews)
    client = cast.client_of("alice")
    client.post(f"/northlight/pace/experiment/{row.pk}/remove/")
    assert not Experiment.objects.exists()
    entry = Entry.objects.filter(verb__startswith="removed an experiment").get()
    client.post(f"/northlight/pace/experiment/put-back/{entry.pk}/")
    assert Experiment.objects.get().units == [one.pk for one in crews]


def test_a_unit_below_the_threshold_is_neither_offered_nor_compared(cast: Cast, crews: list[Unit]) -> None:
    behaviour = measured(cast, crews[:4])
    few = [Counted(crews[5].pk, monday(WEEKS - week), 10, 20, people=3) for week in range(WEEKS)]
    Count.objects.set_many(behaviour, few, by=cast.alice.actor, at=AT)
    measure_behaviour(behaviour, at=timezone.now())
    row = made(cast, behaviour, crews[:6])
    page = text(cast, "alice", f"{PAGE}{row.pk}/plan/")
    assert "Crew 3" in page
    assert "Crew 5" not in page


def test_the_effect_of_a_roll_out_is_shown_or_said_not_to_be_known(cast: Cast, crews: list[Unit]) -> None:
    Milestone.objects.filter(kind="cut_over").delete()
    for place, unit in enumerate(crews[:6]):
        on = monday(12 if place < 3 else 8)
        Milestone.objects.create(program=cast.program, kind="cut_over", unit=unit, planned=on, actual=on)
    lifted = {unit.pk: WEEKS - (12 if place < 3 else 8) for place, unit in enumerate(crews[:6])}
    behaviour = measured(cast, crews, lifted, 0.1)
    address = f"/northlight/pace/{behaviour.pk}/roll-out/"
    page = text(cast, "alice", address)
    assert "After the beginning the share is 10 points higher than it would have been" in page
    assert "6 units began; 2 units had not begun" in page
    assert "periods since" in text(cast, "alice", f"{address}?format=csv")
    Milestone.objects.all().delete()
    assert "cannot be told" in text(cast, "alice", address)


def test_an_employee_sees_none_of_it(cast: Cast) -> None:
    assert cast.client_of("erin").get(PAGE).status_code in (403, 404)


def test_as_of_is_the_day_that_is_asked(cast: Cast, crews: list[Unit]) -> None:
    row = made(cast, measured(cast, crews), crews, starts_on=monday(4))
    row.register({}, by=cast.alice.actor, at=datetime.combine(monday(5), datetime.min.time(), AT.tzinfo))
    row.start(by=cast.alice.actor, at=AT)
    assert "2 of 8" in text(cast, "alice", f"{PAGE}{row.pk}/?as_of={monday(2)}")
