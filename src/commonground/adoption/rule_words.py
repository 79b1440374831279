"""A rule in sentences, as TOML that the command line reads, and as the boxes of its page. Pure."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.http import QueryDict

from commonground.adoption.trying import Named
from commonground.analysis.pace.rule import KEYS, NEW, OCCASION, OLD, POPULATION, WITHIN, Match, Rule, RuleError, plain

PARTS = (OCCASION, NEW, OLD, POPULATION)
WORDS = {"activity": "activity", "channel": "channel", "unit": "unit", "product_line": "product line"}
ORDER = ("activity", "channel", "unit", "product_line")
LEADS = {
    OCCASION: ("An occasion", "It is an event of which all this holds:"),
    NEW: ("It went the new way", "if this holds of it, or of an event that follows:"),
    OLD: (
        "It went the old way",
        "if this holds of it, or of an event that follows. What shows both ways counts as new.",
    ),
    POPULATION: ("For whom", "Only occasions of these count; with nothing chosen, everybody’s do."),
}
MOST_SAID = 8  # names in a sentence; the file below it has all
MOST = 120  # choices shown at once; what is chosen is always among them


class Choice(NamedTuple):
    name: str
    events: int | None
    chosen: bool


class Box(NamedTuple):
    """What a part may ask of one column. more: texts that the log does not offer, one a line. open: whether something is asked."""

    name: str
    word: str
    choices: tuple[Choice, ...]
    more: str
    left: int

    @property
    def chosen(self) -> int:
        return sum(choice.chosen for choice in self.choices) + len(self.more.splitlines())


class Clause(NamedTuple):
    """A part of the rule on its page. hours: None where it has none, "" where nothing is given."""

    part: str
    lead: str
    hint: str
    boxes: tuple[Box, ...]
    hours: str | None

    @property
    def opened(self) -> tuple[tuple[Box, bool], ...]:
        """The boxes, and whether each stands open: those that ask for something, else the one that is mostly asked for."""
        usual = "unit" if self.part == POPULATION else "activity"
        silent = not any(box.chosen for box in self.boxes)
        return tuple((box, bool(box.chosen) or (silent and box.name == f"{self.part}.{usual}")) for box in self.boxes)


def asked(post: QueryDict, name: str) -> dict[str, Any]:
    """The mapping of a rule that the boxes of its page say."""
    found: dict[str, Any] = {"name": name}
    for part in PARTS:
        table: dict[str, Any] = {}
        for key in ORDER:
            typed = [
                text.strip() for line in post.get(f"{part}.{key}.more", "").splitlines() for text in line.split(";")
            ]
            texts = list(dict.fromkeys(text for text in (*post.getlist(f"{part}.{key}"), *typed) if text.strip()))
            if texts:
                table[key] = texts[0] if len(texts) == 1 else texts
        hours = post.get(f"{part}.{WITHIN}", "").strip()
        if hours:
            table[WITHIN] = _hours(hours)
        if table:
            found[part] = table
    return found


def _hours(text: str) -> float | str:
    """A number where it is one; what it is else, which the reader of rules then refuses in words."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def clauses(
    said: Mapping[str, Any], offered: Mapping[str, Sequence[Named]], units: Sequence[str]
) -> tuple[Clause, ...]:
    """The boxes of the page. said: the mapping of a rule, perhaps a broken one. units: of the organization, for the population."""
    found = []
    for part in PARTS:
        table = said.get(part, {})
        table = table if isinstance(table, Mapping) else {}
        names = dict(offered)
        if part == POPULATION:
            names["unit"] = [Named(unit, None) for unit in units]
        boxes = tuple(_box(part, key, table.get(key), names.get(key, ())) for key in ORDER)
        hours = str(table.get(WITHIN, "")).removesuffix(".0") if part in (NEW, OLD) else None
        found.append(Clause(part, *LEADS[part], boxes, hours))
    return tuple(found)


def _box(part: str, key: str, value: Any, names: Sequence[Named]) -> Box:
    texts = (
        [value] if isinstance(value, str) else [str(text) for text in value] if isinstance(value, list | tuple) else []
    )
    wanted = {plain(text) for text in texts}
    known = {plain(one.name) for one in names} & wanted if wanted else set()
    shown = [Choice(one.name, one.events, True) for one in names if plain(one.name) in wanted] if known else []
    others = (Choice(one.name, one.events, False) for one in names if plain(one.name) not in wanted)
    chosen = len(shown)
    shown += islice(others, max(MOST - chosen, 0))
    more = "\n".join(text for text in texts if plain(text) not in known)
    return Box(f"{part}.{key}", WORDS[key], tuple(shown), more, len(names) - len(shown))


def sentences(rule: Rule) -> tuple[str, ...]:
    """The rule as one says it."""
    found = [f"An occasion is an event whose {_said(rule.occasion)}."]
    found += _way("new", rule.new, rule.new_within) + _way("old", rule.old, rule.old_within)
    if rule.new and rule.old:
        found.append("What shows both counts as new; what shows neither, as neither.")
    found.append(f"Only where the {_said(rule.population)}." if rule.population else "It is for everybody.")
    return tuple(found)


def _way(way: str, match: Match, within: float | None) -> list[str]:
    if not match:
        return [f"Nothing tells the {way} way."]
    if within is None:
        return [f"It went the {way} way if its own {_said(match)}."]
    hours = f"{within:g} hour{'' if within == 1 else 's'}"
    return [
        f"It went the {way} way if, within {hours}, an event of the same case (its own included) has: {_said(match)}."
    ]


def _said(match: Match) -> str:
    parts = []
    for key in ORDER:
        texts = getattr(match, key)
        if texts:
            quoted = [f"“{text}”" for text in texts]
            if len(quoted) > MOST_SAID:
                quoted[MOST_SAID - 2 :] = [f"one of {len(quoted) - MOST_SAID + 2} more"]
            listed = quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
            parts.append(f"{WORDS[key]} is {listed}")
    return " and ".join(parts)


def as_toml(rule: Mapping[str, Any]) -> str:
    """The mapping of a rule as the file that `commonground pace` reads."""
    lines = [f"name = {_value(rule['name'])}"] if rule.get("name") else []
    for part in PARTS:
        table = rule.get(part)
        if table:
            lines += ["", f"[{part}]", *(f"{key} = {_value(table[key])}" for key in (*KEYS, WITHIN) if key in table)]
    return "\n".join(lines).lstrip("\n") + "\n"


def _value(value: Any) -> str:
    """A text, number or list of texts; the texts of JSON are those of TOML."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def from_toml(text: str) -> Rule:
    """The rule that a TOML text writes. Raises RuleError with a sentence."""
    try:
        said = tomllib.loads(text.replace("\r\n", "\n").lstrip("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(
            f"This is not read as TOML: {error}. The rule of this page, shown above, is an example."
        ) from error
    return Rule.read(said)
