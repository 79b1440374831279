"""Puts messages into the database as they stand, with their words, what they answer, and who approved them."""

from collections.abc import Mapping

from commonground.communication.models import Message, MessageText, PreferredChannel, Segment
from commonground.demo import messages as story
from commonground.demo.changing import CUT_OVER
from commonground.demo.days import Days
from commonground.demo.load_organization import Keys
from commonground.demo.messages import Said
from commonground.demo.story import SLUG
from commonground.demo.voices import MATTERS
from commonground.demo.world import World
from commonground.programs.models import Milestone, Program
from commonground.voice.models import Topic


def load_messages(program: Program, world: World, keys: Keys, users: Mapping[str, int]) -> None:
    """Writes the messages of Northlight; the small program says nothing yet. After segments and voices."""
    if program.slug != SLUG:
        return
    cuts = dict(Milestone.objects.filter(program=program, kind="cut_over").values_list("unit__key", "pk"))
    made = {one.key: _message(program, one, world, keys, users, cuts) for one in story.MESSAGES}
    Message.objects.bulk_create(made.values())
    cut = world.days.on(CUT_OVER)
    day = f"{cut.day} {cut:%B}"
    MessageText.objects.bulk_create(
        MessageText(
            message=made[one.key],
            language=language,
            subject=subject.replace("{day}", day),
            body=body.replace("{day}", day),
        )
        for one in story.MESSAGES
        for language, (subject, body) in one.texts.items()
    )
    segments = {one.key: one for one in Segment.objects.filter(program=program)}
    topics = {one.name: one for one in Topic.objects.filter(program=program)}
    for one in story.MESSAGES:
        row = made[one.key]
        if one.segments:
            row.segments.set(segments[key] for key in one.segments.split(";") if key in segments)
        named = [MATTERS[key].name for key in one.topics.split(";") if key]
        if named:
            row.topics.set(topics[name] for name in named if name in topics)
    PreferredChannel.objects.bulk_create(
        PreferredChannel(
            program=program,
            unit_id=keys.unit(unit),
            audience=dict(audience),
            channel=channel,
            note=note,
        )
        for unit, audience, channel, note in story.PREFERRED
    )


def _message(
    program: Program, one: Said, world: World, keys: Keys, users: Mapping[str, int], cuts: Mapping[str, int]
) -> Message:
    days: Days = world.days
    return Message(
        program=program,
        key=one.key,
        title=one.title,
        purpose=one.purpose,
        side=one.side,
        audience=dict(one.audience),
        unit_id=keys.unit(one.unit),
        sender_kind=one.sender_kind,
        sender_id=keys.people[world.by_name[one.sender]] if one.sender else None,
        channels=one.channels.split(";"),
        start=days.maybe(one.start),
        end=days.maybe(one.end),
        state=one.state,
        about_my_work=one.about_my_work,
        cut_over_id=cuts.get(one.cut or ""),
        known=one.known,
        unknown=one.unknown,
        next_word=one.next_word,
        next_on=days.maybe(one.next_on),
        written_by_id=users[one.writer],
        approved_by_id=users[one.approver] if one.approver else None,
        approved_on=days.maybe(one.approved),
    )
