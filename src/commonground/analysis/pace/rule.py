"""The rule of a behaviour: which events are occasions, and when one was handled the new way or the old way (FORMATS `RULE.toml`)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Self

Texts = tuple[str, ...]
OCCASION, NEW, OLD, POPULATION = "occasion", "new", "old", "population"
WITHIN = "within_hours"
LONGEST = 1_000_000  # hours, more than a century


class RuleError(ValueError):
    """A rule that cannot be read; its text is a sentence for whoever wrote the rule."""


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """A text as it is compared: without regard to case and spaces."""
    return " ".join(text.split()).casefold()


@dataclass(frozen=True, slots=True)
class Match:
    """What an event must show: for each key that has texts, one of them. All keys must hold; without any key it is empty.

    Activity, unit, product line and channel are those of the log.
    """

    activity: Texts = ()
    unit: Texts = ()
    product_line: Texts = ()
    channel: Texts = ()

    def __bool__(self) -> bool:
        return any(getattr(self, key) for key in KEYS)

    def written(self) -> dict[str, Any]:
        """As in TOML: a text where there is one, else a list."""
        found: dict[str, Texts] = {key: getattr(self, key) for key in KEYS if getattr(self, key)}
        return {key: texts[0] if len(texts) == 1 else list(texts) for key, texts in found.items()}


KEYS = tuple(field.name for field in fields(Match))


@dataclass(frozen=True, slots=True)
class Rule:
    """name: what people do in the new way.

    An event that `occasion` matches is an occasion. It is new if `new` matches its own event or, with new_within, some event of the same
    case from its time on until that many hours later; else old if `old` matches in the same way; else neither. One that shows both is
    new. population: what the occasion's own event must show besides; empty: everybody is meant.
    """

    name: str
    occasion: Match
    new: Match
    old: Match
    population: Match = Match()
    new_within: float | None = None
    old_within: float | None = None

    @classmethod
    def read(cls, mapping: Mapping[str, Any]) -> Self:
        """The rule that the mapping of a TOML or JSON file writes. Raises RuleError with a sentence that says what to correct."""
        _known(mapping, ("name", OCCASION, NEW, OLD, POPULATION), "The rule")
        name = mapping.get("name", "")
        if not isinstance(name, str):
            raise RuleError(f"name is {name!r}, which is no text. Write it in quotes: name = “…”.")
        parts = {part: _table(mapping, part) for part in (OCCASION, NEW, OLD, POPULATION)}
        if not parts[OCCASION]:
            raise RuleError(
                "The rule does not say which events are occasions. Add [occasion] with an activity, a channel, a unit or a product_line."
            )
        if not parts[NEW] and not parts[OLD]:
            raise RuleError("The rule tells neither the new way nor the old way. Add [new] or [old], best both.")
        return cls(
            name.strip(),
            **{part: _match(table, part) for part, table in parts.items()},
            new_within=_hours(parts[NEW], NEW),
            old_within=_hours(parts[OLD], OLD),
        )

    def written(self) -> dict[str, Any]:
        """The mapping that `read` makes this rule of; parts that say nothing are left out."""
        found: dict[str, Any] = {"name": self.name} if self.name else {}
        for part, hours in ((OCCASION, None), (NEW, self.new_within), (OLD, self.old_within), (POPULATION, None)):
            match: Match = getattr(self, part)
            if match:
                found[part] = match.written() | ({} if hours is None else {WITHIN: hours})
        return found


def _known(mapping: Mapping[str, Any], keys: Texts, where: str) -> None:
    for key in mapping:
        if key not in keys:
            near = get_close_matches(str(key).casefold(), keys, n=1)
            meant = f" Did you mean {near[0]}?" if near else ""
            raise RuleError(f"{where} has “{key}”, which is not known there. It may have {', '.join(keys)}.{meant}")


def _table(mapping: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    table = mapping.get(part, {})
    if not isinstance(table, Mapping):
        raise RuleError(f"{part} is {table!r}, which says nothing by itself. Write a part [{part}] with keys below it.")
    _known(table, (*KEYS, WITHIN) if part in (NEW, OLD) else KEYS, f"[{part}]")
    if part in mapping and not any(key in table for key in KEYS):
        raise RuleError(f"[{part}] says nothing to look for. Give it an activity, a channel, a unit or a product_line.")
    return table


def _match(table: Mapping[str, Any], part: str) -> Match:
    return Match(**{key: _texts(table[key], f"[{part}] {key}") for key in KEYS if key in table})


def _texts(value: Any, where: str) -> Texts:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(text, str) for text in texts):
        raise RuleError(f"{where} is {value!r}. Write a text in quotes, or a list of them.")
    if not texts:
        raise RuleError(f"{where} is an empty list, which nothing can match. Name at least one, or take the line out.")
    if not all(plain(text) for text in texts):
        raise RuleError(
            f"{where} holds an empty text, which nothing can match. Write what the log says, or take it out."
        )
    return tuple(text.strip() for text in texts)


def _hours(table: Mapping[str, Any], part: str) -> float | None:
    if WITHIN not in table:
        return None
    hours = table[WITHIN]
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours <= LONGEST:
        raise RuleError(
            f"[{part}] {WITHIN} is {str(hours)[:20]}. Give a number of hours above zero, a century at most, such as 24."
        )
    return float(hours)
