"""Puts the voices of the demo into the database: those of long ago as they stand, the last weeks' through the verbs, day after day."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from commonground.access.actor import Actor
from commonground.access.unordered import random_pk
from commonground.accounts.models import User, actor_for
from commonground.analysis import facts
from commonground.demo.days import Days
from commonground.demo.heard import FELT, OFFERED, Felt, raised_on, state_of
from commonground.demo.load_organization import Keys
from commonground.demo.moments import moment
from commonground.demo.story import ACCOUNTS
from commonground.demo.voices import CODE, CODED, LATELY, LONG_AGO, MATTERS, Said
from commonground.demo.world import World
from commonground.organization.models import Person
from commonground.programs.models import Program
from commonground.realignment.models import HolderPath, Perception, Talk
from commonground.voice import working
from commonground.voice.keys import digest_of, new_code
from commonground.voice.models import Salt, Topic, Voice
from commonground.voice.voices import ANONYMOUS, HANDED, SIGNED
from commonground.voice.where import places_on

Deed = tuple[datetime, Callable[[], object]]
USERNAMES = {account.person: account.username for account in ACCOUNTS if account.person}
CARRIER = "ilse"  # the champion hands over what people without a sign-in want said


def load_voices(program: Program, days: Days, keys: Keys, users: Mapping[str, int]) -> None:
    """Writes what was raised before the program was kept here, with what came of it."""
    topics = {key: Topic(program=program, name=matter.name) for key, matter in MATTERS.items()}
    for key, topic in topics.items():
        answer = MATTERS[key].answer
        topic.answer, topic.answered_on = (answer[1], days.on(answer[0])) if answer else ("", None)
        topic.came_of_it = MATTERS[key].outcome
    Topic.objects.bulk_create(topics.values())
    places, salt = places_on(days.today), Salt.objects.of(program)
    Voice.objects.bulk_create(
        _long_ago(one, program, days, keys, users, topics, unit=places.by(keys.unit(one.unit)), salt=salt)
        for one in LONG_AGO
    )


def _long_ago(
    one: Said,
    program: Program,
    days: Days,
    keys: Keys,
    users: Mapping[str, int],
    topics: Mapping[str, Topic],
    *,
    unit: int | None,
    salt: str,
) -> Voice:
    answer, topic = one.answer, topics.get(one.topic)
    answered = days.on(answer[0]) if answer else topic.answered_on if topic else days.maybe(one.taken)
    public = one.words if answered or one.taken else ""
    row = Voice(
        pk=random_pk(),
        program=program,
        kind=one.kind,
        words=one.words,
        public_words=public,
        published=bool(public),
        raised_on=raised_on(one, days),
        unit_id=keys.unit(one.unit) if one.by else unit,
        state=state_of(one),
        triaged_on=days.on(one.day + 2),
        owner_id=users[USERNAMES[one.owner]] if one.owner else None,
        due=days.maybe(one.due),
        topic=topic,
        answer=answer[1] if answer else "",
        answered_on=answered,
        accepted_on=days.maybe(one.taken),
        came_of_it=one.done[1] if one.done else "",
        completed_on=days.on(one.done[0]) if one.done else None,
    )
    if not one.by:
        row.way, row.code_digest = ANONYMOUS, digest_of(new_code(), salt)
    else:
        row.way = SIGNED if one.by in USERNAMES else HANDED
        row.author_id, row.raised_by_id = keys.named[one.by], users[USERNAMES.get(one.by, CARRIER)]
        row.wants_credit = one.kind == "idea"
    return row


def load_talks(program: Program, rows: Mapping[str, object], keys: Keys) -> None:
    """Writes which of the three have noted the talk about a new manager."""
    paths = dict(HolderPath.objects.filter(program=program, to_manager__isnull=False).values_list("person", "pk"))
    given = rows.get("reassignments", ())
    assert isinstance(given, list)  # noqa: S101 - a table of rows
    Talk.objects.bulk_create(
        Talk(
            path_id=paths[keys.people[row.person]],
            from_manager_id=keys.person(row.from_manager),
            talked_from=row.talked_from,
            talked_to=row.talked_to,
            talked_person=row.talked_person,
        )
        for row in given
        if isinstance(row, facts.Reassignment) and row.talked_from
    )


def deeds(program: Program, world: World, keys: Keys, users: Mapping[str, int]) -> Iterator[Deed]:
    """What was raised and felt in the last weeks and what was done with it, each with its moment."""
    actors = {
        user.username: actor_for(user, person=user.person.pk)
        for user in User.objects.filter(username__in=USERNAMES.values()).select_related("person")
    }
    people = {user: Person.objects.get(user=pk) for user, pk in users.items() if user in actors}
    for place, one in enumerate(LATELY):
        yield from _voice(one, 10 + place % 5, program, world.days, keys, users, actors)
    for felt in FELT:
        yield from _felt(felt, program, world.days, users, actors, people)
    for day, by, to, kind in OFFERED:
        at = moment(world.days.on(day), 15)
        yield (
            at,
            lambda at=at, by=by, to=to, kind=kind: Perception.objects.offer(  # type: ignore[misc]  # bound now
                program, person=people[to], kind=kind, by=actors[by], at=at
            ),
        )


def _voice(
    one: Said,
    hour: int,
    program: Program,
    days: Days,
    keys: Keys,
    users: Mapping[str, int],
    actors: Mapping[str, Actor],
) -> Iterator[Deed]:
    made: list[Voice] = []
    day, lead = days.on(one.day), actors["maren"]

    def then(on: date, hour: int, act: Callable[[Voice, datetime], object]) -> Deed:
        at = moment(on, hour, 20)
        return at, lambda: act(Voice.objects.get(pk=made[0].pk), at)

    at = moment(day, hour)
    yield at, lambda: made.append(_raise(one, program, day, keys, actors, at))
    if one.owner:
        owner = User(pk=users[USERNAMES[one.owner]])
        due = days.maybe(one.due)
        yield then(day, hour + 5, lambda row, at: working.give(row, owner=owner, due=due, by=lead, at=at))
    if one.answer:
        on, words = days.on(one.answer[0]), one.answer[1]
        yield then(on, 11, lambda row, at: working.publish(row, words=one.words, by=lead, at=at))
        yield then(on, 12, lambda row, at: working.answer(row, words=words, by=lead, at=at))
    if one.taken is not None:
        yield then(days.on(one.taken), 11, lambda row, at: working.publish(row, words=one.words, by=lead, at=at))
        yield then(days.on(one.taken), 12, lambda row, at: working.accept(row, by=lead, at=at))
    if one.closed:
        why = one.closed[1]
        yield then(days.on(one.closed[0]), 12, lambda row, at: working.close(row, why=why, by=lead, at=at))


def _raise(one: Said, program: Program, day: date, keys: Keys, actors: Mapping[str, Actor], at: datetime) -> Voice:
    said = {"kind": one.kind, "words": one.words}
    unit = keys.unit(one.unit)
    if not one.by:
        code = CODE if one.key == CODED else new_code()
        return Voice.objects.raise_anonymously(program, code=code, day=day, unit_id=unit, **said)
    if one.by in USERNAMES:
        by = actors[USERNAMES[one.by]]
        return Voice.objects.raise_signed(program, by=by, at=at, wants_credit=one.kind == "idea", unit_id=unit, **said)
    author = Person.objects.get(pk=keys.named[one.by])
    return Voice.objects.hand_over(program, by=actors[CARRIER], at=at, author=author, unit_id=unit, **said)


def _felt(
    one: Felt,
    program: Program,
    days: Days,
    users: Mapping[str, int],
    actors: Mapping[str, Actor],
    people: Mapping[str, Person],
) -> Iterator[Deed]:
    made: list[Perception] = []
    at, reader = moment(days.on(one.day), 16), User.objects.get(pk=users[one.reader])
    person, by = people[one.person], actors[one.person]
    yield (
        at,
        lambda: made.append(
            Perception.objects.raise_to(program, person=person, kind=one.kind, to=reader, words=one.words, by=by, at=at)
        ),
    )
    if one.answered is not None:
        on, later = days.on(one.answered), moment(days.on(one.answered), 17)
        yield later, lambda: made[0].respond(on=on, by=actors[one.reader], at=later)
