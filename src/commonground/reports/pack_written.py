"""The privacy pack as Markdown and as a page that stands on its own."""

from collections.abc import Iterator, Sequence

from django.template.loader import render_to_string

from commonground.reports.pack import Pack, Section, Table

BLANK = "> ……………………………………………………………………………………"


def as_html(pack: Pack) -> str:
    """The pack as one HTML file without style or script."""
    return render_to_string("reports/pack_file.html", {"pack": pack, "alone": True})


def as_markdown(pack: Pack) -> str:
    """The pack in Markdown, with ruled room where the organization is to answer."""
    lines = [f"# {pack.title}", "", pack.stand, ""]
    for at, section in enumerate(pack.sections, 1):
        lines += [f"## {at}. {section.title}", "", *_body(section)]
    lines += ["## Settings it was made from", ""]
    lines += _table(Table(("Setting", "Value"), pack.made_from))
    return "\n".join(lines).rstrip() + "\n"


def _body(section: Section) -> Iterator[str]:
    for words in section.words:
        yield from (_plain(words), "")
    if section.table is not None:
        yield from _table(section.table)
    for point in section.points:
        yield f"- {_plain(point)}"
    if section.points:
        yield ""
    for blank in section.blanks:
        yield from (f"**To be answered:** {_plain(blank)}", "", BLANK, "")


def _table(table: Table) -> list[str]:
    if not table.rows:
        return ["None.", ""]
    lines = [_row(table.head), "|" + "---|" * len(table.head)]
    return [*lines, *(_row(row) for row in table.rows), ""]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_plain(cell).replace("|", "\\|") for cell in cells) + " |"


def _plain(text: str) -> str:
    """Text that somebody entered, on one line and without marks that Markdown would take for its own."""
    one = " ".join(str(text).split())
    return one.replace("\\", "\\\\").replace("<", "&lt;").replace("*", "\\*").replace("[", "\\[").replace("#", "\\#")
