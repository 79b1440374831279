"""Writes every page of the reference that is made from the code: `python -m commonground.reference`."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints

from typer.main import get_command

import commonground.access.reference as of_access
import commonground.guidance.reference as of_guidelines
import commonground.intake.reference as of_sheets
from commonground.cli import app

COMMANDS: Final = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"
HEAD = """# Commands

`commonground COMMAND --help` says the same on the terminal. Commands that need the database read their settings from
[the environment](settings.md). Each prints what it answers on standard output, and what went wrong, in a sentence, on standard error.
This page is made from the commands.
"""


def commands_page() -> str:
    """The page of the commands as Markdown, in the order of `--help`."""
    return "\n".join([HEAD, *(_entry(name, command) for name, command in _commands(get_command(app), ""))])


def pages() -> Mapping[Path, Callable[[], str]]:
    """Where each made page stands, and what makes it."""
    return {
        **of_guidelines.pages(),
        of_sheets.PAGE: of_sheets.page,
        of_access.PAGE: of_access.page,
        COMMANDS: commands_page,
    }


def write() -> None:
    """Writes all of them anew."""
    for path, page in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(), encoding="utf-8")


def _commands(group: Any, before: str) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def _entry(name: str, command: Any) -> str:
    hints = get_type_hints(command.callback)
    words = [one for one in command.params if one.name in hints]
    arguments = [_named(one) for one in words if not _is_option(one)]
    demanded = [f"{one.opts[0]} {one.metavar}" for one in words if _is_option(one) and one.required]
    others = ["[options]"] if len(arguments) + len(demanded) < len(words) else []
    usage = " ".join(["commonground", name, *arguments, *demanded, *others])
    about = inspect.cleandoc(command.help).replace("[bold]", "**").replace("[/bold]", "**")
    lines = [f"## {name}\n", f"    {usage}\n", f"{about}\n"]
    if words:
        lines += ["| word | what it does |", "|---|---|", *(_row(one, hints[one.name]) for one in words), ""]
    return "\n".join(lines)


def _is_option(one: Any) -> bool:
    return bool(one.opts[0].startswith("-"))


def _named(one: Any) -> str:
    word = one.metavar or one.name.rstrip("_").upper()
    return word if one.required else f"[{word}]"


def _row(one: Any, hint: Any) -> str:
    word = _named(one) if not _is_option(one) else " ".join([*one.opts, *([] if one.is_flag else [_value(one, hint)])])
    more = [one.help if one.help.endswith((".", "…")) else f"{one.help}."]
    if one.multiple:
        more.append("May be given several times.")
    if _is_option(one) and not one.is_flag and one.default not in (None, ""):
        more.append(f"Default: {one.default.value if isinstance(one.default, Enum) else one.default}.")
    return f"| `{word}` | {' '.join(more)} |"


def _value(one: Any, hint: Any) -> str:
    """What stands after an option: its own word, the words it may be, or the kind of value."""
    if one.metavar:
        return str(one.metavar)
    kinds = [kind for kind in (hint, *get_args(hint)) if isinstance(kind, type)]
    for kind in kinds:
        if issubclass(kind, Enum):
            return "/".join(str(member.value) for member in kind)
    return {int: "NUMBER", Path: "FILE"}.get(kinds[0], "WORD")


if __name__ == "__main__":
    write()
