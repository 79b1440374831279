"""The components of the product as template tags, one template each (see /styleguide/). Always loaded: no `load` needed.

Each tag renders `ui/components/<name>.html`. Block tags take what stands between them as their actions or content.
"""

from datetime import date
from typing import Any

from django import template
from django.http import QueryDict
from django.template.context import Context
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from commonground.ui import words
from commonground.ui.forms import options_of
from commonground.ui.icons import svg
from commonground.ui.templatetags import charts
from commonground.ui.words_diff import words_diff

register = template.Library()
register.tags.update(charts.register.tags)

MARK_WORDS = {
    "act": "Act now",
    "watch": "Watch",
    "note": "Note",
    "good": "On course",
    "none": "Not enough data yet",
    "withheld": "Not shown",
    "up": "Up",
    "down": "Down",
    "part": "",
}
SEVERITIES = {"error": "act", "warn": "watch", "ok": "good"}
COLOURS = {"act": "act", "watch": "watch", "good": "good", "up": "good", "down": "watch", "part": ""}
FATES = {
    "keep": "",
    "reshape": "new",
    "change": "new",
    "create": "new",
    "move": "old",
    "merge": "old",
    "automate": "old",
    "eliminate": "old",
    "end": "old",
}
STAGES = ("draft", "consulted", "told", "in force")
EMPTIES = ("first", "nothing", "done", "closed", "failed")


def _rendered(name: str, values: dict[str, Any], content: str = "") -> SafeString:
    """A block's component. content: what stood between the tags, which the template engine has escaped already."""
    values = {**values, "content": mark_safe(content.strip())}  # noqa: S308 - escaped already
    return mark_safe(get_template(f"ui/components/{name}.html").render(values))  # noqa: S308  the template escapes


def _mark(kind: str, label: str | None = None) -> dict[str, str]:
    kind = SEVERITIES.get(kind, kind)
    kind = kind if kind in MARK_WORDS else "none"
    return {"kind": kind, "colour": COLOURS.get(kind, "none"), "label": MARK_WORDS[kind] if label is None else label}


@register.simple_tag
def options(choices: list[tuple[Any, str]], chosen: Any = "") -> SafeString:
    """The options of a long list to choose from, as (value, label): a loop in a template takes 20 ms for 2,000 of them."""
    return options_of(choices, {str(chosen)})


@register.inclusion_tag("ui/components/mark.html")
def mark(kind: str, label: str | None = None) -> dict[str, str]:
    """A status shape: act, watch, note, good, none, withheld, up, down, part. label="" where a word stands beside it."""
    return _mark(kind, label)


@register.inclusion_tag("ui/components/status.html")
def status(kind: str, text: str = "") -> dict[str, str]:
    """A shape and its word in the colour of the status."""
    values = _mark(kind)
    return {**values, "text": text or values["label"]}


@register.inclusion_tag("ui/components/badge.html")
def badge(kind: str, text: str) -> dict[str, str]:
    """A small framed word. kind: act, watch, good (with their shape), new, old, or empty."""
    kind = SEVERITIES.get(kind, kind)
    return {"kind": kind, "text": text, "shape": kind if kind in {"act", "watch", "good"} else ""}


@register.simple_tag
def icon(name: str, size: int = 16, label: str = "") -> SafeString:
    """A line icon of the lucide set, inline. Without a label it is left out of what is read aloud."""
    return svg(str(name), int(size), str(label))


@register.inclusion_tag("ui/components/fate.html")
def fate(kind: str | None, text: str = "") -> dict[str, str]:
    """What becomes of a process or a role, each fate with its own shape; empty means not decided yet."""
    known = kind if kind in FATES else ""
    return {
        "kind": known or "undecided",
        "word": known or "not decided yet",
        "way": FATES.get(known or "", ""),
        "text": text,
    }


@register.inclusion_tag("ui/components/stage.html")
def stage(value: str) -> dict[str, Any]:
    """How far a change is told: draft, consulted, told, in force, as four small steps and the word."""
    word = str(value).replace("_", " ").replace("-", " ")
    reached = STAGES.index(word) if word in STAGES else 0
    return {
        "word": STAGES[reached],
        "number": reached + 1,
        "steps": [{"x": 1 + place * 9, "done": place <= reached} for place in range(len(STAGES))],
    }


@register.inclusion_tag("ui/components/person.html")
def person(name: str | None, subtitle: str = "", url: str = "", vacant: str = "Nobody yet") -> dict[str, str]:
    """A ring with initials, the name and a quiet second line; without a name an empty ring and `vacant`."""
    return {
        "name": name or "",
        "subtitle": subtitle,
        "url": url,
        "initials": words.initials(name or ""),
        "vacant": vacant,
    }


@register.simple_block_tag
def empty(content: str, kind: str, title: str, text: str = "") -> SafeString:
    """A page or part with nothing in it, and why: first, nothing, done, closed, failed. Content: actions."""
    kind = kind if kind in EMPTIES else "nothing"
    return _rendered("empty", {"kind": kind, "title": title, "text": text}, content)


@register.simple_block_tag
def page_head(content: str, title: str, question: str = "") -> SafeString:
    """Title of a page and the question it answers. Content: actions, one of them primary."""
    return _rendered("page_head", {"title": title, "question": question}, content)


@register.simple_block_tag
def part(
    content: str, title: str, note: str = "", more: str = "", url: str = "", id: str = "", css: str = ""
) -> SafeString:
    """A part of a page: one strong rule, a title that says something, perhaps a note or a link `more` to `url` at its right."""
    values = {"title": title, "note": note, "more": more, "url": url, "id": id, "css": css}
    return _rendered("part", values, content)


@register.inclusion_tag("ui/components/crumb.html")
def crumb(label: str, url: str = "") -> dict[str, str]:
    """One step of “where you are”, a link when it has a url."""
    return {"label": label, "url": url}


@register.inclusion_tag("ui/components/flash.html")
def flash(kind: str, title: str, text: str = "") -> dict[str, Any]:
    """A message about what was just done: good, note, watch, act."""
    kind = {"success": "good", "info": "note", "debug": "note", "warning": "watch", "error": "act"}.get(kind, kind)
    values = _mark(kind)
    return {
        **values,
        "ground": "new" if values["kind"] in {"note", "none"} else values["kind"],
        "title": title,
        "text": text,
    }


@register.inclusion_tag("ui/components/source.html")
def source(
    n: int | str | None = None, period: str = "", source: str = "", interval: str = "", of: str = ""
) -> dict[str, str]:
    """Where a number comes from. `of` says what n counts: “n = 9,480 pieces of work”."""
    shown = "" if n is None or n == "" else f"n = {words.number(n) if isinstance(n, int) else n}"
    return {"n": f"{shown} {of}".strip() if shown else "", "period": period, "source": source, "interval": interval}


@register.inclusion_tag("ui/components/diff.html")
def diff(before: str | None, after: str | None) -> dict[str, Any]:
    """Two texts as one, with what goes and what comes; read aloud with words for both."""
    return {"runs": words_diff(before or "", after or "")}


def _query(context: Context, changes: dict[str, Any], drop: tuple[str, ...] = ()) -> str:
    request = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name in drop:
        query.pop(name, None)
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return "?" + query.urlencode()


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The query of this page with some parameters changed and the others kept; None or empty takes one away."""
    return _query(context, changes)


def _got(context: Context, name: str) -> str:
    request = context.get("request")
    return str(request.GET.get(name, "")) if request is not None else ""


def _sort(context: Context, key: str, label: str, param: str, default: str) -> dict[str, str]:
    now = _got(context, param) or default
    way = {"": "", key: "ascending", f"-{key}": "descending"}.get(now, "")
    turned = f"-{key}" if way == "ascending" else key
    return {"label": label, "way": way, "href": _query(context, {param: turned}, PLACES)}


PLACES = ("after", "before", "page")


@register.inclusion_tag("ui/components/sort_link.html", takes_context=True)
def sort_link(context: Context, key: str, label: str, param: str = "sort", default: str = "") -> dict[str, str]:
    """A link that sorts by `key`, and turns the order when it is sorted so already."""
    return _sort(context, key, label, param, default)


@register.inclusion_tag("ui/components/sort_head.html", takes_context=True)
def sort_head(
    context: Context, key: str, label: str, css: str = "", param: str = "sort", default: str = ""
) -> dict[str, str]:
    """A whole column head that sorts, with `aria-sort`."""
    return {**_sort(context, key, label, param, default), "css": css}


@register.inclusion_tag("ui/components/filter_link.html", takes_context=True)
def filter_link(
    context: Context, param: str, value: Any, label: str, count: int | None = None, shape: str = ""
) -> dict[str, Any]:
    """A choice of a list; the one that holds is marked. An empty value drops the filter."""
    value = "" if value is None else str(value)
    return {
        "label": label,
        "count": count,
        "shape": shape,
        "current": _got(context, param) == value,
        "href": _query(context, {param: value}, PLACES),
    }


@register.inclusion_tag("ui/components/table_foot.html", takes_context=True)
def table_foot(
    context: Context, page: Any = None, forms: str = "row", note: str = "", csv: bool = True
) -> dict[str, Any]:
    """Count, CSV link and pager below a table. page: of `ui.paging`, or None for a list that is whole."""
    after, shown = getattr(page, "after", None), getattr(page, "shown", None)
    more = bool(after) or not getattr(page, "is_first", True)
    return {
        "shown": "" if shown is None else f"{words.plural(shown, forms)}{' on this page' if more else ''}",
        "note": note,
        "first": "" if getattr(page, "is_first", True) else _query(context, {}, PLACES),
        "next": _query(context, {"after": after}, PLACES) if after else "",
        "csv": _query(context, {"format": "csv"}, PLACES) if csv else "",
    }


@register.simple_tag
def field(field: Any) -> SafeString:
    """Label, hint, error and input of one form field."""
    return _rendered("field", {"field": field})


@register.inclusion_tag("ui/components/form.html")
def form(form: Any) -> dict[str, Any]:
    """The error summary, which links to the fields, and every field of a form. The page writes <form> and the token."""
    return {"form": form, "wrong": _wrong(form)}


def _wrong(form: Any) -> list[dict[str, str]]:
    found = [{"href": "", "text": str(text)} for text in form.non_field_errors()]
    for bound in form.visible_fields():
        found += [{"href": f"#{bound.auto_id}", "text": str(text)} for text in bound.errors]
    for bound in form.hidden_fields():
        found += [{"href": "", "text": str(text)} for text in bound.errors]
    return found


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(form: Any) -> dict[str, Any]:
    """What needs another look in a form, each line a link to its field."""
    return {"wrong": _wrong(form)}


@register.inclusion_tag("ui/components/form_actions.html")
def form_actions(
    label: str = "Save", url: str = "", back: str = "Leave it as it was", hard: bool = False
) -> dict[str, Any]:
    """The one primary button of a form and a way back. hard: for what cannot be undone."""
    return {"label": label, "url": url, "back": back, "hard": hard}


@register.filter
def day(value: date | None) -> str:
    """“14 Sep 2026”."""
    return words.day(value)


@register.filter
def weekday(value: date | None) -> str:
    """“Mon 14 Sep 2026”."""
    return words.day(value, weekday=True)


@register.filter
def number(value: float | None, digits: int = 0) -> str:
    """“1,200”."""
    return words.number(value, digits)


@register.filter
def percent(value: float | None, digits: int = 0) -> str:
    """“46 %” of a share between 0 and 1."""
    return words.percent(value, digits)


@register.filter
def plural_words(value: int | None, forms: str) -> str:
    """“1 person”, “1,200 people”: {{ n|plural_words:"person,people" }}."""
    return words.plural(value, forms)


@register.filter
def spelled(value: int) -> str:
    """“three”, and “1,200” beyond twelve."""
    return words.spelled(value)


@register.filter
def initials(value: str) -> str:
    """“ML” of “Maren Lindqvist”."""
    return words.initials(value)


@register.filter
def stylesheets(names: str) -> list[str]:
    """Paths of the style sheets of these names, for `static`: “pages/home” is the sheet of a page."""
    return [f"ui/css/{name}.css" for name in names.split()]


@register.simple_tag
def page_styles(*names: str) -> SafeString:
    """Links to the sheets of some pages, inside `block styles`: {% page_styles "findings" %}."""
    link = '<link rel="stylesheet" href="{}">'
    return format_html_join("\n", link, ((static(f"ui/css/pages/{name}.css"),) for name in names))


@register.inclusion_tag("ui/components/rail_link.html", takes_context=True)
def rail_link(context: Context, entry: Any) -> dict[str, Any]:
    """A part of the rail with the mark of its worst open finding, which guidance supplies as `marks`."""
    found = (context.get("marks") or {}).get(entry.part.key)
    worst = str(getattr(found, "worst", "") or "note")
    return {
        "entry": entry,
        "open": int(getattr(found, "open", 0) or 0),
        "worst": worst,
        "worst_word": MARK_WORDS.get(worst, "Note").lower(),
    }
