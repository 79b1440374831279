"""Many rows written at once, and what they held before, so that all of it can be taken back.

Ids are given here and never again to another row: the journal speaks of things by their ids.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.core.management.color import no_style
from django.db import connection, models

M = TypeVar("M", bound=models.Model)
Model = type[models.Model]
BLOCK, CHUNK = 1000, 500
Before = dict[str, Any]


@dataclass
class Batch:
    """Rows to be made, changed and removed. Nothing is written before `write`, except by the steps that `watch` runs.

    blocks: after `write`, what `Change.rows` keeps: (model, [[id, before, digest], …]).
    """

    made: dict[Model, list[models.Model]] = field(default_factory=dict)
    added: dict[Model, list[tuple[Any, ...]]] = field(default_factory=dict)
    changed: dict[Model, dict[int, tuple[models.Model, Before]]] = field(default_factory=dict)
    gone: dict[Model, list[models.Model]] = field(default_factory=dict)
    watched: list[tuple[Model, Callable[[], None]]] = field(default_factory=list)
    blocks: list[tuple[Model, list[list[Any]]]] = field(default_factory=list)
    _last: dict[Model, int] = field(default_factory=dict)
    _columns: dict[Model, list[tuple[str, Any]]] = field(default_factory=dict)

    def make(self, model: type[M], **values: Any) -> M:
        """A new row with an id of its own."""
        row = model(pk=self._next(model), **values)
        self.made.setdefault(model, []).append(row)
        return row

    def add(self, model: Model, values: Mapping[str, Any]) -> int:
        """As `make`, for the many: by the names of columns, without an object for each row. Answers the id."""
        pk = self._next(model)
        if model not in self._columns:
            self._columns[model] = [(one.attname, one.get_default()) for one in model._meta.concrete_fields[1:]]
        row = (pk, *[values.get(name, default) for name, default in self._columns[model]])
        self.added.setdefault(model, []).append(row)
        return pk

    def _next(self, model: Model) -> int:
        if model not in self._last:
            self._last[model] = _last_id(model)
        self._last[model] += 1
        return self._last[model]

    def change(self, row: models.Model, values: Mapping[str, Any]) -> bool:
        """Gives a row other values, by the names of its columns. Returns whether anything differs from before."""
        differing = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not differing:
            return False
        if not row._state.adding:
            _, before = self.changed.setdefault(type(row), {}).setdefault(row.pk, (row, {}))
            for name in differing:
                before.setdefault(name, getattr(row, name))
        for name, value in differing.items():
            setattr(row, name, value)
        return True

    def remove(self, row: models.Model) -> None:
        self.gone.setdefault(type(row), []).append(row)

    def watch(self, model: Model, step: Callable[[], None]) -> None:
        """Runs a step that writes rows of a small table by itself, after all that is made; what it does is noted too."""
        self.watched.append((model, step))

    def __bool__(self) -> bool:
        return bool(self.made or self.added or self.changed or self.gone)

    def write(self) -> None:
        """Writes all of it, inside the running transaction."""
        for model, gone in self.gone.items():
            self._note(model, [[row.pk, plain(row), None] for row in gone])
            _delete(model, [row.pk for row in gone])
        for model, changed in self.changed.items():
            rows = [
                (row, before)
                for row, before in changed.values()
                if any(getattr(row, n) != v for n, v in before.items())
            ]
            self._note(model, [[row.pk, _json(before), digest(row)] for row, before in rows])
            _update(model, rows)
        for model, made in self.made.items():
            self._note(model, [[row.pk, None, digest(row)] for row in made])
            insert(model, [_values(row) for row in made])
        for model, added in self.added.items():
            self._note(model, [[row[0], None, _digest(row)] for row in added])
            insert(model, added)
        for model, step in self.watched:
            self._run(model, step)

    def _run(self, model: Model, step: Callable[[], None]) -> None:
        before = {row.pk: row for row in model._base_manager.all()}
        step()
        after = {row.pk: row for row in model._base_manager.all()}
        gone = [[pk, plain(row), None] for pk, row in before.items() if pk not in after]
        new = [[pk, None, digest(row)] for pk, row in after.items() if pk not in before]
        changed = []
        for pk in before.keys() & after.keys():
            was, now = plain(before[pk]), plain(after[pk])
            if was != now:
                changed.append(
                    [pk, {name: value for name, value in was.items() if now[name] != value}, digest(after[pk])]
                )
        for rows in (gone, changed, new):
            self._note(model, rows)

    def _note(self, model: Model, rows: list[list[Any]]) -> None:
        for start in range(0, len(rows), BLOCK):
            self.blocks.append((model, rows[start : start + BLOCK]))


class ConflictError(ValueError):
    """What a batch wrote has changed since. The message is a sentence that names the row."""


def take_back(blocks: Iterable[tuple[Model, Sequence[Sequence[Any]]]]) -> None:
    """Writes the reverse of blocks, the last first. Raises ConflictError when a row is no longer as the batch left it."""
    for model, rows in blocks:
        now = {
            row.pk: row
            for chunk in _chunks([row[0] for row in rows])
            for row in model._base_manager.filter(pk__in=chunk)
        }
        back: list[models.Model] = []
        for pk, before, after in rows:
            row = now.get(pk)
            if after is not None and (row is None or digest(row) != after):
                raise ConflictError(_sentence(model, pk, row))
            if after is None:
                back.append(model(**_python(model, before)))
            elif before is not None:
                for name, value in _python(model, before).items():
                    setattr(row, name, value)
        _delete(model, [pk for pk, before, after in rows if before is None])
        _update(model, [(now[pk], before) for pk, before, after in rows if before is not None and after is not None])
        insert(model, [_values(row) for row in back])


def _sentence(model: Model, pk: int, row: models.Model | None) -> str:
    word = str(model._meta.verbose_name)
    if row is None:
        return f"The {word} {pk} that this import wrote has been removed since, so it can no longer be undone. Change the rest by hand."
    return f"The {word} “{row}” has changed again since this import, so it can no longer be undone. Bring a corrected sheet instead."


def plain(row: models.Model) -> dict[str, Any]:
    """The row's own columns as JSON knows them."""
    return _json({column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields})


def digest(row: models.Model) -> str:
    """A short digest of all columns of a row: equal as long as nobody has changed it."""
    return _digest(_values(row))


def _values(row: models.Model) -> tuple[Any, ...]:
    return tuple([getattr(row, column.attname) for column in row._meta.concrete_fields])


def _digest(values: tuple[Any, ...]) -> str:
    return hashlib.blake2b(repr(values).encode(), digest_size=12).hexdigest()


def _json(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value if isinstance(value, str | int | float | bool | None) else _said(value)
        for name, value in values.items()
    }


def _said(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else str(value)


def _python(model: Model, values: Mapping[str, Any]) -> dict[str, Any]:
    columns = {column.attname: column for column in model._meta.concrete_fields}
    return {name: columns[name].to_python(value) for name, value in values.items()}


def _last_id(model: Model) -> int:
    """The highest id that the table ever gave, removed rows included."""
    highest = model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        else:
            quoted = connection.ops.quote_name(table)
            cursor.execute("SELECT last_value FROM pg_sequences WHERE %s = schemaname || '.' || sequencename", [
                _sequence(cursor, quoted)
            ])  # fmt: skip
        found = cursor.fetchone()
    return max(highest, (found[0] if found else 0) or 0)


def _sequence(cursor: Any, table: str) -> str:
    cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
    return str(cursor.fetchone()[0])


def insert(model: Model, rows: Sequence[tuple[Any, ...]]) -> None:
    """Inserts rows, each its columns in order with its id. One prepared statement: eight times as fast as `bulk_create`."""
    if not rows:
        return
    columns = model._meta.concrete_fields
    quote: Callable[[Any], str] = connection.ops.quote_name
    names = ", ".join(quote(column.column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 - names of our own tables
    prepared = [_prepared(column, at, rows) for at, column in enumerate(columns)]
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*prepared, strict=True)))
        if connection.vendor == "postgresql":
            for line in connection.ops.sequence_reset_sql(no_style(), [model]):
                cursor.execute(line)


def _prepared(column: Any, at: int, rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    """One column of many rows as it goes into a statement. Most go as they are; asking each column for its own way is slow."""
    if isinstance(column, models.DateTimeField | models.JSONField):
        return [column.get_db_prep_save(row[at], connection) for row in rows]
    if isinstance(column, models.DateField) and connection.vendor == "sqlite":
        return [row[at].isoformat() if row[at] is not None else None for row in rows]
    return [row[at] for row in rows]


def _update(model: Model, rows: Sequence[tuple[models.Model, Before]]) -> None:
    by_columns: dict[tuple[str, ...], list[models.Model]] = {}
    for row, before in rows:
        by_columns.setdefault(tuple(sorted(before)), []).append(row)
    columns = {column.attname: column for column in model._meta.concrete_fields}
    quote: Callable[[Any], str] = connection.ops.quote_name
    for names, same in by_columns.items():
        sets = ", ".join(f"{quote(columns[name].column)} = %s" for name in names)
        key = quote(model._meta.pk.column)
        statement = f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {key} = %s"  # noqa: S608 - as above
        values = [tuple(getattr(row, name) for name in names) for row in same]
        prepared = [_prepared(columns[name], at, values) for at, name in enumerate(names)]
        with connection.cursor() as cursor:
            cursor.executemany(statement, list(zip(*prepared, [row.pk for row in same], strict=True)))


def _delete(model: Model, ids: Sequence[int]) -> None:
    """Deletes exactly these rows: what hangs on them is looked at by the database, not swept away with them."""
    for chunk in _chunks(ids):
        rows = model._base_manager.filter(pk__in=chunk)
        rows._raw_delete(rows.db)


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
