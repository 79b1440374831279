"""The `commonground` command. Each command is thin: it reads its words, calls one function and prints what that answers."""

import typer

from commonground.config import operating

app = typer.Typer(
    name="commonground",
    help="Runs the people side of a CRM program. Start with `commonground check FOLDER` on two sheets: people and processes.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


app.add_typer(operating.app)


def main() -> None:
    app()


if __name__ == "__main__":
    main()
