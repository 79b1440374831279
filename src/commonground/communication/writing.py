"""Writing a message down and putting it right, with whom it is for and what it answers, in one step."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from commonground.access.actor import Actor
from commonground.analysis.communication.wording import Remark, long_sentences, remarks
from commonground.communication.messages import Message
from commonground.organization.models import Role
from commonground.programs.models import Program
from commonground.programs.register import CannotError
from commonground.realignment.models import RoleFate
from commonground.voice.models import Topic


def begin(
    program: Program,
    values: Mapping[str, Any],
    *,
    segments: Iterable[Any] = (),
    topics: Iterable[Topic] = (),
    by: Actor,
    at: datetime,
) -> Message:
    """Writes a new message. About the work of a role whose change is not told yet it hangs on that change, if the writer sees it."""
    refuse_wrong(values)
    row = Message(program=program, written_by_id=by.user, **values)
    row.key = row.key or row.new_key()
    hang(row, by)
    with transaction.atomic():
        program.add(row, by=by, at=at)
        row.set_segments(segments, by=by, at=at)
        row.set_topics(topics, by=by, at=at)
    return row


def put_right(
    row: Message,
    values: Mapping[str, Any],
    *,
    segments: Iterable[Any] | None = None,
    topics: Iterable[Topic] | None = None,
    by: Actor,
    at: datetime,
) -> bool:
    """Gives it other values; None leaves segments or topics as they are. Returns whether anything differed."""
    refuse_wrong(values)
    with transaction.atomic():
        differed = row.change(values, by=by, at=at)
        if segments is not None:
            differed = row.set_segments(segments, by=by, at=at) or differed
        if topics is not None:
            differed = row.set_topics(topics, by=by, at=at) or differed
    return differed


def hang(row: Message, by: Actor) -> None:
    """Ties a message about the work of a role to the planned change of that role, as far as the writer sees it."""
    key = (row.audience or {}).get("role")
    if row.role_fate_id or not key or not row.about_my_work:
        return
    role = Role.objects.filter(key=key).first()
    fate = RoleFate.objects.visible_to(by).filter(program=row.program_id, role=role).first() if role else None
    if fate is not None and not fate.settled:
        row.role_fate = fate


def refuse_wrong(values: Mapping[str, Any]) -> None:
    """Raises CannotError for a window that ends before it begins."""
    start, end = values.get("start"), values.get("end")
    if start and end and end <= start:
        raise CannotError("It ends before it begins. Choose a later day, or leave the end empty for one day.")


def looked_at(subject: str, body: str, language: str) -> tuple[list[Remark], list[str]]:
    """What could be said otherwise in a text, and its long sentences by their beginning."""
    text = f"{subject}\n{body}"
    return remarks(text, language), long_sentences(body)
