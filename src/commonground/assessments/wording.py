"""What questions, scales and their answers are called on the pages of results, out of the instrument as it was frozen with the round."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from commonground.analysis.assessment.sheet import PAIR, SCALE, Choice
from commonground.assessments.instruments import labels_for
from commonground.assessments.rounds import Round

LANGUAGE: Final = "en"
TONES: Final = {
    2: (1, 5),
    3: (1, 3, 5),
    4: (1, 2, 4, 5),
    5: (1, 2, 3, 4, 5),
}  # steps of colour from the lowest answer to the highest


def text(words: Mapping[str, str]) -> str:
    """The English of some words, else the first language there is."""
    return words.get(LANGUAGE) or next(iter(words.values()), "")


def item_of(row: Round, column: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The question and the column that a key of answers belongs to. Raises KeyError for none."""
    for item in row.items.get("items", ()):
        for one in item["columns"]:
            if one["name"] == column:
                return item, one
    raise KeyError(column)


def title_of_question(row: Round, key: str) -> str:
    """What a scale or question is called."""
    kind, _, name = key.rpartition(":")
    if kind:
        wanted = f"{name}_wanted" if f"{kind}:" == PAIR else name
        scale: Mapping[str, Any] = next((one for one in row.items.get("scales", ()) if one["name"] == wanted), {})
        said = text(scale.get("title") or {}) or name.replace("_", " ").capitalize()
        return f"{said.removesuffix(', wanted')}: wanted beside now" if f"{kind}:" == PAIR else said
    item, column = item_of(row, key)
    return text(item["words"]) + (f" ({column['when']})" if column["when"] else "")


def option_names(row: Round, key: str) -> list[str]:
    """What each class of a question is called, from the lowest."""
    if key.startswith(PAIR):
        return ["want less", "as it is", "want more"]
    options = int(row.items.get("options", 5))
    if key.startswith(SCALE):
        top = options - 1 if options >= len(TONES) + 1 else options
        return ["below 2", *(f"{low} to under {low + 1}" for low in range(2, top)), f"{top} and more"]
    item, column = item_of(row, key)
    if item["kind"] == "steps":
        return [text(one["words"]) for one in item["alternatives"]]
    if item["kind"] == "between":
        left, right = (text(words) for words in item["ends"])
        return [left, *(str(number) for number in range(2, column["high"])), right]
    return labels_for(options, LANGUAGE, row.items.get("labels", {}))


def top_words(key: str, names: Sequence[str]) -> str:
    """What the top box is, in words."""
    if key.startswith(PAIR):
        return "want more"
    if key.startswith(SCALE):
        return f"score {names[-1]}"
    top = Choice("", len(names)).top
    if len(names) - top == 1 and not names[top - 1].isdigit():
        return f"“{names[top - 1]}” or “{names[-1]}”"
    return f"{top} or more" if top < len(names) else f"“{names[-1]}”"


def legend_of(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((f"a{tone}", name) for tone, name in zip(tones(len(names)), names, strict=True))


def tones(options: int) -> tuple[int, ...]:
    return TONES.get(options) or tuple(1 + round(4 * place / (options - 1)) for place in range(options))
