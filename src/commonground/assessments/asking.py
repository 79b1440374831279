"""The questions of a round as they stand on the answering page, and what somebody chose there. Pure: plain values in and out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from commonground.assessments.answer_words import UI, ui
from commonground.assessments.instruments import BETWEEN, POINTS, STEPS, labels_for


@dataclass(frozen=True)
class Choice:
    """One thing to choose, or one place to write points. said: what was sent for it. hint: read aloud where the label is only a place."""

    name: str
    id: str
    value: str
    label: str
    chosen: bool = False
    said: str = ""
    hint: str = ""


@dataclass
class Part:
    """A question as it is asked once: now, wanted, or simply. key: in ids. error: what is to be put right."""

    key: str
    legend: str
    kind: str
    choices: list[Choice]
    ends: tuple[str, str] | None = None
    error: str = ""
    missing: bool = False
    given: int = 0

    @property
    def first(self) -> str:
        return self.choices[0].id


@dataclass
class Question:
    """A question with its number. words: what is asked."""

    number: int
    words: str
    parts: list[Part]


@dataclass
class Sheet:
    """The whole page of questions in one language, with what was sent. values: column → number, what can be kept."""

    code: str
    total: int
    questions: list[Question] = field(default_factory=list)
    values: dict[str, int] = field(default_factory=dict)

    @property
    def parts(self) -> list[Part]:
        return [part for question in self.questions for part in question.parts]

    @property
    def wrong(self) -> list[Part]:
        return [part for part in self.parts if part.error]

    @property
    def only_missing(self) -> bool:
        """Whether all that stands in the way is what was left out, which may be sent so."""
        return bool(self.wrong) and all(part.missing for part in self.wrong) and bool(self.values)


def sheet_of(items: Mapping[str, Any], code: str, sent: Mapping[str, str] | None = None) -> Sheet:
    """The questions of a frozen instrument. sent: what came with the form, None before anything was sent."""
    sheet = Sheet(code, len(items["items"]))
    for number, item in enumerate(items["items"], 1):
        words = ui(code)
        question = Question(number, _said(item["words"], code), [])
        for when in item["asked"] or [""]:
            columns = [column for column in item["columns"] if column["when"] == when]
            legend = words[when] if when else ""
            question.parts.append(_part(items, item, columns, legend, sheet, sent))
        sheet.questions.append(question)
    return sheet


def _part(
    items: Mapping[str, Any],
    item: Mapping[str, Any],
    columns: Sequence[Mapping[str, Any]],
    legend: str,
    sheet: Sheet,
    sent: Mapping[str, str] | None,
) -> Part:
    if item["kind"] == POINTS:
        return _points(item, columns, legend, sheet, sent)
    column = columns[0]
    said = (sent or {}).get(column["name"], "")
    labels = _labels(items, item, column["high"], sheet.code)
    choices = [
        Choice(column["name"], f"q-{column['name']}-{number}", str(number), label, said == str(number), hint=hint)
        for number, (label, hint) in enumerate(labels, column["low"])
    ]
    ends = (_said(item["ends"][0], sheet.code), _said(item["ends"][1], sheet.code)) if item["kind"] == BETWEEN else None
    part = Part(column["name"], legend, item["kind"], choices, ends)
    if any(choice.chosen for choice in choices):
        sheet.values[column["name"]] = int(said)
    elif sent is not None:
        part.error, part.missing = ui(sheet.code)["missing"], True
    return part


def _labels(items: Mapping[str, Any], item: Mapping[str, Any], high: int, code: str) -> list[tuple[str, str]]:
    """What stands at each choice, and what is read aloud beside it."""
    if item["kind"] == STEPS:
        return [(_said(one["words"], code), "") for one in item["alternatives"]]
    if item["kind"] == BETWEEN:
        return [(str(number), ui(code)["of"].format(number=number, high=high)) for number in range(1, high + 1)]
    return [(label, "") for label in labels_for(high, code, items.get("labels", {}))]


def _points(
    item: Mapping[str, Any],
    columns: Sequence[Mapping[str, Any]],
    legend: str,
    sheet: Sheet,
    sent: Mapping[str, str] | None,
) -> Part:
    """100 points over alternatives: an empty place is none, all empty is left out, anything else must come to 100."""
    words = {one["name"]: _said(one["words"], sheet.code) for one in item["alternatives"]}
    said = {column["name"]: (sent or {}).get(column["name"], "").strip() for column in columns}
    choices = [
        Choice(column["name"], f"q-{column['name']}", "", words[column["alternative"]], said=said[column["name"]])
        for column in columns
    ]
    part = Part(f"{columns[0]['item']}.{columns[0]['when']}", legend, POINTS, choices)
    if sent is None:
        return part
    if not any(said.values()):
        part.error, part.missing = ui(sheet.code)["missing_points"], True
        return part
    numbers = [_whole(text) for text in said.values()]
    known = [number for number in numbers if number is not None]
    part.given = sum(known)
    if len(known) < len(numbers):
        part.error = ui(sheet.code)["no_number"]
    elif part.given != 100:
        more = ui(sheet.code)["too_few" if part.given < 100 else "too_many"]
        part.error = more.format(given=part.given, left=abs(100 - part.given))
    else:
        sheet.values.update(zip(said, known, strict=True))
    return part


def _whole(text: str) -> int | None:
    """The points that a text says; nothing is none, what is no whole number from 0 to 100 is None."""
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 3 and int(text) <= 100 else None


def _said(words: Mapping[str, str], code: str) -> str:
    return words.get(code) or next(iter(words.values()), "")


def known_language(languages: Sequence[str], wanted: Sequence[str]) -> str:
    """The language to ask in: the first that is wanted and there, else the first there is."""
    return next((code for code in wanted if code in languages), languages[0] if languages else next(iter(UI)))
