"""What the results page shows of published tables: one table at a time, its scales, and each question beneath."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.analysis.assessment.distribution import evenness
from commonground.analysis.assessment.sheet import PAIR, PROFILE, SCALE
from commonground.assessments.culture import Change, Focus, Picture, Profile, picture, profile_of
from commonground.assessments.culture import title_of as culture_title
from commonground.assessments.in_days import CANCELLED, CLOSED, DRAFT, OPEN
from commonground.assessments.published import ResponseDay
from commonground.assessments.rounds import ATTRIBUTES, OPENING, Round
from commonground.assessments.seeing import Cells, own_units
from commonground.assessments.wording import item_of, legend_of, option_names, text, title_of_question, tones, top_words
from commonground.ui.words import day as written_day
from commonground.ui.words import number, percent, plural

WHOLE: Final = "whole"
HALF: Final = 0.5
THIN: Final = 0.1  # of those invited: fewer cannot carry a title
LISTED: Final = 100  # groups on one page
FEWEST_GROUPS, UNEVEN = (
    2,
    0.05,
)  # groups whose response is compared; the p (chi-square) from which on a difference is told
UPPER, MANY = 0, 12  # depth of units that are shown first, where there are more groups than so many
WAYS: Final = {"more": "more", "less": "less", "no telling": "no telling", "": "too few to tell"}

NO_MEAN: Final = {
    "Too few": "too few",
    "differ too much": "answers too far apart",
    "Groups differ": "units alike",
    "items": "its questions do not go together",
}


class Bar(NamedTuple):
    """One line: a group's answers to a scale or question. parts: for the strip; against, beside: in words, empty where not compared."""

    label: str
    shown: bool
    n: int = 0
    invited: int = 0
    answered: int = 0
    parts: tuple[tuple[str, int, str], ...] = ()
    top: float | None = None
    low: float | None = None
    high: float | None = None
    mean: float | None = None
    drawn: float | None = None
    agreement: float | None = None
    why: tuple[str, ...] = ()
    against: str = ""
    before: float | None = None
    beside: str = ""
    depth: int = 0

    @property
    def no_mean(self) -> str:
        """Why there is no mean, short."""
        first = self.why[0] if self.why else ""
        return next((short for words, short in NO_MEAN.items() if words in first), "")

    @property
    def share(self) -> float | None:
        return self.answered / self.invited if self.invited else None


class Block(NamedTuple):
    """Lines that share their classes: groups of one scale, or the scales (questions) of everybody. top: what the top box is, in words."""

    title: str
    bars: tuple[Bar, ...]
    top: str
    legend: tuple[tuple[str, str], ...]
    means: bool


class Page(NamedTuple):
    """by: key of the table that is shown; choices: all that can be; blocks of it; scales: those to choose from; holds: figures of how far
    the scales hold, of the whole alone; against: the earlier round; withheld: groups; single: figures of groups that are shown;
    left: groups further down in the tree that are not listed unless asked for."""

    by: str
    choices: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    scales: tuple[tuple[str, str], ...]
    of: str
    holds: tuple[tuple[str, Mapping[str, Any]], ...]
    whole: Mapping[str, Any] | None
    against: Mapping[str, Any] | None
    withheld: int
    single: int
    left: int


def page_of(row: Round, tables: Cells, by: str, of: str, *, every: bool = False) -> Page | None:
    """The page of a round with tables; None without any. by: a table's key, of: a scale's name, for one of many. every: list all groups,
    however many."""
    if not tables:
        return None
    by = by if by in tables else WHOLE if WHOLE in tables else next(iter(tables))
    table = tables[by] | {"cells": tables[by]["cells"] if every else upper(tables[by]["cells"])}
    keys = _keys(row)
    scales = [key for key in keys if key.startswith((SCALE, PAIR))]
    chosen = scales or keys
    wanted = next((key for key in chosen if _short(key) == of), chosen[0]) if by != WHOLE and chosen else ""
    cells = table["cells"]
    return Page(
        by,
        tuple((key, table_name(data["cut"])) for key, data in tables.items()),
        (block_of_groups(row, wanted, table),) if wanted else blocks_of_all(row, keys, cells[0]),
        tuple((_short(key), title_of_question(row, key)) for key in chosen) if wanted else (),
        _short(wanted),
        () if wanted else _holds(row, scales, cells[0]),
        tables.get(WHOLE, {"cells": [None]})["cells"][0],
        table.get("against"),
        sum(not cell["shown"] for cell in cells),
        sum(cell["figures"]["withheld"] for cell in cells if cell["shown"]),
        len(tables[by]["cells"]) - len(cells),
    )


def upper(cells: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """All cells of a short table; of a long one those of the upper units, as far down as fits."""
    if len(cells) <= LISTED:
        return list(cells)
    depths = sorted({int(cell.get("depth", 0)) for cell in cells}, reverse=True)
    for depth in depths:
        found = [cell for cell in cells if cell.get("depth", 0) <= depth]
        if len(found) <= LISTED:
            return found
    return list(cells[:LISTED])


def _short(key: str) -> str:
    return key.partition(":")[2] or key


def block_of_groups(row: Round, key: str, table: Mapping[str, Any]) -> Block:
    """One scale or question over the groups of a table."""
    names = option_names(row, key)
    bars = tuple(_bar(cell, key, names, cell["label"]) for cell in table["cells"])
    return Block(title_of_question(row, key), bars, top_words(key, names), legend_of(names), key.startswith(SCALE))


def blocks_of_all(row: Round, keys: Sequence[str], cell: Mapping[str, Any]) -> tuple[Block, ...]:
    """Everybody's answers: the scales, then questions, those with the same answers to choose from together."""
    found: dict[tuple[str, ...], list[str]] = {}
    for key in keys:
        names = option_names(row, key)
        kind = "scales" if key.startswith(SCALE) else "pairs" if key.startswith(PAIR) else _alone(row, key) or "each"
        found.setdefault((kind, *names), []).append(key)
    titles = {"scales": "The scales", "pairs": "Wanted beside now", "each": "Each question"}
    return tuple(
        Block(
            titles.get(kind) or text(item_of(row, each[0])[0]["words"]),
            tuple(
                _bar(cell, key, names, title_of_question(row, key) if kind in titles else _when(row, key))
                for key in each
            ),
            top_words(each[0], names),
            legend_of(names),
            kind == "scales",
        )
        for (kind, *names), each in found.items()
    )


def _alone(row: Round, key: str) -> str:
    """The item of a question that has answers of its own to choose from, empty for one that shares them with others."""
    item, _ = item_of(row, key)
    return str(item["name"]) if item["kind"] in {"between", "steps"} else ""


def _when(row: Round, key: str) -> str:
    return item_of(row, key)[1]["when"].capitalize() or "Everybody"


def _holds(row: Round, scales: Sequence[str], cell: Mapping[str, Any]) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    questions = cell["figures"]["questions"] if cell["shown"] else {}
    return tuple(
        (title_of_question(row, key), questions[key])
        for key in scales
        if key in questions and "alpha" in questions[key]
    )


def table_name(cut: Sequence[str]) -> str:
    return "Everybody" if not cut else "By " + " and ".join(ATTRIBUTES.get(one, one) for one in cut)


def _keys(row: Round) -> list[str]:
    """Scales, pairs and choices of the round, in the order of its instrument."""
    scales = [one["name"] for one in row.items.get("scales", ())]
    pairs = [
        one.removesuffix("_now")
        for one in scales
        if one.endswith("_now") and f"{one.removesuffix('_now')}_wanted" in scales
    ]
    columns = [one["name"] for item in row.items.get("items", ()) for one in item["columns"] if one["kind"] != "points"]
    return [*(f"{SCALE}{one}" for one in scales), *(f"{PAIR}{one}" for one in pairs), *columns]


def _bar(cell: Mapping[str, Any], key: str, names: Sequence[str], label: str) -> Bar:
    depth = int(cell.get("depth", 0))
    figure = cell["figures"]["questions"].get(key) if cell["shown"] else None
    if figure is None:
        return Bar(label, False, depth=depth)
    parts = zip(names, figure["counts"], tones(len(figure["counts"])), strict=True)
    against = figure.get("against") or {}
    return Bar(
        label,
        True,
        figure["n"],
        cell["invited"],
        cell["answered"],
        tuple((name, count, f"a{tone}") for name, count, tone in parts),
        figure["top"],
        figure["low"],
        figure["high"],
        figure.get("mean"),
        figure.get("drawn"),
        figure.get("agreement"),
        tuple(figure.get("why", ())),
        WAYS[against["way"]] if against else "",
        against.get("top"),
        WAYS[figure["beside"]["way"]] if "beside" in figure else "",
        depth,
    )


def state_of(row: Round, tables: Cells) -> str:
    """draft, open, cancelled, waiting (closed, tables not there yet), few (nothing can be told) or told."""
    if row.state in {DRAFT, OPENING, OPEN, CANCELLED}:
        return DRAFT if row.state == OPENING else row.state
    if not tables:
        return "waiting"
    return "told" if any(cell["shown"] for data in tables.values() for cell in data["cells"]) else "few"


def title_of(row: Round, tables: Cells) -> str:
    """What was found, in a sentence."""
    state = state_of(row, tables)
    if state != "told":
        return {
            DRAFT: f"“{row.name}” is not open yet",
            OPEN: f"“{row.name}” is open until {written_day(row.closes_on)}",
            CANCELLED: f"“{row.name}” was cancelled; nothing was published",
            "waiting": f"“{row.name}” is closed; its tables are being made",
        }.get(state, f"Too few answered “{row.name}” to show anything")
    cell = tables.get(WHOLE, {"cells": [{"shown": False}]})["cells"][0]
    if not cell["shown"]:
        return f"“{row.name}”: the whole cannot be told, some groups can"
    if cell["answered"] < THIN * cell["invited"]:
        return f"Only {number(cell['answered'])} of {number(cell['invited'])} answered: what they said need not hold for the others"
    questions = cell["figures"]["questions"]
    if PROFILE in questions:
        return culture_title(profile_of(cell), row)
    found = [(key, figure) for key, figure in questions.items() if key != PROFILE and figure["top"] is not None]
    of_scales = [one for one in found if one[0].startswith(SCALE)] or found
    if not of_scales:
        return f"“{row.name}”: {plural(cell['answered'], 'person,people')} answered"
    return _finding(row, of_scales)


def _finding(row: Round, found: list[tuple[str, Mapping[str, Any]]]) -> str:
    ladder = [f"{SCALE}{name}" for name in row.items.get("ladder", ())]
    known = dict(found)
    if ladder and all(key in known for key in ladder):
        held = next((key for key in ladder if known[key]["top"] < HALF), None)
        if held is None:
            return "Every step is reached by more than half"
        return f"The step “{title_of_question(row, held)}” is where help does most: {percent(known[held]['top'])} are there"
    turned = [(key, one) for key, one in found if one.get("against", {}).get("way") in {"more", "less"}]
    if turned:
        key, one = max(turned, key=lambda each: abs(each[1]["against"]["shift"] or 0))
        return f"“{title_of_question(row, key)}”: {one['against']['way']} than before, {percent(one['top'])} now"
    most, least = max(found, key=lambda one: one[1]["top"]), min(found, key=lambda one: one[1]["top"])
    if most is least:
        return f"“{title_of_question(row, most[0])}”: {percent(most[1]['top'])}"
    high, low = (f"“{title_of_question(row, key)}” ({percent(one['top'])})" for key, one in (most, least))
    return f"Highest {high}, lowest {low}"


def evenness_words(tables: Cells) -> str:
    """Whether groups answered to the same extent, out of the cells that are told; empty where there is nothing to say.

    Early against late cannot be told: answers carry no time.
    """
    for data in tables.values():
        cells = [cell for cell in data["cells"] if cell["shown"] and cell.get("depth", 0) == 0]
        if len(data["cut"]) != 1 or len(cells) < FEWEST_GROUPS:
            continue
        found = evenness([cell["answered"] for cell in cells], [cell["invited"] for cell in cells])
        if found is not None and found.p < UNEVEN:
            rates = sorted((part.rate, cell["label"]) for part, cell in zip(found.parts, cells, strict=True))
            (least, low), (most, high) = rates[0], rates[-1]
            return f"{high} answered most ({percent(most)}), {low} least ({percent(least)}): the whole leans to those who answered more."
    return ""


def response_seen(actor: Actor, found: ResponseDay | None) -> list[dict[str, Any]]:
    """The groups of a day that the actor may read: a unit manager the whole and their own units, employees the whole."""
    rows = list(found.data) if found is not None else []
    if actor.has(roles.LEAD, roles.SPONSOR, roles.MEMBER, roles.AUDITOR):
        return rows
    mine = own_units(actor)
    return [one for one in rows if one["kind"] == WHOLE or one["key"] in mine]


def response_title(row: Round, found: ResponseDay | None, groups: Sequence[Mapping[str, Any]]) -> str:
    whole = next((one for one in groups if one["kind"] == WHOLE), None)
    if found is None or whole is None:
        return f"“{row.name}”: no response to be told yet"
    return f"About {percent(whole['share'])} had answered by {written_day(found.day)}"


def profiles_of(tables: Cells, *, every: bool) -> dict[str, Any]:
    """The culture of groups, table after table; of units only the upper ones unless all are wanted. more: how many are left."""
    found: list[tuple[int, Profile]] = []
    for data in tables.values():
        if len(data["cut"]) == 1:
            told = [(cell.get("depth", 0), profile_of(cell)) for cell in data["cells"]]
            found += [(depth, one) for depth, one in told if one is not None and one.distance is not None]
    upper = [one for one in found if one[0] <= UPPER]
    shown = found if every or len(found) <= MANY else upper
    return {"groups": shown, "more": len(found) - len(shown), "every": every}


class FocusPage(NamedTuple):
    """The picture of product ↔ customer focus: shares in the top box, now and wanted."""

    focus: Focus
    large: Picture | None
    small: Picture | None
    ends: tuple[str, str]


def focus_page(row: Round, profile: Profile) -> FocusPage | None:
    focus = profile.focus
    if focus is None:
        return None
    now, wanted = 100 * focus.now["top"], 100 * focus.wanted["top"]
    lines = (
        Change(
            "focus", "Customer focus", "they start from what a customer needs", now, wanted, wanted - now, None, None
        ),
    )
    return FocusPage(
        focus,
        picture(lines, width=720, label=236, unit=" %", most=100),
        picture(lines, width=350, label=124, unit=" %", most=100),
        ("from our products", "from what a customer needs"),
    )


def period_of(row: Round) -> str:
    """“2 Mar 2026 to 20 Mar 2026”."""
    return (
        f"{written_day(row.opens_on)} to {written_day(row.last_day)}"
        if row.state == CLOSED
        else f"from {written_day(row.opens_on)}"
    )
