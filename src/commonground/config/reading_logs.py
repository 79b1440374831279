"""What the commands over event logs share: options for reading, how a file is refused, and what is told of how it was read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, Protocol

import typer

if TYPE_CHECKING:
    from commonground.intake.logs.kept_out import KeptOut
    from commonground.intake.logs.look import Options

STANDARD = ":"  # headers of the XES standard have one: nobody need be told what else would have done
SHOWN_PROBLEMS = 8


def header(ours: str) -> Any:
    return typer.Option(metavar="HEADER", help=f"The column of {ours}, if it is not to be found by its header.")


Log = Annotated[Path, typer.Argument(help="An event log: CSV, Parquet or XES, also gzipped.")]
Case = Annotated[str, header("cases")]
Activity = Annotated[str, header("activities")]
Person = Annotated[str, header("persons")]
Unit = Annotated[str, header("units")]
Time = Annotated[str, header("times")]
Channel = Annotated[str, header("channels")]
MissingValues = Annotated[
    str, typer.Option(metavar="WORDS", help="What stands for a missing value, beside the empty text.")
]
DayFirst = Annotated[bool, typer.Option("--day-first", help="03/04/2025 is the third of April.")]
MonthFirst = Annotated[bool, typer.Option("--month-first", help="03/04/2025 is the fourth of March.")]
Problems = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Leave out rows that cannot be read, and list them in this CSV file."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")]


class Read(Protocol):
    """How a log was read. columns: ours → header; beside: ours → headers that would have done as well."""

    @property
    def columns(self) -> Mapping[str, str]: ...

    @property
    def beside(self) -> Mapping[str, Sequence[str]]: ...


@contextmanager
def reading(
    log: Path, *, missing_values: str, day_first: bool, month_first: bool, zone: str, problems: Path | None
) -> Iterator[tuple["Options", "KeptOut"]]:
    """Options and what is kept out, for the body that reads. Whatever is wrong ends the command with one sentence and exit code 2;
    at the end the rows that were left out are written to `problems`."""
    from commonground.intake.logs.kept_out import BrokenRow, KeptOut
    from commonground.intake.logs.look import Options
    from commonground.intake.problems import BadInput

    try:
        if day_first and month_first:
            raise BadInput("Days and months cannot both stand first. Give --day-first or --month-first.")
        options = Options(
            missing=("", *(word.strip() for word in missing_values.split(","))),
            day_first=day_first or (False if month_first else None),
            zone=zone,
        )
        kept_out = KeptOut(strict=problems is None)
        yield options, kept_out
        if problems is not None:
            kept_out.write(problems)
    except BrokenRow as error:
        refuse(f"{error} Or leave such rows out with --problems FILE.", error)
    except BadInput as error:
        refuse(str(error), error)
    except OSError as error:
        refuse(f"{error.filename or log} cannot be written: {error.strerror}. Name another place.", error)


def refuse(sentence: str, error: Exception) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2) from error


def warn(read: Read, kept_out: "KeptOut", problems: Path | None, more: Iterable[str] = ()) -> None:
    """What a reader should know of how the files were read, on standard error. more: sentences of the command's own."""
    from commonground.intake.logs.kept_out import sentence

    for warning in kept_out.warnings[:SHOWN_PROBLEMS]:
        typer.echo(sentence(warning), err=True)
    for ours, others in read.beside.items():
        if STANDARD not in read.columns[ours]:
            option = f"--{ours.replace('_', '-')}"
            typer.echo(
                f"The column of {ours.replace('_', ' ')} is taken to be “{read.columns[ours]}”; “{others[0]}” would do as well: "
                f"say so with {option} HEADER.",
                err=True,
            )
    for told in more:
        typer.echo(told, err=True)
    if kept_out:
        rows = "1 row is" if kept_out.rows == 1 else f"{kept_out.rows:,} rows are"
        typer.echo(f"{rows} left out; {problems} lists them.", err=True)
