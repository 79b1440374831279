"""What the pages of the pace say in sentences, each out of figures alone. Pure: plain values in, words out."""

from collections.abc import Sequence
from datetime import date, timedelta

from commonground.adoption.models import Record
from commonground.adoption.standing import BEYOND, COMING, REACHED, Due, horizon
from commonground.adoption.summary import stands
from commonground.analysis.pace.figures import Alarm, Dip, Group, Lasting, Now, Pace, Steady, Sustained, Watch
from commonground.ui.words import MONTH_NAMES, MONTHS, NARROW, day, number, percent, plural, spelled

LASTS = {6: "six", 12: "twelve", 24: "twenty-four"}


def month(value: date | None) -> str:
    """“Oct 2027”."""
    return f"{MONTHS[value.month - 1]} {value.year}" if value else "–"


def whole_month(value: date) -> str:
    """“October 2027”."""
    return f"{MONTH_NAMES[value.month - 1]} {value.year}"


def months(count: int) -> str:
    """“six months”."""
    return f"{spelled(count)} month{'' if count == 1 else 's'}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def points(change: float | None) -> str:
    """“+3.1” points of share."""
    if change is None:
        return "–"
    shown = f"{change * 100:+.1f}".replace("-", "−")
    return "0.0" if shown in ("+0.0", "−0.0") else shown


def share_range(low: float, high: float) -> str:
    """“34–38 %”."""
    return f"{low * 100:.0f}–{high * 100:.0f}{NARROW}%"


def lateness(due: Due, *, short: bool = False) -> str:
    """What is said of a due share against its plan: “six months late”, or short, “6 mo”."""
    if due.state == REACHED:
        return "reached"
    if due.late is None:
        return ""
    over = due.state == BEYOND
    if due.late == 0 and not over:
        return "on plan"
    count = max(abs(due.late), 1)
    if short:
        return f"{'over ' if over else ''}{count}{NARROW}mo{'' if due.late >= 0 else ' early'}"
    return f"{'over ' if over else ''}{months(count)} {'late' if due.late >= 0 else 'early'}"


def when_range(due: Due, end: date | None, *, short: bool = False) -> str:
    """“Jun 2027 – Apr 2028”, short “Jun 27 – Apr 28”; an open side says until when the forecast goes."""
    write = brief if short else month
    if due.state not in (COMING, BEYOND):
        return ""
    if due.low is None:
        return f"not before {write(end)}" if end else ""
    return f"{write(due.low)} – {write(due.high) if due.high else f'after {write(end)}'}"


def brief(value: date | None) -> str:
    """“Oct 27”."""
    return f"{MONTHS[value.month - 1]}{NARROW}{value.year % 100:02d}" if value else "–"


def record_said(record: Record | None) -> str:
    """How earlier forecasts did; empty before any week of one has come."""
    level = next((one for one in record.coverage if abs(one[0] - 0.8) < 0.01), None) if record else None
    if record is None or level is None:
        return ""
    _, share, low, high = level
    return (
        f"Such intervals held {percent(share)} of what came ({round(share * record.n)} of {plural(record.n, 'week')}; "
        f"{low * 100:.0f}–{high * 100:.0f}), over {plural(record.forecasts, 'earlier forecast')}."
    )


def finding(occasions: str, due: Due | None, now: Now | None, pace: Pace) -> str:
    """The title of the big picture: where the pace leads, and against which plan."""
    work = occasions or "occasions"
    if now is None:
        return "Not enough weeks yet to say where it goes"
    held = f"{percent(now.new)} of {work} go the new way"
    if due is None:
        return f"{held}; no target is set yet"
    if due.state == REACHED:
        return f"{held}: the target of {percent(due.share)} is reached"
    ahead = f"At today’s pace {percent(due.share)} of {work} go the new way"
    end = horizon(pace.whole.forecast)
    if due.state == COMING and due.mid is not None:
        return f"{ahead} in {whole_month(due.mid)}{_against(due)}"
    if due.state == BEYOND and end is not None:
        than_plan = (
            f", over {months(max(due.late, 1))} after plan"
            if due.late is not None
            else ", as far as the forecast looks"
        )
        return f"At today’s pace {percent(due.share)} of {work} go the new way only after {whole_month(end)}{than_plan}"
    return f"{held}; when {percent(due.share)} will, cannot be said yet"


def _against(due: Due) -> str:
    if due.late is None:
        return ""
    if due.late == 0:
        return ", as planned"
    return f", {months(abs(due.late))} {'after' if due.late > 0 else 'before'} plan"


def groups_title(groups: Sequence[Group], word: str) -> str:
    """What the small multiples show, by name only where an alarm stands; never a ranking."""
    shown = [group for group in groups if group.now is not None and not group.series.suppressed]
    back = [group_name(group) for group in groups if stands(group)]
    if not shown:
        there = sum(1 for group in groups if not group.series.suppressed)
        return (
            f"{capital(spelled(there))} {word}{'' if there == 1 else 's'}, week by week"
            if there
            else f"No {word} can be shown"
        )
    half = sum(1 for group in shown if group.now and group.now.new >= 0.5)
    count, verb = (capital(spelled(half)), "is" if half == 1 else "are") if half else ("None", "is")
    share = f"{count} of {spelled(len(shown))} {word}s {verb} past half"
    if len(shown) == 1:
        share = f"{group_name(shown[0])} is {'past' if half else 'short of'} half"
    return f"{share}; in {_listed(back)} the old way returns" if back else share


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def group_name(group: Group) -> str:
    """What a group is called; a cohort by the months in which its people began."""
    name = group.series.name
    year, _, quarter = name.partition("-Q")
    if group.kind != "cohort" or not year.isdecimal() or quarter not in ("1", "2", "3", "4"):
        return name
    last = int(quarter) * 3
    return f"Began {MONTHS[last - 3]}–{MONTHS[last - 1]} {year}"


def alarm_said(name: str, alarm: Alarm) -> str:
    """What the banner says below its first words."""
    since, until = date.fromisoformat(alarm.since), date.fromisoformat(alarm.week)
    weeks = max((until - since).days // 7, 1)
    return (
        f"The old way rose from {percent(alarm.before)} to {percent(alarm.after)} in {spelled(weeks)} week{'' if weeks == 1 else 's'}; "
        f"the alarm crossed its limit in the week of {day(until)}."
    )


def sustained_said(told: Sustained) -> str:
    """The title of the curve of sustained use."""
    if told.median is not None:
        return f"Half have it as a habit within {spelled(round(told.median))} weeks"
    end = told.curve[-1] if told.curve else None
    if end is None or not told.events:
        return "Nobody has it as a habit yet"
    return f"{percent(end.share)} have it as a habit after {spelled(round(end.time))} weeks"


def lasting_said(lasting: Sequence[Lasting]) -> str:
    """The title of what lasts: the longest time that is known."""
    known = [one for one in lasting if one.share is not None]
    if not known:
        return "Whether it lasts cannot be said yet"
    last = known[-1]
    kept, since = round((last.share or 0) * 100), LASTS.get(last.months, number(last.months))
    return f"Of those who took it up, {kept} of 100 are still at it after {since} months"


def steady_said(told: Steady) -> str:
    return (
        f"If people go on taking it up and giving it up as they do now, {percent(told.level)} of them settle at the new way "
        f"(95{NARROW}% interval {share_range(told.low, told.high)}, n = {plural(told.n, 'person,people')})."
    )


def dip_title(dip: Dip) -> str:
    if not dip.passed:
        return f"The dip after go-live: too early to judge until {day(dip.until)}"
    if dip.recovered:
        return f"The work was back to where it was by {day(dip.recovered)}"
    return "The work is not back to where it was before go-live"


def dip_said(dip: Dip) -> tuple[str, ...]:
    """What happened to the work after go-live, and whether it may be judged."""
    found = [
        f"Before {day(dip.cut_over)} each person who was at work handled {number(dip.baseline, 1)} occasions a week."
    ]
    if dip.deepest is not None and dip.deepest_week:
        found.append(f"The lowest week, that of {day(dip.deepest_week)}, had {percent(dip.deepest)} of that.")
    found.append(
        f"In all {number(abs(dip.lost), 1)} weeks of a person’s work were lost and {number(abs(dip.regained), 1)} gained back."
    )
    found.append(
        "The window in which a fall says nothing against anybody has passed."
        if dip.passed
        else f"A fall after go-live is to be expected. Until {day(dip.until)} it says nothing against anybody."
    )
    return tuple(found)


def watch_said(watch: Watch) -> tuple[str, ...]:
    """How soon a return of the old way would be seen."""
    if watch.why:
        return (watch.why,)
    if not watch.detection:
        return ()
    seen = _listed([f"one of {size:g} after {weeks:.0f} weeks" for size, weeks in watch.detection])
    return (
        f"How soon a lasting rise of the old way is seen on average, by its size in standard deviations of a week: {seen}.",
        f"Without any rise there is one false alarm in {number(round(watch.false_alarm))} weeks.",
    )


def at_least(count: int, threshold: int) -> str:
    """A count of people as a part of a group: in words where it is below the threshold."""
    if count == 0:
        return "nobody"
    return plural(count, "person,people") if count >= threshold else f"fewer than {threshold} people"


def ends(week: str) -> date:
    """The Sunday of a week."""
    return date.fromisoformat(week) + timedelta(days=6)
