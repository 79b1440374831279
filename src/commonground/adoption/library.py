"""Behaviours that many organizations watch when a CRM comes, ready to be used: words, a rule to begin with, and what to beware of.

Each is a file `ready/<key>.toml`. Its rule names what logs commonly say; the rule page then offers what this log really says.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from commonground.analysis.pace.rule import Rule

AREAS = {
    "sales": "Selling and looking after accounts",
    "service": "Answering and solving",
    "across": "Working across units",
    "vanity": "Often counted, and telling little",
}


@dataclass(frozen=True, slots=True)
class Ready:
    """A ready behaviour. key: also its address. tells: why it says something; needs: what the log must hold; benefits: units in which
    it is felt; caution: what a reader should beware of; instead: for vanity, keys of what to measure instead; source: where the idea
    was found (a part of PEERS or METHODS of this project, said in words)."""

    key: str
    area: str
    name: str
    new_words: str
    old_words: str
    occasion_words: str
    tells: str
    needs: tuple[str, ...]
    rule: dict[str, Any]
    benefits: tuple[str, ...]
    caution: str
    source: str
    vanity: bool = False
    instead: tuple[str, ...] = ()
    order: int = 0


@lru_cache(maxsize=1)
def library() -> dict[str, Ready]:
    """Key → ready behaviour, in order of area and place. Raises ValueError for an entry that says something wrong, by its name."""
    found = [_read(entry.name, entry.read_text(encoding="utf-8")) for entry in _entries()]
    order = list(AREAS)
    return {one.key: one for one in sorted(found, key=lambda one: (order.index(one.area), one.order, one.key))}


def _entries() -> list[Any]:
    folder = files("commonground.adoption") / "ready"
    return [entry for entry in folder.iterdir() if entry.name.endswith(".toml")]


def _read(file: str, text: str) -> Ready:
    said = tomllib.loads(text)
    said = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    try:
        one = Ready(key=file.removesuffix(".toml"), **said)
        Rule.read(one.rule)
        AREAS[one.area]
    except (TypeError, ValueError, KeyError) as error:
        raise ValueError(f"{file} of the library of behaviours: {error}") from error
    return one


def ready_of(key: str) -> Ready | None:
    """The ready behaviour of this key; None for none."""
    return library().get(key)
