"""The rows of the coalition: team, sponsors, visible acts, champions and their meetings."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from math import ceil
from statistics import fmean

from commonground.analysis.coalition.cells import ATTRIBUTES
from commonground.analysis.facts import Act, Champion, ChampionMeeting, Member, Row, Sponsor
from commonground.demo import coalition as story
from commonground.demo.coalition import Done, Known, Met, Stands
from commonground.demo.days import Days
from commonground.demo.staffing import WHOLE
from commonground.demo.workforce import Worker, Workforce

Week = tuple[date, float, int]
WEEKS, COUNTED = 6, 4  # that champions have noted, and over how many of the last the sheet tells the average


def rows(days: Days, force: Workforce) -> dict[str, list[Row]]:
    """Table → rows of the large program."""
    chosen = list(champions(days, force))
    return {
        "team": [_member(one, days, force) for one in story.SEATED],
        **_leading(story.STANDS, story.DONE, days, force),
        "champions": list(chosen),
        "champion_meetings": list(_meetings(story.MEETINGS, chosen, days)),
    }


def fleet_rows(days: Days, force: Workforce) -> dict[str, list[Row]]:
    """The same of the small program beside it, whose team is those with a seat."""
    chosen = [_champion(one, place, days, force) for place, one in enumerate(story.FLEET_CHAMPIONS)]
    return {
        **_leading(story.FLEET_STANDS, story.FLEET_DONE, days, force),
        "champions": list[Row](chosen),
        "champion_meetings": list(_meetings(story.FLEET_MEETINGS, chosen, days)),
    }


def found(who: str, force: Workforce) -> str:
    """The id of somebody of the story: by name, or as `role@unit#number` among those whom it does not know by name."""
    role, at, rest = who.partition("@")
    if not at:
        return force.by_name[who]
    unit, _, number = rest.partition("#")
    others = _unknown(force, role, unit)
    return others[int(number) % len(others)].id


def _unknown(force: Workforce, role: str, unit: str) -> list[Worker]:
    able = force.holders(role, unit)
    return [worker for worker in able if not worker.named] or able


def _member(one: story.Seated, days: Days, force: Workforce) -> Member:
    yes = True if one.hours else None
    return Member(found(one.who, force), yes, one.hours, one.agreed, days.on(one.since), days.maybe(one.until))


def _leading(stands: Sequence[Stands], done: Sequence[Done], days: Days, force: Workforce) -> dict[str, list[Row]]:
    sponsors = [
        Sponsor(found(one.who, force), one.unit, days.on(one.since), None, days.maybe(one.told)) for one in stands
    ]
    acts = [Act(found(one.who, force), days.on(one.day), one.kind, one.unit, one.day > 0) for one in done]
    return {"sponsors": list[Row](sponsors), "acts": list[Row](acts)}


def champions(days: Days, force: Workforce) -> Iterator[Champion]:
    """Those whom the story knows first, then so many of each slot as the size of the organization asks for; nobody of the team."""
    taken = {found(one.who, force) for one in (*story.SEATED, *story.KNOWN)}
    taken |= {found(who, force) for who, *_ in story.ASKED}
    slots: list[str] = []
    for slot in story.SLOTS:
        able = [worker.id for worker in _unknown(force, slot.role, slot.units) if worker.id not in taken]
        many = min(len(able), max(1, round(slot.many * len(force.workers) / WHOLE)))
        slots += [able[place * len(able) // many] for place in range(many)]
    whole = len(story.KNOWN) + len(slots)
    for place, known in enumerate(story.KNOWN):
        yield _champion(known, place, days, force, whole)
    for place, person in enumerate(slots, start=len(story.KNOWN)):
        hours = story.BUSY_HOURS if is_busy(place, whole) else story.HOURS[place % len(story.HOURS)]
        since = days.on(story.CHAMPIONS_SINCE)
        yield _used(Champion(person, hours_per_week=hours, start=since), weeks(place, whole, days))


def _champion(one: Known, place: int, days: Days, force: Workforce, whole: int = 0) -> Champion:
    unit, level, location, shift, language = (dict(one.cell).get(name) for name in ATTRIBUTES)
    person, start = found(one.who, force), days.on(one.since)
    row = Champion(person, unit, level, location, shift, language, hours_per_week=one.hours, start=start)
    return _used(row, weeks(place, whole, days, beyond=one.who in story.BEYOND))


def _used(row: Champion, noted: Sequence[Week]) -> Champion:
    known = [week for week in noted if row.start is None or week[0] >= row.start][:COUNTED]
    return row._replace(hours_used=fmean(hours for _, hours, _ in known), contacts=fmean(talks for *_, talks in known))


def is_busy(place: int, whole: int) -> bool:
    """Whether the champion at a place is one of those who carry most."""
    return place < ceil(story.BUSY * whole)


def weeks(place: int, whole: int, days: Days, *, beyond: bool = False) -> list[Week]:
    """The last weeks of the champion at a place among so many: Monday, hours and talks with how many people, the newest first."""
    monday = days.today - timedelta(days=days.today.weekday())
    busy = is_busy(place, whole)
    noted: list[Week] = []
    for ago in range(1, WEEKS + 1):
        talks = 16 + (5 * place + 3 * ago) % 7 if busy else 1 + (place + ago) % 4
        hours = (talks * 4 / 60 + 0.25) * (2 if beyond else 1)
        noted.append((monday - timedelta(weeks=ago), round(4 * hours) / 4, talks))
    return noted


def _meetings(given: Sequence[Met], chosen: Sequence[Champion], days: Days) -> Iterator[ChampionMeeting]:
    for number, one in enumerate(given):
        day = days.on(one.day)
        yield ChampionMeeting(day, len(those_who_met(number, day, chosen)) if one.day <= 0 else 0)


def those_who_met(number: int, day: date, chosen: Sequence[Champion]) -> list[str]:
    """Who was at the so-manieth meeting: most of those who were champions by then."""
    serving = [row.person for row in chosen if row.start is None or row.start <= day]
    return [person for place, person in enumerate(serving) if (place + number) % 4 or place < 2][
        : story.MOST_AT_A_MEETING
    ]
