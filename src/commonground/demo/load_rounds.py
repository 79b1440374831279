"""Holds the rounds of the demo as real ones are held: opened, answered by tokens, closed, computed, sealed. Then the amount of change."""

from collections.abc import Mapping
from random import Random

from commonground.access.actor import OPERATOR, Actor
from commonground.access.unordered import random_pk
from commonground.accounts.models import User, actor_for
from commonground.assessments import closing
from commonground.assessments.amount import AmountDecision, ConcurrentChange, DivergenceRating, Hours
from commonground.assessments.answering import Answer
from commonground.assessments.culture import gap_of
from commonground.assessments.instruments import POINTS
from commonground.assessments.models import Combination, Impact, Round, Token
from commonground.assessments.opening import open_round
from commonground.assessments.response import response_on
from commonground.assessments.standing import side_of
from commonground.demo import assessments as story
from commonground.demo.assessments import Asked
from commonground.demo.days import Days
from commonground.demo.load_organization import Keys
from commonground.demo.moments import moment
from commonground.demo.tree import business_unit
from commonground.journal.recording import record
from commonground.organization.models import Person
from commonground.outbox.models import Message
from commonground.programs.models import Program

LEAD = "maren"
MANY, DRAWN = 5_000, 2_000  # of so many people a sample is asked


def load_rounds(program: Program, days: Days, keys: Keys, users: Mapping[str, int], random: Random) -> None:
    """Rounds, decision and ratings in the order of their days. The round that is open takes answers still."""
    user = User.objects.select_related("person").get(pk=users[LEAD])
    lead = actor_for(user, person=user.person.pk)
    _hold(story.CULTURE, program, days, lead, random)
    _decide(program, days, keys, lead)
    _hold(story.READINESS, program, days, lead, random)
    _rate(program, days, keys, lead)
    _hold(story.PULSE, program, days, lead, random)


def _hold(asked: Asked, program: Program, days: Days, lead: Actor, random: Random) -> None:
    at = moment(days.on(asked.opened), 8)
    row = program.add(
        Round(
            name=asked.name,
            instrument=asked.instrument,
            purpose=asked.purpose,
            population={**asked.population, **_sample()},
            attributes=["unit"],
            tables=[[], ["unit"]],
            languages=["en"],
            opens_on=days.on(asked.opened),
            closes_on=days.on(asked.last_day),
        ),
        by=lead,
        at=at,
    )
    open_round(row, by=lead, at=at)
    _answer(row, asked, random)
    if asked.closed is None:
        response_on(row, days.today)
        return
    closed = moment(days.on(asked.closed), 18)
    response_on(row, days.on(asked.closed))
    closing.close(row, by=lead, at=closed)
    closing.finish(row, at=closed)
    # what is wiped waits for the end of the loading; the journal tells it where it belongs
    if Round.objects.filter(pk=row.pk, sealed=False).update(sealed=True):
        what = "tokens and key destroyed, answers written in another order"
        record("sealed a round", row, by=OPERATOR, at=closed, values={"what": what})
    Message.objects.filter(secret__startswith=f"round:{row.pk}/").delete()


def _sample() -> dict[str, dict[str, int]]:
    return {"sample": {"size": DRAWN, "seed": 1}} if Person.objects.count() > MANY else {}


def _answer(row: Round, asked: Asked, random: Random) -> None:
    """Some of the tokens are spent, each with an answer; which ones is left to chance."""
    units = {one.pk: str(one.values.get("unit") or "") for one in Combination.objects.filter(round=row)}
    tokens = list(Token.objects.filter(round=row).order_by("combination_id", "pk").values_list("pk", "combination_id"))
    spent = random.sample(tokens, round(len(tokens) * asked.share))
    Answer.objects.bulk_create(
        (
            Answer(
                pk=random_pk(),
                round=row,
                combination_id=combination,
                values=_values(row, business_unit(units[combination]), random),
            )
            for _, combination in spent
        ),
        batch_size=500,
    )
    chosen = [pk for pk, _ in spent]
    for start in range(0, len(chosen), 500):
        Token.objects.filter(pk__in=chosen[start : start + 500]).update(spent=True)


def _values(row: Round, unit: str, random: Random) -> dict[str, int]:
    """One whole answer, leaning as the unit does."""
    found: dict[str, int] = {}
    for item in row.items["items"]:
        if item["kind"] == POINTS:
            for when in dict.fromkeys(column["when"] for column in item["columns"]):
                found |= _points([c for c in item["columns"] if c["when"] == when], when, unit, random)
            continue
        for column in item["columns"]:
            middle = _middle(str(item["name"]), str(column["when"]), unit)
            found[column["name"]] = min(column["high"], max(column["low"], round(random.gauss(middle, 0.95))))
    return dict(sorted(found.items()))


def _middle(item: str, when: str, unit: str) -> float:
    if when in story.FOCUS:
        return story.FOCUS[when]
    scale = item.rstrip("0123456789")
    middle = story.SCALES.get(scale, 3.2) + story.BY_UNIT.get(unit, 0.0)
    return 6 - middle if item in story.TURNED else middle


def _points(columns: list[Mapping[str, str]], when: str, unit: str, random: Random) -> dict[str, int]:
    """A hundred points over four alternatives, in steps of five."""
    wanted = dict(story.POINTS_WANTED if when == "wanted" else story.POINTS_NOW)
    where, more = story.LEANS.get(unit, ("order", 0))
    if when != "wanted":
        wanted[where] += more
    raw = {c["name"]: max(1.0, wanted[c["alternative"]] * random.lognormvariate(0, 0.35)) for c in columns}
    total = sum(raw.values())
    points = {name: 5 * round(20 * value / total) for name, value in raw.items()}
    most = max(points, key=lambda name: points[name])
    points[most] += 100 - sum(points.values())
    return points


def _decide(program: Program, days: Days, keys: Keys, lead: Actor) -> None:
    """What stood side by side on the day of the decision, and what was decided on it."""
    day = days.on(story.DECIDED_ON)
    before, at = moment(days.on(story.DECIDED_ON - 2), 10), moment(day, 16)
    for rater, role, value, reason in story.DIVERGENCE:
        rating = DivergenceRating(rater=rater, role=role, value=value, reason=reason, on=before.date())
        program.add(rating, by=lead, at=before)
    for unit, free, asked in story.HOURS:
        hours = Hours(unit_id=keys.units[unit], free=free, asked=asked, source=story.HOURS_FROM, on=before.date())
        program.add(hours, by=lead, at=before)
    for name, start, end, units in story.CONCURRENT:
        other = ConcurrentChange(name=name, start=days.on(start), end=days.on(end), units=list(units))
        program.add(other, by=lead, at=before)
    decision, words, reasons, decided_by = story.DECISION
    AmountDecision.objects.decide(
        program,
        decision=decision,
        words=words,
        reasons=reasons,
        decided_by=decided_by,
        decided_on=day,
        figures=side_of(lead, program, day, gap_of(lead, program)).figures(),
        by=lead,
        at=at,
    )


def _rate(program: Program, days: Days, keys: Keys, lead: Actor) -> None:
    at = moment(days.on(story.RATED_ON), 11)
    for number, (role, what, ours, why, theirs, their_words, speaker) in enumerate(story.IMPACTS, start=1):
        row = program.add(Impact(key=f"I{number}", role_id=keys.roles[role], what=what), by=lead, at=at)
        row.rate({"value": ours, "words": why, "speaker": story.MAREN, "on": at.date()}, side="program", by=lead, at=at)
        row.rate(
            {"value": theirs, "words": their_words, "speaker": speaker, "on": at.date()}, side="group", by=lead, at=at
        )
