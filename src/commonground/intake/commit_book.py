"""Communication plans, roadmaps and actions as people keep them in Excel, taken over into activities.

A cell counts as changed only where it differs from what the sheet would show now. So what was written out and comes back unchanged changes
nothing, and one activity may stand on several sheets without the one undoing what the other says.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from commonground.analysis.plan import book
from commonground.analysis.plan.audience import audience_of
from commonground.analysis.tables.book import BOOK
from commonground.intake.book_cells import person_of, shown_text, thing_of
from commonground.intake.dates import read_days
from commonground.intake.plan import CHANGED, NEW, SAME, Plan
from commonground.organization.models import Level
from commonground.plan.book_cells import Cell, Names, action_cells, message_cells, names_on, step_cells
from commonground.programs.models import Activity
from commonground.realignment.stages import day_of

DAY = timedelta(days=1)
Shown = Callable[[Activity, Names], dict[str, Cell]]
SHOWN: Mapping[str, Shown] = {
    book.COMMUNICATION: message_cells,
    book.ROADMAP: step_cells,
    book.RAID: action_cells,
}
TITLE = {book.COMMUNICATION: "message", book.ROADMAP: "activity", book.RAID: "statement"}
REST = {book.COMMUNICATION: "notes", book.ROADMAP: "notes", book.RAID: "response"}


@dataclass
class Desk:
    """The activities that are known while sheets are laid beside them. before: pk → sheet → cells as they stood before the import."""

    plan: Plan
    names: Names
    rows: dict[str, Activity]
    before: dict[int, dict[str, dict[str, Cell]]]
    by_title: dict[str, list[Activity]] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    said: dict[tuple[int, str], tuple[Any, str]] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)


def desk_of(plan: Plan) -> Desk:
    """One for all sheets of an import: the same activity is one row, whichever sheet speaks of it."""
    known = plan.planned.get("desk")
    if known:
        made_before: Desk = known["desk"][0]
        return made_before
    names = names_on(plan.program, day_of(plan.at))
    rows = list(Activity.objects.filter(program=plan.program).select_related("owner", "deliverer"))
    before = {row.pk: {sheet: shown(row, names) for sheet, shown in SHOWN.items()} for row in rows}
    changed = plan.batch.changed.get(Activity, {})
    rows = [changed[row.pk][0] if row.pk in changed else row for row in rows]  # type: ignore[misc]  # a sheet of activities came before
    made = [row for row in plan.batch.made.get(Activity, []) if isinstance(row, Activity)]
    desk = Desk(plan, names, {row.key: row for row in [*rows, *made]}, before)
    for row in sorted(rows, key=lambda one: (one.start or date.max, one.pk)):
        desk.by_title.setdefault(book.folded(str(row)), []).append(row)
    desk.levels = {name.casefold(): name for name in Level.objects.values_list("name", flat=True)}
    plan.planned["desk"] = {"desk": [desk]}
    return desk


def messages(plan: Plan) -> None:
    """Rows of a communication plan: activities that communicate, whatever their channel is called."""
    _sheet(plan, book.COMMUNICATION, lambda row: book.kind_by_channel(row.channel or ""))


def steps(plan: Plan) -> None:
    """Rows of a roadmap: activities of the kind that their words tell."""
    _sheet(plan, book.ROADMAP, lambda row: book.kind_by_words(row.activity))


def actions(plan: Plan) -> None:
    """The actions of a RAID log. Its other rows are taken by `commit_book_told`, which says where they belong."""
    _sheet(
        plan,
        book.RAID,
        lambda row: book.kind_by_words(row.statement),
        lambda row: book.type_of(row.type or "") == "Action",
    )


def _sheet(plan: Plan, table: str, kind: Callable[[Any], str], meant: Callable[[Any], bool] = lambda _: True) -> None:
    if table not in plan.sheets:
        return
    desk, again = desk_of(plan), Counter[tuple[str, str]]()
    for at, row in enumerate(plan.rows(table)):
        if not meant(row):
            continue
        title = getattr(row, TITLE[table])
        said = (book.folded(title), book.folded(getattr(row, "audience", None)))
        again[said] += 1
        reading = Reading(desk, table, at, row, _found(desk, table, row, title, again[said]))
        reading.take(kind, again[said])


def _found(desk: Desk, table: str, row: Any, title: str, nth: int) -> Activity | None:
    """The activity that a row means: by its id, by the key made of its words, or by its title where no other row has claimed that."""
    if row.id:
        known = desk.rows.get(row.id)
        if known is not None and (book.folded(str(known)) == book.folded(title) or _is_ours(desk.plan, table, row.id)):
            return known
        return desk.rows.get(_own_id(table, row.id))
    made = desk.rows.get(book.made_key(title, getattr(row, "audience", None) or "", nth))
    if made is not None:
        return made
    for one in desk.by_title.get(book.folded(title), ()):
        cells = desk.before[one.pk][table]
        fits = not getattr(row, "audience", None) or book.folded(row.audience) == book.folded(
            shown_text(cells.get("audience"))
        )
        if one.pk not in desk.taken and fits:
            return one
    return None


def _is_ours(plan: Plan, table: str, said: str) -> bool:
    """Whether an id is one that was written here, and not the running number of somebody's own list."""
    return not said.isdecimal() and list(plan.sheets[table].raw.headers) == book.BY_KEY[table].headers


def _own_id(table: str, said: str) -> str:
    """The key of a row that has a number in its own sheet: 7 of a RAID log is not 7 of a roadmap."""
    return f"{table.removesuffix('_plan')}-{said}"[:120]


@dataclass
class Reading:
    """One row of a sheet, laid beside the activity that it means; `old` None: it is new."""

    desk: Desk
    table: str
    at: int
    row: Any
    old: Activity | None
    values: dict[str, Any] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    rest: str = ""
    wrong: bool = False

    def take(self, kind: Callable[[Any], str], nth: int) -> None:
        plan, old = self.desk.plan, self.old
        if old is not None:
            self.desk.taken.add(old.pk)
            self.labels, self.rest = book.note_parts(old.note)
        note = self._note()
        for column in BOOK[self.table].columns:
            if column.header != "id" and plan.has(self.table, column.header) and self._differs(column.header):
                getattr(self, f"_{column.header}")(getattr(self.row, column.header))
        self._refuse_backwards()
        if self._note() != note or old is None:
            self._set("note", self._note(), REST[self.table])
        if self.wrong:
            return
        if old is None:
            title, audience = getattr(self.row, TITLE[self.table]), getattr(self.row, "audience", None) or ""
            key = _own_id(self.table, self.row.id) if self.row.id else book.made_key(title, audience, nth)
            new = plan.batch.make(
                Activity, **{"program": plan.program, "key": key, "kind": kind(self.row)[:120], **self.values}
            )
            self.desk.rows[key] = new
            self.desk.before[new.pk] = {sheet: shown(new, self.desk.names) for sheet, shown in SHOWN.items()}
            plan.count(self.table, NEW, Activity.facts)
            return
        changed = plan.batch.change(old, self.values)
        plan.count(self.table, CHANGED if changed else SAME, Activity.facts)

    def _refuse_backwards(self) -> None:
        """A beginning that was moved behind an end that stays."""
        start, end = self.values.get("start"), self.old.end if self.old else None
        if start is not None and end is not None and "end" not in self.values and start >= end:
            why = f"It starts on {start.isoformat()}, after its last day, {(end - DAY).isoformat()}."
            self._wrong("start_date", start, why, "Correct one of the two.")

    def _note(self) -> str:
        return book.note_of(self.labels, self.rest)

    def _differs(self, column: str) -> bool:
        """Whether a cell says something else than the sheet would show. An empty cell of a new row says nothing."""
        said = getattr(self.row, column)
        if self.old is None:
            return said is not None
        shown = self.desk.before[self.old.pk][self.table].get(column)
        if isinstance(said, date) or isinstance(shown, date):
            text = shown_text(shown)
            return not book.same(shown_text(said), text) and not (
                column == "timing" and self._day(shown_text(said)) == shown
            )
        return not book.same(said, shown_text(shown))

    def _set(self, name: str, value: Any, column: str) -> None:
        """Gives a field a value, unless another sheet of the same import says something else of it, or it is too long."""
        longest = getattr(Activity._meta.get_field(name.removesuffix("_id")), "max_length", None)
        if isinstance(value, str) and longest and len(value) > longest:
            self._wrong(
                column,
                value[:60],
                f"It has {len(value):,} letters, and there is room for {longest}.",
                "Say it in fewer words.",
            )
            return
        if self.old is not None and name != "note":
            other = self.desk.said.setdefault((self.old.pk, name), (value, self.table))
            if other != (value, self.table) and other[0] != value:
                where = book.BY_KEY[other[1]].name
                self._wrong(
                    column,
                    value,
                    f"“{self.old}” is changed on the sheet {where} too, to something else.",
                    "Say the same on both.",
                )
                return
        self.values[name] = value

    def _wrong(self, column: str, value: object, why: str, remedy: str) -> None:
        if not self.wrong:
            self.desk.plan.refuse(self.table, self.at, column, value, why, remedy)
        self.wrong = True

    def _warn(self, column: str, value: object, why: str, remedy: str) -> None:
        self.desk.plan.warn(self.table, self.at, column, value, why, remedy)

    # one for each column of the sheets

    def _title(self, said: str) -> None:
        self._set("words", said, TITLE[self.table])

    _message = _activity = _statement = _title

    def _channel(self, said: str | None) -> None:
        self._set("kind", book.kind_by_channel(said or ""), "channel")

    def _somebody(self, column: str, fieldname: str, label: str, said: str | None) -> None:
        """A person where the words mean one; else the words, kept in the note."""
        self.labels.pop(label, None)
        found = person_of(self.desk.plan, said) if said else None
        if said and found is None:
            self.labels[label] = said
            remedy = f"It was kept in the notes as “{label}: {said}”. To give it to somebody, write their number, e-mail or full name."
            self._warn(column, said, f"“{said}” is no person here.", remedy)
        self._set(fieldname, found, column)

    def _sender(self, said: str | None) -> None:
        self._somebody("sender", "deliverer_id", book.FROM, said)

    def _owner(self, said: str | None) -> None:
        self._somebody("owner", "owner_id", book.OWNER, said)

    def _audience(self, said: str | None) -> None:
        self.labels.pop(book.FOR, None)
        unit, wanted, unknown = self._whom(said or "")
        if unknown:
            self.labels[book.FOR] = said or ""
            why = f"“{unknown}” is no unit, role or level here, or there is more than one of a kind."
            self._warn(
                "audience",
                said,
                why,
                "It was kept in the notes. Name one unit, role or level, or choose whom it is for on its page.",
            )
            unit, wanted = None, {}
        self._set("unit_id", unit, "audience")
        self._set("audience", wanted, "audience")

    def _whom(self, said: str) -> tuple[int | None, dict[str, str], str]:
        """Unit, attributes, and what means neither."""
        plan, unit = self.desk.plan, None
        wanted: dict[str, str] = {}
        for part in book.parts_of(said):
            attribute = audience_of(part)
            key = thing_of(plan, "units", part)
            role = thing_of(plan, "roles", part)
            if book.is_everybody(part):
                continue
            if attribute and not attribute.keys() & wanted.keys():
                wanted |= attribute
            elif key is not None and unit is None:
                unit = plan.ids["units"][key]
            elif role is not None and "role" not in wanted:
                wanted["role"] = role
            elif part.casefold() in self.desk.levels and "level" not in wanted:
                wanted["level"] = self.desk.levels[part.casefold()]
            else:
                return None, {}, part
        return unit, wanted, ""

    def _status(self, said: str | None) -> None:
        state = book.state_of(said or "planned")
        if state is None:
            words = ", ".join(
                dict.fromkeys(
                    (*book.SAID[self.table].values(), *((book.SENT,) if self.table == book.COMMUNICATION else ()))
                )
            )
            stays = "It stays as it is" if self.old else "It is taken as planned"
            self._warn("status", said, f"“{said}” is no status known here.", f"{stays}. Write one of: {words}.")
        elif self.old is None or self.old.state != state:
            self._set("state", state, "status")

    def _timing(self, said: str | None) -> None:
        """A day, or words such as “weekly”, kept in the note."""
        self.labels.pop(book.WHEN, None)
        day = self._day(said or "")
        if day is None and said:
            if sum(letter.isdigit() for letter in said) >= 5 and not any(letter.isalpha() for letter in said):
                self._wrong(
                    "timing",
                    said,
                    f"“{said}” is no day that can be read.",
                    "Write it as year-month-day, such as 2026-11-30.",
                )
                return
            self.labels[book.WHEN] = said
            self._warn(
                "timing",
                said,
                f"“{said}” is no day.",
                "It was kept in the notes. Write a day to see it in the calendar.",
            )
        self._start_date(day)

    def _day(self, said: str) -> date | None:
        """A day in the layout of its column."""
        if not said:
            return None
        checked = self.desk.plan.sheets[self.table]
        cells = [cell or "" for cell in checked.values["timing"]]
        found = read_days(cells, self.desk.plan.options.prefer)
        return (
            dict(zip(cells, found.days, strict=True)).get(said)
            or read_days([said], self.desk.plan.options.prefer).days[0]
        )

    def _start_date(self, said: date | None) -> None:
        """Another beginning; where the sheet says no end, it takes as long as before."""
        column = "timing" if self.table == book.COMMUNICATION else "start_date"
        old = self.old
        self._set("start", said, column)
        moved = old is not None and old.start is not None and old.end is not None and said is not None
        if moved and old is not None and not self._ends():
            self._set("end", old.end + (said - old.start), column)  # type: ignore[operator]  # all three are days

    def _ends(self) -> bool:
        return self.table == book.ROADMAP and self.desk.plan.has(self.table, "end_date")

    def _end_date(self, said: date | None) -> None:
        start = self.values.get("start", self.old.start if self.old else None)
        if said is not None and start is not None and said < start:
            self._wrong(
                "end_date",
                said,
                f"It ends on {said.isoformat()}, before it starts on {start.isoformat()}.",
                "Correct one of the two.",
            )
            return
        self._set("end", said + DAY if said else None, "end_date")

    def _due(self, said: date | None) -> None:
        start = self.old.start if self.old else None
        if said is None or (start is not None and said < start):
            self._set("start", said, "due")
        if self.old is not None and self.old.end is None and start is not None and said is not None:
            self._set("start", said, "due")
        else:
            self._set("end", said + DAY if said else None, "due")

    def _phase(self, said: str | None) -> None:
        start = self.row.start_date or (self.old.start if self.old else None)
        self.labels.pop(book.PHASE, None)
        if said and not book.same(said, self.desk.names.phase_on(start)):
            self.labels[book.PHASE] = said

    def _escalation(self, said: str | None) -> None:
        self.labels.pop(book.ESCALATION, None)
        if said:
            self.labels[book.ESCALATION] = said

    def _notes(self, said: str | None) -> None:
        self.rest = said or ""

    _response = _notes

    def _type(self, said: str | None) -> None:
        """What the row is was told before."""
