"""Puts the coalition of the demo into the database: team, sponsors and acts through their verbs, day after day; champions as they stand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime

from commonground.access.actor import OPERATOR, Actor
from commonground.accounts.models import User, actor_for
from commonground.analysis import facts
from commonground.analysis.facts import Row
from commonground.coalition.models import Act, Champion, Composition, HoursUsed, Meeting, Member, Sponsor
from commonground.coalition.silence import note_told, quiet
from commonground.demo import coalition as story
from commonground.demo.coalition import Done, Known, Met, Stands
from commonground.demo.coalition_rows import found, those_who_met, weeks
from commonground.demo.load_organization import BATCH, Keys
from commonground.demo.moments import moment
from commonground.demo.story import SLUG
from commonground.demo.world import World
from commonground.organization.models import Person, Unit
from commonground.outbox.models import Message
from commonground.programs.models import Program

Deed = tuple[datetime, Callable[[], object]]
LEAD = "maren"
PLANNED_ON = -3  # when what is to come was noted
OF_A_SPONSOR = "sponsor:"
NOT_AGREED = 11  # of so many champions one whose manager has not been asked yet


class Coalition:
    """What its verbs are called with. rows: the tables of the program."""

    def __init__(self, program: Program, rows: Mapping[str, Sequence[Row]], world: World, keys: Keys) -> None:
        self.program, self.rows, self.world, self.keys, self.days = program, rows, world, keys, world.days
        user = User.objects.select_related("person").get(username=LEAD)
        self.lead: Actor = actor_for(user, person=user.person.pk)
        self.is_large = program.slug == SLUG

    def person(self, who: str) -> Person:
        return Person.objects.get(pk=self.keys.people[found(who, self.world.force)])

    def unit(self, key: str | None) -> Unit | None:
        return Unit.objects.get(pk=self.keys.units[key]) if key else None

    def at(self, offset: int, hour: int = 10) -> datetime:
        return moment(self.days.on(offset), hour)


def load_coalition(program: Program, rows: Mapping[str, Sequence[Row]], world: World, keys: Keys) -> None:
    """Writes who is on the team, who leads what and was seen, and who champions it."""
    on = Coalition(program, rows, world, keys)
    stands, done = (story.STANDS, story.DONE) if on.is_large else (story.FLEET_STANDS, story.FLEET_DONE)
    deeds = [*_sponsors(on, stands), *_acts(on, done)]
    if on.is_large:
        deeds += [*_composing(on), *(deed for one in story.SEATED for deed in _seat(on, one)), *_asking(on)]
    _champions(on)
    deeds += _meetings(on, story.MEETINGS if on.is_large else story.FLEET_MEETINGS)
    for _, deed in sorted(deeds, key=lambda pair: pair[0]):
        deed()
    Message.objects.filter(secret__startswith=OF_A_SPONSOR).delete()  # who was told has read it long ago


def _composing(on: Coalition) -> Iterator[Deed]:
    """What was settled before the team was composed."""
    name, why, day = story.KEPT_OFF
    fixed, fixed_day = story.FIXED
    off, said = on.at(day, 11), on.at(story.DIVERGENCE_SAID)
    of = Composition.objects.of
    yield on.at(fixed_day), lambda: of(on.program).wish(on.person(fixed), on=True, by=on.lead, at=on.at(fixed_day))
    yield off, lambda: of(on.program).wish(on.person(name), on=False, reason=why, by=on.lead, at=off)
    yield said, lambda: of(on.program).say_divergence(story.DIVERGENCE, by=on.lead, at=said)


def _seat(on: Coalition, one: story.Seated) -> Iterator[Deed]:
    """Asked; some days later the answer, the hours and the manager's word; perhaps the end."""
    asked, words, made = on.at(one.since), one.stands_for.split("; "), list[Member]()

    def ask() -> None:
        composition = Composition.objects.of(on.program)
        made.extend(composition.seat([(on.person(one.who), words)], by=on.lead, at=asked)[0])

    def then(days: int, act: Callable[[Member, datetime], None]) -> Deed:
        at = on.at(one.since + days, 14)
        return at, lambda: act(made[0], at)

    hours, agreed, until = one.hours, one.agreed, one.until
    yield asked, ask
    if hours is not None:
        yield then(3, lambda row, at: row.record_consent(True, by=on.lead, at=at))
        yield then(4, lambda row, at: row.agree_hours(hours, by=on.lead, at=at))
        yield then(8, lambda row, at: row.manager_agrees(agreed, by=on.lead, at=at))
    if until is not None:
        end = on.days.on(until)
        yield moment(end, 9), lambda: made[0].free(on=end, by=on.lead, at=moment(end, 9))


def _sponsors(on: Coalition, stands: Sequence[Stands]) -> Iterator[Deed]:
    for one in stands:
        yield on.at(one.since, 15), _named(on, one)
        if one.told is not None:
            yield on.at(one.told, 18), _told(on, one, on.at(one.told, 18))


def _named(on: Coalition, one: Stands) -> Callable[[], object]:
    start, at = on.days.on(one.since), on.at(one.since, 15)
    return lambda: Sponsor.objects.appoint(
        on.program, on.person(one.who), unit=on.unit(one.unit), start=start, words=one.words, by=on.lead, at=at
    )


def _told(on: Coalition, one: Stands, at: datetime) -> Callable[[], object]:
    def told() -> None:
        (silence,) = quiet(on.program, at.date(), person=on.person(one.who).pk)
        note_told(silence, at.date(), by=OPERATOR, at=at)

    return told


def _acts(on: Coalition, done: Sequence[Done]) -> Iterator[Deed]:
    for one in done:
        at = on.at(min(one.day, PLANNED_ON), 16)
        yield at, _act(on, one, at)


def _act(on: Coalition, one: Done, at: datetime) -> Callable[[], object]:
    def log() -> None:
        row = Act(program=on.program, person=on.person(one.who), on=on.days.on(one.day), kind=one.kind, words=one.words)
        row.unit, row.planned = on.unit(one.unit), one.day > 0
        Act.objects.log(row, today=at.date(), by=on.lead, at=at)

    return log


def _champions(on: Coalition) -> None:
    """Those who said yes, with the weeks that they noted."""
    given = [row for row in on.rows["champions"] if isinstance(row, facts.Champion)]
    known: Sequence[Known] = story.KNOWN if on.is_large else story.FLEET_CHAMPIONS
    whole = len(given) if on.is_large else 0
    made = Champion.objects.bulk_create(
        (_champion(on, row, known[place] if place < len(known) else None, place) for place, row in enumerate(given)),
        batch_size=BATCH,
    )
    notes = dict(story.NOTES_OF_ILSE) if on.is_large else {}
    HoursUsed.objects.bulk_create(
        (
            HoursUsed(
                champion=row, week=week, hours=hours, contacts=talks, words=notes.get(ago, "") if place == 0 else ""
            )
            for place, row in enumerate(made)
            for ago, (week, hours, talks) in enumerate(
                weeks(place, whole, on.days, beyond=place < len(known) and known[place].who in story.BEYOND), start=1
            )
            if row.start is None or week >= row.start
        ),
        batch_size=BATCH,
    )


def _champion(on: Coalition, row: facts.Champion, known: Known | None, place: int) -> Champion:
    return Champion(
        program=on.program,
        person_id=on.keys.people[row.person],
        hours_per_week=row.hours_per_week,
        consent=True,
        manager_agreed=None if place % NOT_AGREED == NOT_AGREED - 1 else True,
        source=known.source if known else "nominated",
        why=known.why if known else "Several colleagues named them.",
        cell=dict(known.cell) if known else {},
        too_much_on=on.days.maybe(known.too_much) if known else None,
        start=row.start,
        end=row.end,
    )


def _asking(on: Coalition) -> Iterator[Deed]:
    """Who is asked and has not said yes."""
    for who, day, said, source, why in story.ASKED:
        yield on.at(day, 11), _asked(on, who, said, source, why, on.at(day, 11))


def _asked(on: Coalition, who: str, said: str, source: str, why: str, at: datetime) -> Callable[[], object]:
    def ask() -> None:
        row = Champion.objects.ask(on.person(who), program=on.program, source=source, why=why, by=on.lead, at=at)
        row.answer(said, by=on.lead, at=at.replace(hour=15))

    return ask


def _meetings(on: Coalition, given: Sequence[Met]) -> Iterator[Deed]:
    chosen = [row for row in on.rows["champions"] if isinstance(row, facts.Champion)]
    for number, one in enumerate(given):
        day = on.days.on(one.day)
        there = those_who_met(number, day, chosen) if one.day <= 0 else []
        at = moment(min(day, on.days.on(PLANNED_ON)), 17)
        yield at, _meeting(on, day, there, one.words, at)


def _meeting(on: Coalition, day: date, there: Sequence[str], words: str, at: datetime) -> Callable[[], object]:
    def note() -> None:
        people = Person.objects.filter(pk__in=[on.keys.people[person] for person in there])
        Meeting.objects.note(on.program, on=day, people=people, words=words, by=on.lead, at=at)

    return note
