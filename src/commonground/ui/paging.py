"""Pages of long lists by key: no OFFSET and no COUNT, so that the last page of 100,000 rows is as quick as the first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

T = TypeVar("T")
M = TypeVar("M", bound=Model)
SIZE = 50
_SALT = "commonground.ui.paging"


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a list. after: what to ask for the next page, empty on the last one."""

    rows: Sequence[T]
    after: str = ""
    is_first: bool = True

    @property
    def shown(self) -> int:
        return len(self.rows)


def whole(rows: Iterable[T]) -> Page[T]:
    """A list that needs no pages."""
    return Page(list(rows))


@dataclass(frozen=True)
class Keyset:
    """An order of rows, and pages along it.

    order: names of fields or annotations, “-” before a name turns it; the last one must be unique, and none may be null. The names
    come from the code, never from the address. size: rows of a page.
    """

    order: tuple[str, ...]
    size: int = SIZE

    def page(self, rows: QuerySet[M, Any], after: str = "") -> Page[Any]:
        """The rows that follow `after`, a cursor of an earlier page. A cursor that is broken or of another order gives the first page."""
        ordered = rows.order_by(*self.order)
        values = self._values(after)
        if values is not None:
            try:
                return self._cut(ordered.filter(self._beyond(values)), is_first=False)
            except (ValueError, TypeError, ValidationError):
                values = None
        return self._cut(ordered, is_first=True)

    def _cut(self, rows: QuerySet[M, Any], *, is_first: bool) -> Page[Any]:
        found = list(rows[: self.size + 1])
        more = len(found) > self.size
        found = found[: self.size]
        return Page(found, self._cursor(found[-1]) if more else "", is_first)

    def _beyond(self, values: Sequence[Any]) -> Q:
        """(a, b, c) after (x, y, z): a beyond x, or a is x and b beyond y, and so on."""
        beyond, same = Q(), Q()
        for name, value in zip(self.order, values, strict=True):
            bare = name.lstrip("-")
            beyond |= same & Q(**{f"{bare}__{'lt' if name.startswith('-') else 'gt'}": value})
            same &= Q(**{bare: value})
        return beyond

    def _cursor(self, row: Any) -> str:
        values = [_value_of(row, name.lstrip("-")) for name in self.order]
        return signing.dumps([list(self.order), values], salt=_SALT, compress=True)

    def _values(self, after: str) -> list[Any] | None:
        if not after:
            return None
        try:
            order, values = signing.loads(after, salt=_SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return values if tuple(order) == self.order else None


def _value_of(row: Any, name: str) -> Any:
    """A field of a row, across relations and in the dicts that `values()` gives, in a form that JSON keeps."""
    if isinstance(row, dict):
        value = row[name]
    else:
        value = row
        for step in name.split("__"):
            value = getattr(value, step)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, int | float | str | bool) else str(value)


def sort_order(asked: str, allowed: dict[str, tuple[str, ...]], default: str) -> tuple[str, ...]:
    """The order that `?sort=` asks for, out of those allowed; “-” before a key turns it whole. Anything else gives the default.

    allowed: key of the address to the names it sorts by, for example {"name": ("name", "id")}.
    """
    key = asked if asked.lstrip("-") in allowed and asked.count("-", 0, 2) < 2 else default
    names = allowed[key.lstrip("-")]
    return tuple(_turned(name) for name in names) if key.startswith("-") else names


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"
