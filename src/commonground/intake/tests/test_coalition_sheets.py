"""Sheets of the team, sponsors, acts and champions: brought, brought again without a difference, exported and taken back."""

from datetime import date, timedelta

from tests.cast import Cast

from commonground.analysis.facts import Act as ActRow
from commonground.analysis.facts import Champion as ChampionRow
from commonground.analysis.facts import ChampionMeeting
from commonground.analysis.facts import Member as MemberRow
from commonground.analysis.facts import Sponsor as SponsorRow
from commonground.coalition.models import Act, Champion, Meeting, Member, Sponsor
from commonground.intake import committing, exporting
from commonground.intake.tests.bringing import AT, DAY, bring, counts, everything, sheets, take

FILES = sheets(
    {
        "team": [MemberRow("carol", True, 4, True, date(2026, 5, 1))],
        "sponsors": [SponsorRow("bob", None, date(2026, 3, 2), None, date(2026, 8, 1)), SponsorRow("dan", "BIL")],
        "acts": [ActRow("bob", DAY, "visited", "BIL"), ActRow("bob", DAY + timedelta(days=9), "spoke", None, True)],
        "champions": [ChampionRow("heidi", "BIL", "Staff", hours_per_week=3, hours_used=2, contacts=9)],
        "champion_meetings": [ChampionMeeting(DAY, 4)],
    }
)


def keyed(cast: Cast, text: bytes) -> bytes:
    """The sheets with the keys of the cast."""
    for name in ("bob", "dan", "carol", "heidi"):
        person = cast.played[name].person
        assert person is not None
        text = text.replace(name.encode(), person.key.encode())
    return text.replace(b"BIL", cast.units["billing"].key.encode())


def files(cast: Cast) -> dict[str, bytes]:
    return {name: keyed(cast, text) for name, text in FILES.items()}


def test_the_sheets_are_taken_over_and_taken_back(cast: Cast) -> None:
    before = everything()
    row = take(cast.program, cast.alice.actor, files(cast))
    assert [str(one) for one in Sponsor.objects.order_by("pk")] == ["Bob for the whole program", "Dan for Billing"] or [
        one.unit for one in Sponsor.objects.order_by("pk")
    ] == [None, cast.units["billing"]]
    assert Member.objects.get().hours_per_week == 4
    assert list(Act.objects.order_by("on").values_list("kind", "planned")) == [("visited", False), ("spoke", True)]
    asked = Champion.objects.get()
    assert (asked.consent, asked.cell) == (None, {"unit": cast.units["billing"].key, "level": "Staff"})
    assert not Meeting.objects.exists()
    assert counts(row, "sponsors") == {"new": 2}
    again = bring(cast.program, cast.alice.actor, files(cast))
    assert all(
        counts(again, table) == {"unchanged": many} for table, many in (("sponsors", 2), ("acts", 2), ("team", 1))
    )
    committing.undo(row, by=cast.alice.actor, at=AT)
    assert everything() == before


def test_a_silence_is_never_told_by_a_sheet(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, files(cast))
    assert set(Sponsor.objects.values_list("told_on", flat=True)) == {None}


def test_what_is_left_out_is_said(cast: Cast) -> None:
    row = bring(cast.program, cast.alice.actor, files(cast))
    said = str(row.summary["sorts"])
    for words in ("asked first", "week by week", "Meetings of champions are noted here"):
        assert words in said


def test_an_act_on_a_day_to_come_is_kept_out_unless_it_is_planned(cast: Cast) -> None:
    rows = {"acts": [ActRow("bob", DAY + timedelta(days=1), "visited")]}
    row = bring(cast.program, cast.alice.actor, {name: keyed(cast, text) for name, text in sheets(rows).items()})
    assert counts(row, "acts") == {"kept_out": 1}


def test_what_is_exported_is_brought_back_unchanged(cast: Cast) -> None:
    take(cast.program, cast.alice.actor, files(cast))
    Champion.objects.update(consent=True)
    facts = exporting.facts_for(cast.program, cast.alice.actor, DAY)
    assert {"team", "sponsors", "acts", "champions"} <= set(facts)
    before = everything()
    take(cast.program, cast.alice.actor, sheets({table: list(facts.rows(table)) for table in facts}))
    assert everything() == before
