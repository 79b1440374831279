"""What is said of experiments and roll-outs: sentences of numbers. Pure."""

from collections.abc import Sequence

from commonground.analysis.experiments.power import Power
from commonground.analysis.experiments.result import BETTER, LESS, NOTHING, UNCLEAR, WORSE, Result
from commonground.analysis.experiments.roll_out import DIFFERED, NO_BEFORE, NO_COMPARISON, ONE_UNIT, TOO_FEW, RollOut
from commonground.guidance.experiment_data import Foreseen, Plan
from commonground.ui.words import plural, spelled

STATUS = {BETTER: "good", WORSE: "act", LESS: "none", UNCLEAR: "watch", NOTHING: "none"}


def points(share: float | None, *, sign: bool = False) -> str:
    """A difference of shares in points: “5 points”, “1 point”, “+0.4 points”."""
    if share is None:
        return "–"
    value = share * 100
    rounded = f"{abs(value):.0f}" if abs(value) >= 0.95 else f"{abs(value):.1f}"
    minus = "−" if value < 0 and float(rounded) else "+" if sign and float(rounded) else ""
    return f"{minus}{rounded} point{'' if rounded == '1' else 's'}"


def power_title(seen: Foreseen, plan: Plan) -> str:
    """The verdict before it is run."""
    power, hoped = seen.power, abs(plan.hoped)
    if power.detectable is None:
        return "Cannot tell: too few units to compare"
    if not hoped:
        return f"It would see a difference of {points(power.detectable)} or more"
    if power.sees(hoped):
        return f"It can tell: the {points(hoped)} you hope for would be seen"
    return f"Cannot tell: you hope for {points(hoped)}, and it sees {points(power.detectable)} or more"


def power_said(seen: Foreseen, plan: Plan) -> str:
    power = seen.power
    about = f" of about {seen.people:.0f} people" if seen.people else ""
    weeks = f"{plural(plan.weeks_before, 'week')} before and {plural(plan.weeks, 'week')} of trying"
    what = f"With {plural(power.units, 'unit')}{about}, {weeks}"
    if power.detectable is None:
        return f"{what} nothing says how far apart the units would have been anyway. Three units are the fewest; eight are better."
    sure = (
        f" A difference of {points(abs(plan.hoped))} would be seen in {_of_ten(power.power)}."
        if plan.hoped and power.power
        else ""
    )
    return f"{what} you would see a difference of {points(power.detectable)} or more in 4 of 5 cases.{sure}"


def _of_ten(share: float | None) -> str:
    tens = round((share or 0) * 10)
    return "fewer than 1 of 10 cases" if tens < 1 else "nearly every case" if tens > 9 else f"about {tens} of 10 cases"


def helps_said(helps: Sequence[tuple[str, Power]], now: Power) -> list[str]:
    """What would let it see less, each with how much."""
    better = [
        (words, one)
        for words, one in helps
        if one.detectable is not None and one.detectable < (now.detectable or 9) * 0.97
    ]
    return [f"{words}: {points(one.detectable)} or more" for words, one in better]


def result_said(result: Result, hoped: float) -> tuple[str, str]:
    """Title and sentence of a result."""
    said, low, high = result.said(hoped), result.low, result.high
    if said == NOTHING:
        return "Nothing can be said", result.why
    between = f"between {points(low, sign=True)} and {points(high, sign=True)}"
    if low is None or high is None:
        return f"Cannot tell: {points(result.difference, sign=True)}, and no interval", result.why
    if said in (BETTER, WORSE):
        size = points(abs(result.difference or 0))
        title = (
            f"The share rose {size} more with it than without"
            if said == BETTER
            else f"The share is {size} behind with it"
        )
        return title, f"The true difference lies {between} (95 %)."
    if said == LESS:
        return (
            f"No more than {points(high if hoped >= 0 else low, sign=True)}: less than the {points(abs(hoped))} hoped for",
            f"The true difference lies {between} (95 %): none at all is possible, what was hoped for is not. That is worth knowing.",
        )
    return (
        f"Cannot tell: {between}",
        f"No difference fits, and so do the {points(abs(hoped))} hoped for (95 %). More units or more weeks would tell them apart.",
    )


def how_said(result: Result) -> str:
    """How the interval was made, for the foot of the picture."""
    if result.by == "t":
        how = f"units’ changes compared, Student’s t with {plural(result.df, 'degree')} of freedom"
    else:
        how = "compared within weeks; the interval holds what dealing the beginnings out anew does not contradict"
    if result.chance is None:
        return how
    return f"{how}; dealt out anew in {result.ways:,} ways, {result.chance:.0%} give a difference as large".replace(
        "%", " %"
    )


CANNOT = {
    NO_COMPARISON: "Every unit began at the same time, so none shows what would have happened without it.",
    ONE_UNIT: "One unit alone began: what it shows may be its own story.",
    NO_BEFORE: "The units began before anything was measured, so nothing is known from before.",
    DIFFERED: "Before they began, the units that did already moved otherwise than those that had not: they would have grown apart anyway.",
    TOO_FEW: "Too few units began on the same days to say how far apart they would have been anyway, so there is no interval.",
}


def roll_out_title(found: RollOut) -> str:
    """The finding of a roll-out."""
    if found.overall is None:
        return "The effect of this roll-out cannot be told"
    middle, low, high = found.overall.estimate, found.overall.low, found.overall.high
    if found.cannot or low is None or high is None:
        return f"Cannot tell: {points(middle, sign=True)} after the beginning, but the design does not answer"
    if low > 0 or high < 0:
        return f"After the beginning the share is {points(abs(middle))} {'higher' if middle > 0 else 'lower'} than it would have been"
    return f"Cannot tell: between {points(low, sign=True)} and {points(high, sign=True)} after the beginning"


def began_said(found: RollOut) -> str:
    waiting = f"{plural(found.waiting, 'unit')} had not begun" if found.waiting else "all had begun by the end"
    return f"{plural(found.began, 'unit')} began; {waiting}"


def two_way_said(found: RollOut) -> str:
    """What the usual regression says, and why it may mislead."""
    if found.two_way is None:
        return ""
    said = f"The usual regression with a mean for each unit and each period gives {points(found.two_way.estimate, sign=True)}."
    if found.two_way.negative >= 0.005:
        share = f"{found.two_way.negative:.0%}".replace("%", " %")
        return (
            f"{said} It compares late units with early ones that have it already: {share} of its weight counts the wrong way round. "
            "Where an effect grows with time, that pulls it down."
        )
    return f"{said} None of its weight counts the wrong way round here."


def ended_said(many: int) -> str:
    """Why one result among many is not surprising; empty for few."""
    if many < 2:
        return ""
    return (
        f"{spelled(many).capitalize()} experiments have ended. Of twenty that do nothing, one looks as if it worked: "
        f"hold a single result against an interval of {100 - 5 / many:.1f} % before you rely on it."
    )
