"""The published tables as CSV: exactly the cells that the page shows, withheld ones with no number.

A published table never changes, so its lines are kept, cell by cell, by the very text that they were made of: what was replaced or taken
away is never found again. Who may read which cell is asked each time.
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from django.http import StreamingHttpResponse

from commonground.access.actor import Actor
from commonground.analysis.assessment.sheet import PROFILE
from commonground.assessments.culture import profile_of
from commonground.assessments.results import period_of
from commonground.assessments.rounds import Round
from commonground.assessments.seeing import Piece, lines_for, pieces_of
from commonground.assessments.wording import title_of_question
from commonground.ui.csv_response import csv_file, csv_text

HEAD = (
    "table", "group", "question", "words", "invited", "answered", "n", "counts", "top_box", "low_95", "high_95", "mean", "drawn_mean",
    "agreement", "against_earlier", "beside_others", "shown",
)  # fmt: skip
CULTURE = (
    "table",
    "group",
    "invited",
    "answered",
    "n",
    "dimension",
    "now",
    "wanted",
    "change",
    "low_95",
    "high_95",
    "shown",
)
WITHHELD = "no: fewer people than the threshold, or it would give such a group away"


KEPT, LONGEST = 64, 100_000  # tables of which lines are kept, and how long their text may be: some 20 MB in all


def tables_csv(actor: Actor, row: Round) -> StreamingHttpResponse | None:
    """row: with `words`. None where the actor may read none of its tables."""
    words: str = row.words  # type: ignore[attr-defined]  # annotated by RoundQuerySet.with_words

    def made(key: str, data: str) -> tuple[Piece, ...]:
        return (_answers if len(data) <= LONGEST else _answers.__wrapped__)(key, data, words)

    return _file(f"{row.name} {period_of(row)}", HEAD, lines_for(actor, row, made))


def culture_csv(actor: Actor, row: Round) -> StreamingHttpResponse | None:
    """None where the actor may read none of its tables."""

    def made(key: str, data: str) -> tuple[Piece, ...]:
        return (_profiles if len(data) <= LONGEST else _profiles.__wrapped__)(key, data)

    return _file(f"{row.name} culture", CULTURE, lines_for(actor, row, made))


def _file(name: str, head: tuple[str, ...], lines: list[str]) -> StreamingHttpResponse | None:
    return csv_file(name, ["\ufeff" + csv_text([head]), "".join(lines)]) if lines else None


@lru_cache(maxsize=KEPT)
def _answers(key: str, data: str, words: str) -> tuple[Piece, ...]:
    row = Round(items=json.loads(words))
    return tuple(pieces_of(json.loads(data), lambda cell: csv_text(_questions(row, key, cell))))


@lru_cache(maxsize=KEPT)
def _profiles(key: str, data: str) -> tuple[Piece, ...]:
    return tuple(pieces_of(json.loads(data), lambda cell: csv_text(_culture(key, cell))))


def _questions(row: Round, key: str, cell: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    if not cell["shown"]:
        yield key, cell["label"], *[""] * 14, WITHHELD
        return
    for question, one in cell["figures"]["questions"].items():
        if question != PROFILE:
            yield (
                key, cell["label"], question, title_of_question(row, question), cell["invited"], cell["answered"], one["n"],
                " ".join(map(str, one["counts"])), one["top"], one["low"], one["high"], one.get("mean"), one.get("drawn"),
                one.get("agreement"), one.get("against", {}).get("way", ""), one.get("beside", {}).get("way", ""), "yes",
            )  # fmt: skip


def _culture(key: str, cell: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    profile = profile_of(cell)
    if profile is None:
        yield key, cell["label"], *[""] * 9, WITHHELD
        return
    same = (key, cell["label"], profile.invited, profile.answered, profile.n)
    for one in profile.lines:
        yield *same, one.name, one.now, one.wanted, one.change, one.low, one.high, "yes"
    yield *same, "Aitchison distance", "", "", profile.distance, profile.low, profile.high, "yes"
