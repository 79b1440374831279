"""Reading an instrument from its TOML, with sentences for what is wrong: the file, the place, the remedy."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from commonground.assessments.instruments import (
    BETWEEN,
    KINDS,
    NOW,
    POINTS,
    STEPS,
    WANTED,
    Alternative,
    Instrument,
    Item,
    Scale,
    Words,
)
from commonground.assessments.rounds import PURPOSES

NAME: Final = re.compile(r"[a-z0-9_-]{1,40}", re.IGNORECASE)
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
MOST_ITEMS, MOST_WORDS, MOST_OPTIONS = 80, 600, 11
TOP = frozenset(
    "name title purpose options about labels ladder origin citation licence scoring note counts scale item".split()  # noqa: SIM905  reads better
)


class InstrumentError(ValueError):
    """A file that is no instrument. The message names the file, the place in it and the remedy."""


class Reader:
    """Reads one file; each complaint begins with its name."""

    def __init__(self, file: str) -> None:
        self.file = file

    def wrong(self, where: str, what: str, remedy: str) -> InstrumentError:
        return InstrumentError(f"{self.file}: {where} {what}. {remedy}")

    def words(self, value: Any, where: str, *, needed: bool = True) -> Words:
        """A text, or texts by language: {en = "…", de = "…"}."""
        if isinstance(value, str) and value.strip():
            value = {"en": value}
        if not value and not needed:
            return {}
        if not isinstance(value, dict) or not value:
            raise self.wrong(where, "has no words", 'Write a text, or one for each language: { en = "…", de = "…" }.')
        for code, text in value.items():
            if not LANGUAGE.fullmatch(code):
                raise self.wrong(where, f"names “{code}”, which is no language", "Use a code such as en or de.")
            if not isinstance(text, str) or not text.strip():
                raise self.wrong(where, f"is empty in “{code}”", "Write its words, or leave this language out.")
            if len(text) > MOST_WORDS:
                raise self.wrong(where, f"is longer than {MOST_WORDS} characters in “{code}”", "Shorten it.")
        return {code: text.strip() for code, text in value.items()}

    def name(self, value: Any, where: str) -> str:
        if not isinstance(value, str) or not NAME.fullmatch(value):
            raise self.wrong(
                where, f"is called “{value}”", "A name has up to 40 letters, digits, - or _ and no spaces."
            )
        return value

    def listed(self, value: Any, where: str) -> list[Any]:
        if not isinstance(value, list):
            raise self.wrong(where, "is no list", 'Write it in brackets: ["a", "b"].')
        return value

    def text(self, value: Any, where: str) -> str:
        if not isinstance(value, str):
            raise self.wrong(where, "is no text", "Put it in quotation marks.")
        return value.strip()

    def item(self, said: Mapping[str, Any], place: int) -> Item:
        name = self.name(said.get("name"), f"item {place}")
        where = f"the item “{name}”"
        kind = said.get("kind", "agreement")
        if kind not in KINDS:
            raise self.wrong(where, f"has the kind “{kind}”", f"Use one of {', '.join(KINDS)}.")
        asked = tuple(self.listed(said.get("asked", []), f"“asked” of {where}"))
        if asked not in ((), (NOW, WANTED)):
            raise self.wrong(where, "is asked in another way", 'Write asked = ["now", "wanted"], or leave it out.')
        alternatives = tuple(
            Alternative(self.name(one.get("name"), f"an alternative of {where}"), self.words(one.get("words"), where))
            for one in self.listed(said.get("alternatives", []), f"“alternatives” of {where}")
        )
        if kind in {POINTS, STEPS} and not 2 <= len(alternatives) <= 9:
            raise self.wrong(where, f"has {len(alternatives)} alternatives", "Give it from two to nine.")
        ends = None
        if kind == BETWEEN:
            ends = (
                self.words(said.get("left"), f"the left end of {where}"),
                self.words(said.get("right"), f"the right end of {where}"),
            )
        return Item(name, kind, self.words(said.get("words"), where), alternatives, ends, asked)

    def scale(self, said: Mapping[str, Any], place: int) -> Scale:
        name = self.name(said.get("name"), f"scale {place}")
        where = f"the scale “{name}”"
        items = tuple(str(one) for one in self.listed(said.get("items", []), f"“items” of {where}"))
        turned = tuple(str(one) for one in self.listed(said.get("reversed", []), f"“reversed” of {where}"))
        stray = [one for one in turned if one not in items]
        if stray:
            raise self.wrong(
                where, f"reverses “{stray[0]}”, which is not among its items", "Add it there or remove it."
            )
        if not items:
            raise self.wrong(where, "has no items", 'Name them: items = ["a", "b"].')
        return Scale(name, items, turned, self.words(said.get("title"), where, needed=False) or None)


def read_instrument(text: str, *, key: str, file: str) -> Instrument:
    """The instrument that a TOML text says. file: its name for sentences. Raises InstrumentError."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InstrumentError(f"{file}: it is no TOML: {error}. Compare it with an example of the library.") from error
    return instrument_from(said, key=key, file=file)


def instrument_from(said: Mapping[str, Any], *, key: str, file: str) -> Instrument:
    """The same of values that were read already."""
    reader = Reader(file)
    strange = sorted(set(said) - TOP)
    if strange:
        raise reader.wrong(f"“{strange[0]}”", "is not known", f"The first level has {', '.join(sorted(TOP))}.")
    options = said.get("options", 5)
    if not isinstance(options, int) or isinstance(options, bool) or not 2 <= options <= MOST_OPTIONS:
        raise reader.wrong("“options”", f"is {options!r}", f"Give a whole number from 2 to {MOST_OPTIONS}.")
    if said.get("purpose", "other") not in PURPOSES:
        raise reader.wrong("“purpose”", f"is “{said['purpose']}”", f"Use one of {', '.join(PURPOSES)}.")
    items = tuple(reader.item(one, n) for n, one in enumerate(_tables(reader, said, "item"), 1))
    scales = tuple(reader.scale(one, n) for n, one in enumerate(_tables(reader, said, "scale"), 1))
    _fit(reader, items, scales, said)
    name = reader.text(said.get("name", key), "“name”")
    labels = said.get("labels", {})
    if not isinstance(labels, dict) or any(
        not isinstance(words, list) or len(words) != options for words in labels.values()
    ):
        raise reader.wrong("“labels”", "do not fit the options", f"Give {options} words for each language.")
    return Instrument(
        key=key,
        name=name,
        title=reader.words(said.get("title", name), "“title”"),
        purpose=said.get("purpose", "other"),
        options=options,
        items=items,
        scales=scales,
        about=reader.words(said.get("about"), "“about”", needed=False),
        labels={code: tuple(map(str, words)) for code, words in labels.items()},
        ladder=tuple(reader.listed(said.get("ladder", []), "“ladder”")),
        origin=said.get("origin", "own"),
        counts=said.get("counts"),
        **{word: reader.text(said.get(word, ""), f"“{word}”") for word in ("citation", "licence", "scoring", "note")},
    )


def _tables(reader: Reader, said: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = reader.listed(said.get(name, []), f"“{name}”")
    if not all(isinstance(row, dict) for row in rows):
        raise reader.wrong(f"“{name}”", "is no list of tables", f"Begin each with [[{name}]].")
    if len(rows) > MOST_ITEMS:
        raise reader.wrong(f"“{name}”", f"stands there {len(rows)} times", f"{MOST_ITEMS} are the most.")
    return rows


def _fit(reader: Reader, items: Sequence[Item], scales: Sequence[Scale], said: Mapping[str, Any]) -> None:
    """Names are there once, scales and ladder name what there is."""
    for what, names in (("item", [one.name for one in items]), ("scale", [one.name for one in scales])):
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise reader.wrong(f"the {what} “{twice}”", "stands there twice", "Give one of them another name.")
    if said.get("origin") == "published":
        return
    known = {column.name for item in items for column in item.columns(2)} | {item.name for item in items}
    for scale in scales:
        stray = next((name for name in scale.items if name not in known), None)
        if stray:
            raise reader.wrong(
                f"the scale “{scale.name}”",
                f"names the item “{stray}”, which has no words",
                "Add an [[item]] of that name.",
            )
    if not items:
        raise reader.wrong("it", "has no items", "Add at least one [[item]] with a name and words.")
    stray = next((name for name in said.get("ladder", []) if name not in {scale.name for scale in scales}), None)
    if stray:
        raise reader.wrong("“ladder”", f"names “{stray}”, which is no scale", "Name scales, from the first step on.")
