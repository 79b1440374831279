"""Reads one technique from a TOML file, strictly: what is missing, unknown or of the wrong kind is refused with a sentence."""

import tomllib
from collections.abc import Collection
from dataclasses import fields
from typing import Any, Final

from commonground.guidance.techniques.technique import Technique, TechniqueError, refuse

_TEXTS: Final = (*("name", "kind", "summary", "works", "evidence", "evidence_says", "source", "mark", "activity_kind"),)
_LISTS: Final = ("fits", "not_when", "steps", "symptoms", "causes", "com_b", "bct", "practices", "risks", "measures")
_MAY_BE_EMPTY: Final = frozenset({"symptoms", "causes", "com_b", "bct"})
KNOWN: Final = frozenset(field.name for field in fields(Technique)) - {"key"}


def read_technique(text: str, *, key: str, file: str, symptoms: Collection[str]) -> Technique:
    """The technique that a file describes.

    key: the name of the file without its ending. file: how the file is called in an error. symptoms: the keys that it may name. Raises
    TechniqueError, one sentence with the file, the field and the remedy.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TechniqueError(f"{file} is not valid TOML: {error}.") from error
    for name in sorted(data.keys() - KNOWN):
        raise TechniqueError(f"{file}: there is no field “{name}”. Fields are {', '.join(sorted(KNOWN))}.")
    for name in sorted(KNOWN - data.keys() - _MAY_BE_EMPTY):
        raise TechniqueError(f"{file}: the field “{name}” is missing. Add it.")
    values: dict[str, Any] = {name: _text(data[name], name, file) for name in _TEXTS}
    values |= {name: _list(data.get(name, []), name, file) for name in _LISTS}
    effort = data["effort"]
    if isinstance(effort, bool) or not isinstance(effort, int | float):
        raise TechniqueError(f"{file}: effort is not a number. Give the hours of work to try it once.")
    one = Technique(key=key, effort=float(effort), **values)
    refuse(one, symptoms, file)
    return one


def _text(value: object, name: str, file: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TechniqueError(f"{file}: {name} is not a text. Write it between quotation marks.")
    return " ".join(value.split())


def _list(value: object, name: str, file: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not (value or name in _MAY_BE_EMPTY):
        raise TechniqueError(f"{file}: {name} is not a list with something in it. Write it as [“…”, “…”].")
    found = tuple(_text(item, f"an entry of {name}", file) for item in value)
    if len(set(found)) < len(found):
        raise TechniqueError(f"{file}: {name} says something twice. Leave one out.")
    return found
