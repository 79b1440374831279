"""The works council's page and the privacy pack: made of the settings in force, modest, the same twice."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.cast import FIRST_DAY, Cast

from commonground.disclosure.clearing import Retention, rules
from commonground.disclosure.models import Threshold
from commonground.disclosure.releasing import release
from commonground.reports.impact import criteria
from commonground.reports.pack import pack_of
from commonground.reports.pack_written import as_html, as_markdown
from commonground.reports.privacy import WATCHED, Privacy, privacy_of
from commonground.workflows.models import AnswersFor, Process

PAGES = ("privacy/", "privacy/pack/", "privacy/pack/?format=md", "privacy/pack/?format=html")


def found(cast: Cast, who: str = "frank") -> Privacy:
    return privacy_of(cast.program, cast.played[who].actor, timezone.localdate())


def released(days_ago: int, subject: str = "b:1", withheld: int = 7) -> None:
    release(
        kind="pace", subject="note the contact", subject_key=subject, program="northlight", threshold=8, cells=100,
        withheld=withheld, content=[days_ago], at=timezone.now() - timedelta(days=days_ago),
    )  # fmt: skip


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize(
    ("who", "status"),
    [("alice", 200), ("frank", 200), ("bob", 404), ("dan", 404), ("erin", 404), ("grace", 404), ("charlie", 404)],
)
def test_who_may_open_it(cast: Cast, who: str, status: int, url: str) -> None:
    assert cast.client_of(who).get(f"/northlight/{url}").status_code == status


def test_the_first_sentence_counts_what_was_released_this_week(cast: Cast) -> None:
    for days_ago, subject in ((1, "b:1"), (2, "b:2"), (6, "b:3"), (9, "b:4"), (120, "b:5")):
        released(days_ago, subject)
    page = found(cast)
    [pace] = [one for one in page.released if one.newest]
    assert (pace.week, pace.lately, pace.withheld) == (3, 4, 28)
    assert (
        page.statement == "No result stands for fewer than 8 people; 3 releases this week; nothing waits to be deleted"
    )
    text = cast.frank.client().get("/northlight/privacy/").content.decode()
    assert page.statement in text
    assert "Change lead, Sponsor, Team member" in text  # to whom


def test_a_raised_threshold_and_the_next_deletion_are_told(cast: Cast) -> None:
    released(1)
    Threshold.objects.all().raise_to("pace", 12, why="agreed in March", by=cast.frank.actor, at=timezone.now())
    day = timezone.localdate() + timedelta(days=2)
    Retention.objects.create(key="intake.sheets", next_on=day, ran_at=timezone.now(), removed=3, in_all=9)
    page = found(cast)
    assert page.fewest == 12
    assert f"next deletion on {day.day} {day:%b %Y}" in page.statement
    text = cast.frank.client().get("/northlight/privacy/").content.decode()
    assert "agreed in March" in text
    assert "raised from 8" in text


def test_every_rule_of_retention_stands_on_it_with_its_days(cast: Cast) -> None:
    text = cast.alice.client().get("/northlight/privacy/").content.decode()
    for rule in rules():
        assert rule.words in text


def test_access_is_read_from_the_policy(cast: Cast) -> None:
    access = {one.verb: one.roles for one in found(cast).access}
    assert set(access) == set(WATCHED)
    assert access["privacy.view"] == ["Change lead", "Auditor"]


def test_who_is_to_answer_for_planned_work_is_counted_nowhere(cast: Cast) -> None:
    before = as_markdown(pack_of(found(cast)))
    hush = Process.objects.create(
        program=cast.program, key="hush", name="Hush", workflow=cast.things["workflow"], planned_only=True
    )
    AnswersFor.objects.create(process=hush, person=cast.dan.person, start=FIRST_DAY)
    assert as_markdown(pack_of(found(cast))) == before


def test_the_pack_is_the_same_twice_and_differs_when_a_setting_differs(cast: Cast) -> None:
    first = pack_of(found(cast))
    assert as_markdown(first) == as_markdown(pack_of(found(cast)))
    assert as_html(first) == as_html(pack_of(found(cast)))
    Threshold.objects.all().raise_to("pace", 12, why="agreed", by=cast.frank.actor, at=timezone.now())
    second = pack_of(found(cast))
    assert second.digest != first.digest
    assert "| Threshold: The pace of behaviours | 12 |" in as_markdown(second)
    assert "12 (raised from 8)" in as_html(second)


def test_the_pack_claims_little(cast: Cast) -> None:
    text = as_markdown(pack_of(found(cast)))
    low = text.lower()
    for claim in ("gdpr-compliant", "gdpr compliant", "fully anonymous", "guarantee"):
        assert claim not in low
    assert "no legal advice" in low
    assert "verify with counsel" in low
    assert low.count("to be answered:") >= 12
    for line in text.splitlines():
        if (
            "anonymous" in line.lower()
        ):  # only with its limits, in the sense of a survey's law, or as a voice without a name
            assert any(word in line.lower() for word in ("does not mean more", "survey", "voice", "anonymity")), line


def test_the_nine_criteria_stand_in_their_order_and_only_one_is_answered(cast: Cast) -> None:
    rows = criteria(found(cast))
    assert [row[0].split(".")[0] for row in rows] == [str(number) for number in range(1, 10)]
    assert [row[0] for row in rows if row[1].startswith("Yes")] == ["7. Vulnerable people"]
    assert all(row[2] == "…" for row in rows)


def test_what_somebody_wrote_is_no_markup_in_the_pack(cast: Cast) -> None:
    cast.program.goal = "fewer | posts <script>x</script>\n# no heading"
    cast.program.save()
    made = pack_of(found(cast))
    text = as_markdown(made)
    assert "<script>" not in text + as_html(made)
    assert "\n# no heading" not in text


@pytest.mark.parametrize(
    ("who", "status"), [("alice", 200), ("frank", 200), ("bob", 404), ("erin", 404), ("grace", 404)]
)
def test_who_may_change_how_long(cast: Cast, who: str, status: int) -> None:
    assert cast.client_of(who).get("/northlight/privacy/keeping/intake.sheets/").status_code == status


def test_days_are_looked_at_first_and_changed_with_a_reason(cast: Cast) -> None:
    client, url = cast.frank.client(), "/northlight/privacy/keeping/intake.sheets/"
    assert "With 3 days: nothing would go." in client.get(f"{url}?days=3").content.decode()
    assert client.post(url, {"days": "3", "why": ""}).status_code == 422
    assert client.post(url, {"days": "99", "why": "x"}).status_code == 422
    answer = client.post(url, {"days": "3", "why": "agreed"}, follow=True).content.decode()
    assert "Kept 3 days from now on" in answer
    assert Retention.objects.get(key="intake.sheets").days == 3
    assert client.get("/northlight/privacy/keeping/no.such/").status_code == 404
