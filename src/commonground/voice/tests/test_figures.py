"""Ageing, share answered and median days against a table worked by hand; by unit as each voice is told."""

from datetime import date, timedelta

from commonground.voice import working
from commonground.voice.figures import Row, board, board_of, figures_of, pledge
from commonground.voice.open_doubts import Week, open_doubts
from commonground.voice.tests.voiced import AT, MONDAY, TODAY, Voiced
from commonground.voice.where import places_on

DAY = date(2026, 10, 1)


def row(kind: str, raised: int, heard: int | None, unit: int | None = None) -> Row:
    """Raised and heard so many days before the day."""
    return Row(kind, DAY - timedelta(raised), unit, heard is None, None if heard is None else DAY - timedelta(heard))


# by hand: waits 3, 8, 14, 40 days; answers after 2, 4, 6, 10 and 28 days
ROWS = [
    *(row("fear", raised, None) for raised in (3, 8, 14, 40)),
    *(row("idea", raised, heard) for raised, heard in ((12, 10), (14, 10), (16, 10), (20, 10), (38, 10))),
]


def test_the_figures_by_hand() -> None:
    found = figures_of("All", ROWS, DAY)
    assert (found.raised, found.waiting, found.answered) == (9, 4, 5)
    assert found.share == 5 / 9
    assert found.days == 6
    assert found.oldest == 40
    assert found.ages == (1, 2, 0, 1)
    assert pledge(found) == "Half of all answers so far came within 6 days."


def test_a_median_needs_five_answers() -> None:
    few = figures_of("All", ROWS[:8], DAY)
    assert few.answered == 4
    assert few.days is None
    assert pledge(few) == ""
    assert figures_of("None", [], DAY).share is None


def test_each_voice_is_counted_at_one_unit(voiced: Voiced) -> None:
    units, places = voiced.units, places_on(TODAY)
    named = ("team_a", "team_a", "billing", "crews", "contact")
    rows = [row("fear", 3, None, units[name].pk) for name in named] + [row("fear", 3, None)]
    found = board_of(rows, places, DAY)
    assert {one.name: one.raised for one in found.by_unit} == {"Team A": 2, "Northlight": 2, "Contact centre": 1}
    assert found.no_unit is not None
    assert found.no_unit.raised == 1
    assert sum(one.raised for one in found.by_unit) + found.no_unit.raised == found.whole.raised


def test_signed_voices_of_few_people_are_told_by_the_unit_above(voiced: Voiced) -> None:
    voiced.signed()
    found = board(voiced.cast.program, TODAY)
    assert [one.name for one in found.by_unit] == ["Northlight"]


def test_what_was_taken_back_unanswered_is_not_counted(voiced: Voiced) -> None:
    gone, heard = voiced.nameless("Gone"), voiced.nameless("Heard")
    working.answer(heard, words="Yes.", **voiced.lead)
    for one in (gone, heard):
        working.withdraw_by_code(one, day=TODAY)
    whole = board(voiced.cast.program, TODAY).whole
    assert (whole.raised, whole.waiting, whole.answered) == (1, 0, 1)


def test_what_was_set_aside_with_a_reason_has_its_answer(voiced: Voiced) -> None:
    one = voiced.signed()
    working.close(one, why="Twice the same", by=voiced.cast.alice.actor, at=AT + timedelta(days=2))
    whole = board(voiced.cast.program, TODAY + timedelta(days=3)).whole
    assert (whole.waiting, whole.answered) == (0, 1)


def test_the_page_says_how_many_have_an_answer(voiced: Voiced) -> None:
    client = voiced.cast.erin.client()
    assert "Nobody has said anything yet" in client.get("/northlight/voices/figures/").content.decode()
    working.answer(voiced.nameless(), words="Yes.", **voiced.lead)
    voiced.nameless("Another")
    page = client.get("/northlight/voices/figures/").content.decode()
    assert "1 of 2 voices have an answer" in page
    exported = b"".join(client.get("/northlight/voices/figures/?format=csv")).decode()
    assert exported.splitlines()[1].startswith("All,2,1,1,0.5,")


def test_open_doubts_around_a_unit_by_week(voiced: Voiced) -> None:
    for kind, unit in (("fear", "team_a"), ("doubt", "team_a"), ("idea", "team_a"), ("fear", "contact")):
        voiced.nameless(f"{kind} {unit}", kind=kind, unit=unit)
    voiced.nameless("earlier", unit="team_a", day=MONDAY - timedelta(days=1))
    heidi, program = voiced.cast.heidi.actor, voiced.cast.program
    found = open_doubts(heidi, voiced.units["team_a"].pk, TODAY, program=program)
    assert (found.name, found.waiting) == ("Team A", 3)
    assert found.weeks == [
        Week(MONDAY - timedelta(days=7), "a fear", 1),
        Week(MONDAY, "a doubt", 1),
        Week(MONDAY, "a fear", 1),
    ]
    assert not found.voices.exists(), "none is published"
    assert open_doubts(heidi, voiced.units["crews"].pk, TODAY, program=program).name == "Northlight"
    assert open_doubts(voiced.cast.dan.actor, voiced.units["team_a"].pk, TODAY, program=program).waiting == 0


def test_a_champion_reads_the_open_doubts_of_a_unit_on_the_page(voiced: Voiced) -> None:
    for kind in ("fear", "fear", "doubt"):
        voiced.nameless(f"A {kind}", kind=kind, unit="team_a")
    address = f"/northlight/voices/figures/?as_of={TODAY}&unit="
    client, team = voiced.cast.heidi.client(), voiced.units["team_a"].pk
    page = " ".join(client.get(f"{address}{team}").content.decode().split())
    assert "3 wait at Team A and below" in page
    assert '<td>a fear</td><td class="num">2</td>' in page
    assert "14 Sep" in page
    assert "waits at Contact centre and below" in client.get(f"{address}{voiced.units['contact'].pk}").content.decode()
    for odd in ("", "0", "99999999", "x"):
        assert client.get(f"{address}{odd}").status_code == 200
    for name in ("erin", "dan"):  # an employee, and the manager of Billing
        assert "Open doubts" not in voiced.cast.played[name].client().get(f"{address}{team}").content.decode()
