"""Hiccup plans: written, ready, read by the front office, printed, counted by hand, watched live, and never seen too early."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.cast import AT, Cast

from commonground.communication.bringing_counts import bring, here, stored, take_back
from commonground.communication.hiccups import HiccupPlan, Promise
from commonground.communication.live import Watched
from commonground.communication.watching import HAND, HOUR, Signal, SignalCount
from commonground.journal.models import Entry
from commonground.programs.models import Milestone
from commonground.programs.register import CannotError

PAGE = "/northlight/customers/hiccups/"


@pytest.fixture
def plan(cast: Cast) -> HiccupPlan:
    today = timezone.localdate()
    row = Milestone.objects.create(program=cast.program, kind="cut_over", unit=cast.units["billing"], planned=today)
    made = HiccupPlan(
        name="Cut-over of Billing",
        cut_over=row,
        noticed="yes",
        notice="Two bills in one month\nLonger waits",
        preview="Bills come a week later this once.",
        script="We are changing over. Your bill comes on the ninth.",
        speaks=cast.ivan.person,
    )
    plan: HiccupPlan = cast.program.add(made, by=cast.alice.actor, at=AT)
    return plan


def promised(cast: Cast, plan: HiccupPlan, **more: Any) -> Promise:
    values = {
        "promise": "Nobody pays a late fee",
        "fails_when": "A reminder went out",
        "remedy": "The fee is cancelled",
    }
    return cast.program.add(Promise(plan=plan, **{**values, **more}), by=cast.ivan.actor, at=AT)


def counted(cast: Cast, plan: HiccupPlan, **more: Any) -> Signal:
    values = {"name": "Complaints", "minutes": HOUR, **more}
    return cast.program.add(Signal(plan=plan, **values), by=cast.ivan.actor, at=AT)


def text(cast: Cast, who: str, address: str = PAGE) -> str:
    answer = cast.client_of(who).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.getvalue().decode() if answer.streaming else answer.content.decode()


def test_without_a_cut_over_the_page_says_how_to_begin(cast: Cast) -> None:
    Milestone.objects.filter(kind="cut_over").delete()
    page = text(cast, "alice")
    assert "No cut-over is planned yet" in page
    assert "/milestone/add/?kind=cut_over" in page
    assert "/milestone/add/" not in text(cast, "carol")


def test_a_plan_is_ready_only_when_nothing_is_missing(cast: Cast, plan: HiccupPlan) -> None:
    with pytest.raises(CannotError, match="still missing is a promise"):
        plan.say_ready(by=cast.ivan.actor, at=AT)
    row = promised(cast, plan, remedy="")
    with pytest.raises(CannotError, match="a remedy for each promise"):
        plan.say_ready(by=cast.ivan.actor, at=AT)
    row.change({"remedy": "The fee is cancelled"}, by=cast.ivan.actor, at=AT)
    assert plan.say_ready(by=cast.ivan.actor, at=AT)
    assert "is ready" in text(cast, "ivan") or "ready" in text(cast, "ivan")
    assert Entry.objects.filter(verb="said a hiccup plan is ready").count() == 1


def test_that_customers_notice_nothing_is_an_answer_too(cast: Cast, plan: HiccupPlan) -> None:
    assert HiccupPlan(noticed="no").missing == []
    assert HiccupPlan(noticed="unknown").missing == ["whether customers notice anything"]


def test_the_front_office_reads_a_plan_once_it_is_ready_and_never_the_board(cast: Cast, plan: HiccupPlan) -> None:
    promised(cast, plan)
    say = f"{PAGE}{plan.pk}/what-we-say/"
    erin = cast.erin.client()
    assert erin.get(say).status_code == 404
    assert erin.get(f"{PAGE}{plan.pk}/what-we-say.pdf").status_code == 404
    plan.say_ready(by=cast.ivan.actor, at=AT)
    page = text(cast, "erin", say)
    assert "Your bill comes on the ninth" in page
    assert "The fee is cancelled" in page
    assert erin.get(PAGE).status_code == 404
    assert erin.get(f"{PAGE}{plan.pk}/live/").status_code == 404
    for name in ("frank", "grace"):
        assert cast.client_of(name).get(say).status_code == 404


def test_it_stands_on_everybodys_own_page_while_it_runs(cast: Cast, plan: HiccupPlan) -> None:
    promised(cast, plan)
    assert "When customers ask" not in text(cast, "erin", "/northlight/for-me/")
    plan.say_ready(by=cast.ivan.actor, at=timezone.now())
    assert f"{PAGE}{plan.pk}/what-we-say/" in text(cast, "erin", "/northlight/for-me/")
    past = timezone.localdate() - timedelta(days=9)
    plan.change({"watch_from": past, "watch_until": past + timedelta(days=2)}, by=cast.ivan.actor, at=AT)
    assert "When customers ask" not in text(cast, "erin", "/northlight/for-me/")


def test_the_sheet_to_print_is_a_pdf(cast: Cast, plan: HiccupPlan) -> None:
    promised(cast, plan)
    answer = cast.ivan.client().get(f"{PAGE}{plan.pk}/what-we-say.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer.content.count(b"/Type /Page\n") == 1


def test_plan_promise_and_count_are_written_on_their_pages(cast: Cast, plan: HiccupPlan) -> None:
    ivan = cast.ivan.client()
    assert (
        ivan.post(
            f"{PAGE}{plan.pk}/promise/add/", {"promise": "A call is answered", "remedy": "We call back", "order": 1}
        ).status_code
        == 302
    )
    given = {"name": "Calls", "minutes": 60, "source": "file", "at_once": "", "activity": "", "log": "", "promise": ""}
    assert ivan.post(f"{PAGE}{plan.pk}/signal/add/", given).status_code == 302
    assert ivan.post(f"{PAGE}{plan.pk}/signal/add/", given).status_code == 422  # the name is taken
    assert ivan.post(f"{PAGE}{plan.pk}/signal/add/", {**given, "name": "Chats", "source": "events"}).status_code == 422
    page = text(cast, "ivan", f"{PAGE}{plan.pk}/")
    assert "A call is answered" in page
    assert "not enough data yet" in page
    row = Promise.objects.get()
    ivan.post(f"{PAGE}promise/{row.pk}/remove/")
    assert not Promise.objects.exists()
    entry = Entry.objects.filter(verb="removed a promise to customers").get()
    ivan.post(f"{PAGE}promise/put-back/{entry.pk}/")
    assert Promise.objects.get().remedy == "We call back"
    assert cast.carol.client().get(f"{PAGE}{plan.pk}/promise/add/").status_code == 200
    assert cast.dan.client().get(f"{PAGE}{plan.pk}/promise/add/").status_code == 404


def test_a_plan_stays_when_its_cut_over_goes(cast: Cast, plan: HiccupPlan) -> None:
    assert plan.cut_over is not None
    plan.cut_over.remove(by=cast.alice.actor, at=AT)
    assert "Cut-over of Billing" in text(cast, "alice")
    assert text(cast, "alice", f"{PAGE}{plan.pk}/")


def test_one_tap_counts_one_and_a_slip_is_taken_back(cast: Cast, plan: HiccupPlan) -> None:
    promised(cast, plan)
    plan.say_ready(by=cast.ivan.actor, at=AT)
    signal = counted(cast, plan, source=HAND)
    erin, address = cast.erin.client(), f"{PAGE}signal/{signal.pk}/count/"
    for number in ("1", "1", "-1"):
        assert erin.post(address, {"number": number}).status_code == 302
    assert SignalCount.objects.get().count == 1
    assert Entry.objects.filter(verb="counted one by hand").count() == 2
    erin.post(address, {"number": "-1"})
    erin.post(address, {"number": "-1"})  # refused: fewer than none
    assert SignalCount.objects.get().count == 0
    assert "+1 Complaints" in text(cast, "erin", f"{PAGE}{plan.pk}/what-we-say/")


def test_what_is_counted_elsewhere_takes_no_tap(cast: Cast, plan: HiccupPlan) -> None:
    with pytest.raises(CannotError, match="nothing is added by hand"):
        counted(cast, plan).count_by_hand(1, starts=AT, by=cast.ivan.actor, at=AT)


def eight_weeks(now: datetime, each: int = 10) -> dict[datetime, int]:
    """So many in every hour of eight weeks before the day of `now`."""
    day = datetime.combine(now.date(), time())
    return {day - timedelta(hours=back): each for back in range(1, 24 * 56 + 1)}


def test_counts_are_brought_whole_replaced_and_taken_back(cast: Cast, plan: HiccupPlan) -> None:
    signal, now = counted(cast, plan), timezone.now()
    first = here(now).replace(minute=0, second=0, microsecond=0) - timedelta(hours=5)
    bring(signal, "a", {first: 3, first + timedelta(hours=2): 4}, by=cast.ivan.actor, at=now)
    assert list(signal.counts.values_list("count", flat=True)) == [3, 0, 4]
    later = bring(signal, "b", {first + timedelta(hours=1): 9}, by=cast.ivan.actor, at=now + timedelta(seconds=1))
    assert list(signal.counts.values_list("count", flat=True)) == [3, 9, 4]
    with pytest.raises(CannotError, match="was brought after"):
        take_back(signal.brought.get(name="a"), by=cast.ivan.actor, at=now)
    take_back(later, by=cast.ivan.actor, at=now)
    assert list(signal.counts.values_list("count", flat=True)) == [3, 0, 4]
    with pytest.raises(CannotError, match="has not come yet"):
        bring(signal, "c", {first + timedelta(days=3): 1}, by=cast.ivan.actor, at=now)


def watched(cast: Cast, plan: HiccupPlan, today: list[int], **more: Any) -> Watched:
    """Ten an hour in the weeks before, and these from midnight of the day of the cut-over on."""
    day = datetime.combine(timezone.localdate(), time())
    signal = counted(cast, plan, **more)
    SignalCount.objects.bulk_create(
        [SignalCount(signal=signal, starts=stored(at), count=n) for at, n in eight_weeks(day).items()]
        + [
            SignalCount(signal=signal, starts=stored(day + timedelta(hours=hour)), count=n)
            for hour, n in enumerate(today)
        ]
    )
    at = stored(day + timedelta(hours=len(today)))
    signal.brought.create(name="calls.csv", at=at, first=stored(day - timedelta(days=56)), end=at, taken_over_at=at)
    return Watched(signal, day + timedelta(hours=len(today), minutes=5), day.date())


@pytest.mark.parametrize(
    ("today", "state"),
    [([10, 10, 11], "usual"), ([10, 10, 40], "watch"), ([10, 40, 41], "act"), ([0, 0, 0], "few"), ([17] * 8, "act")],
)
def test_it_says_when_to_act(cast: Cast, plan: HiccupPlan, today: list[int], state: str) -> None:
    one = watched(cast, plan, today)
    assert one.weeks == 8
    assert one.verdict.state == state, one.verdict


def test_it_names_the_promise_the_remedy_and_who_speaks(cast: Cast, plan: HiccupPlan) -> None:
    mine, other = promised(cast, plan, speaks=cast.dan.person), promised(cast, plan, promise="Bills are right")
    one = watched(cast, plan, [10, 40, 41], promise=mine)
    assert one.promises == [mine]
    assert one.promises[0].speaker == cast.dan.person
    assert other.speaker == cast.ivan.person
    assert one.words == "Complaints: more than usual since 01:00"


def test_the_days_of_the_cut_over_never_become_what_is_usual(cast: Cast, plan: HiccupPlan) -> None:
    one = watched(cast, plan, [500, 500])
    assert max(row.high or 0 for row in one.band.rows) < 30


def test_the_live_page_says_so_draws_it_and_looks_again(cast: Cast, plan: HiccupPlan) -> None:
    promised(cast, plan)
    yesterday = timezone.localdate() - timedelta(days=1)
    plan.change({"watch_from": yesterday}, by=cast.ivan.actor, at=AT)
    signal, now = counted(cast, plan), timezone.now()
    counts = eight_weeks(datetime.combine(yesterday, time()))
    start = datetime.combine(yesterday, time())
    counts |= {start + timedelta(hours=hour): 10 if hour < 20 else 45 for hour in range(24)}
    bring(signal, "calls.csv", counts, by=cast.ivan.actor, at=now)
    page = text(cast, "carol", f"{PAGE}{plan.pk}/live/?day={yesterday}")
    assert "Complaints: more than usual since 20:00" in page
    assert "The fee is cancelled" in page
    assert 'class="dot-act"' in page
    assert "n = 1,344 counts" in page
    live = text(cast, "carol", f"{PAGE}{plan.pk}/live/")
    assert 'hx-trigger="every 60s"' in live
    assert 'http-equiv="refresh"' in live
    lines = text(cast, "carol", f"{PAGE}{plan.pk}/live/?format=csv").splitlines()
    assert len(lines) == 25
    assert "it is time to act" in text(cast, "carol") or "being watched" in text(cast, "carol")


def test_many_counts_need_no_query_each(cast: Cast, plan: HiccupPlan, django_assert_max_num_queries: Any) -> None:
    for name in ("Calls", "Complaints", "Visits"):
        watched(cast, plan, [10] * 3, name=name)
    carol = cast.carol.client()
    carol.get(f"{PAGE}{plan.pk}/live/")
    with django_assert_max_num_queries(40):
        carol.get(f"{PAGE}{plan.pk}/live/")
