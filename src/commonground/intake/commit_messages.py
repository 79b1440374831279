"""Messages, out of sheets: with whom they are for, when and on which channel. Their words are written here."""

from typing import Any

from django.db import models

from commonground.analysis.facts.messages import EVERY_UNIT
from commonground.analysis.plan.audience import audience_of
from commonground.communication.messages import CHANNELS_OF, DONE, DRAFT, DROPPED, INSIDE, SAID, WAITING, Message
from commonground.communication.segments import Segment
from commonground.intake.commit_work import upsert
from commonground.intake.plan import Plan, just
from commonground.programs.models import Milestone


def messages(plan: Plan) -> None:
    """Messages that are not here yet are drafts, whatever a sheet says: none is approved but by somebody here. A channel that the side
    does not know is kept out."""
    cuts = {
        row.unit_id: row.pk for row in Milestone.objects.filter(program=plan.program, kind="cut_over").order_by("pk")
    }
    read = plan.fields(
        "messages",
        {
            "title": ("title", just("title")),
            "side": ("side", lambda row: row.side or INSIDE),
            "audience": ("audience", lambda row: audience_of(row.audience)),
            "unit": ("unit_id", lambda row: plan.id_of("units", row.unit)),
            "sender_kind": ("sender_kind", lambda row: row.sender_kind or "other"),
            "sender": ("sender_id", lambda row: plan.id_of("people", row.sender)),
            "channels": ("channels", lambda row: list(row.channels)),
            "from": ("start", just("start")),
            "to": ("end", just("end")),
            "about_my_work": ("about_my_work", lambda row: bool(row.about_my_work)),
            "cut_over": ("cut_over_id", lambda row: _cut(plan, cuts, row.cut_over)),
        },
    )
    known = {row.key: row for row in Message.objects.filter(program=plan.program).order_by("pk")}
    good, whom = [], _Segments(plan)
    for row in plan.rows("messages"):
        old = known.get(row.id)
        differs = old is not None and (_differs(old, read.of(row)) or whom.differs(old, row))
        if _kept_out(plan, row) or (differs and _is_out(plan, row, old)):
            continue
        if old is not None and differs:
            _unapprove(plan, old)
        good.append((row.id, row))

    def make(row: Any) -> models.Model:
        state = row.state if row.state in (DONE, DROPPED) else DRAFT
        given = {"key": row.id, "title": row.title, "state": state, "written_by_id": plan.by.user}
        return plan.batch.make(Message, program=plan.program, **given)

    found = upsert(plan, "messages", known, good, read, make)
    plan.ids["messages"] = {key: row.pk for key, row in found.items()}
    for key, row in good:
        whom.put(found[key].pk, row)


def _unapprove(plan: Plan, old: Message) -> None:
    """Who brings it has changed it last, and does not approve it."""
    if old.state in WAITING:
        unapproved = {"state": DRAFT, "approved_by_id": None, "approved_on": None}
        plan.batch.change(old, {**unapproved, "written_by_id": plan.by.user})


def _kept_out(plan: Plan, row: Any) -> bool:
    """Whether a row names a channel that its side does not have."""
    side = row.side or INSIDE
    strange = next((one for one in row.channels if one not in CHANNELS_OF[side]), None)
    if strange is None:
        return False
    why = f"Messages {'inside' if side == INSIDE else 'to customers'} do not go by “{strange}”."
    remedy = f"Write one of {', '.join(CHANNELS_OF[side])}."
    plan.refuse("messages", plan.position("messages", row), "channels", strange, why, remedy)
    return True


def _is_out(plan: Plan, row: Any, old: Message | None) -> bool:
    """Whether a row that differs would change what people have heard already."""
    if old is None or old.state not in SAID:
        return False
    why, remedy = (
        "This message is out, so it stands as people heard it.",
        "Give the row an id of its own for a new message.",
    )
    plan.refuse("messages", plan.position("messages", row), "id", row.id, why, remedy)
    return True


def _differs(old: Message, values: dict[str, Any]) -> bool:
    return any(getattr(old, name) != value for name, value in values.items())


class _Segments:
    """For which customers each is; a name that no segment has is left out here and stands on the page of reach."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.read = plan, plan.has("messages", "segments")
        self.through: Any = Message.segments.through
        self.known: dict[str, int] = {}
        for one in Segment.objects.filter(program=plan.program).order_by("-pk"):
            self.known |= {one.name: one.pk, one.key: one.pk}
        self.there: dict[int, dict[int, Any]] = {}
        for link in self.through._default_manager.filter(message__program=plan.program):
            self.there.setdefault(link.message_id, {})[link.segment_id] = link

    def _wanted(self, row: Any) -> set[int]:
        return {self.known[name] for name in row.segments if name in self.known}

    def differs(self, old: Message, row: Any) -> bool:
        """Whether a row names other customers than a message is for."""
        return self.read and self._wanted(row) != set(self.there.get(old.pk, {}))

    def put(self, message: int, row: Any) -> None:
        if not self.read:
            return
        wanted, now = self._wanted(row), self.there.get(message, {})
        for segment in sorted(wanted - now.keys()):
            self.plan.batch.make(self.through, message_id=message, segment_id=segment)
        for segment in sorted(now.keys() - wanted):
            self.plan.batch.remove(now[segment])


def _cut(plan: Plan, cuts: dict[int | None, int], unit: str | None) -> int | None:
    """The cut-over that a sheet names by its unit, where there is one."""
    if not unit:
        return None
    return cuts.get(None if unit == EVERY_UNIT else plan.id_of("units", unit))
