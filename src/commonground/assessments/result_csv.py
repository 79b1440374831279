"""The published tables as CSV: exactly the cells that the page shows, withheld ones with no number."""

from collections.abc import Iterator
from typing import Any

from django.http import StreamingHttpResponse

from commonground.analysis.assessment.sheet import PROFILE
from commonground.assessments.culture import profile_of
from commonground.assessments.results import period_of
from commonground.assessments.rounds import Round
from commonground.assessments.seeing import Cells
from commonground.assessments.wording import title_of_question
from commonground.ui.csv_response import csv_response

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


def tables_csv(row: Round, tables: Cells) -> StreamingHttpResponse:
    return csv_response(f"{row.name} {period_of(row)}", HEAD, _lines(row, tables))


def _lines(row: Round, tables: Cells) -> Iterator[tuple[Any, ...]]:
    for key, data in tables.items():
        for cell in data["cells"]:
            if not cell["shown"]:
                yield key, cell["label"], *[""] * 14, WITHHELD
                continue
            for question, one in cell["figures"]["questions"].items():
                if question != PROFILE:
                    yield (
                        key, cell["label"], question, title_of_question(row, question), cell["invited"], cell["answered"], one["n"],
                        " ".join(map(str, one["counts"])), one["top"], one["low"], one["high"], one.get("mean"), one.get("drawn"),
                        one.get("agreement"), one.get("against", {}).get("way", ""), one.get("beside", {}).get("way", ""), "yes",
                    )  # fmt: skip


def culture_csv(row: Round, tables: Cells) -> StreamingHttpResponse:
    return csv_response(f"{row.name} culture", CULTURE, _culture(tables))


def _culture(tables: Cells) -> Iterator[tuple[Any, ...]]:
    for key, data in tables.items():
        for cell in data["cells"]:
            profile = profile_of(cell)
            if profile is None:
                yield key, cell["label"], *[""] * 9, WITHHELD
                continue
            same = (key, cell["label"], profile.invited, profile.answered, profile.n)
            for one in profile.lines:
                yield *same, one.name, one.now, one.wanted, one.change, one.low, one.high, "yes"
            yield *same, "Aitchison distance", "", "", profile.distance, profile.low, profile.high, "yes"
