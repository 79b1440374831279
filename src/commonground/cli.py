"""The `commonground` command. Each command is thin: it reads its words, calls one function and prints what that answers."""

import os

import typer

app = typer.Typer(
    name="commonground",
    help="Runs the people side of a CRM program. Start with `commonground check FOLDER` on two sheets: people and processes.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def with_django() -> None:
    """Prepares Django for the commands that need the database; the others start without it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonground.config.settings")
    import django  # noqa: PLC0415 - `check` must start without paying for it

    django.setup()


def main() -> None:
    app()


if __name__ == "__main__":
    main()
