"""The instruments that can be asked: ours, published ones whose words are typed in, and the organization's own."""

from functools import lru_cache
from importlib.resources import files

from commonground.assessments.instrument_files import instrument_from, read_instrument
from commonground.assessments.instruments import Instrument
from commonground.assessments.own_instruments import OwnInstrument
from commonground.programs.models import Program


@lru_cache(maxsize=1)
def ready() -> dict[str, Instrument]:
    """Key → instrument of the library, ours first, in order of the files' names. Raises InstrumentError for one that is wrong, by name."""
    folder = files("commonground.assessments") / "ready"
    found = [
        read_instrument(entry.read_text(encoding="utf-8"), key=entry.name.removesuffix(".toml"), file=entry.name)
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    ]
    return {one.key: one for one in sorted(found, key=lambda one: (one.origin != "ours", one.key))}


def own(program: Program) -> dict[str, Instrument]:
    """Key → instrument that the organization brought."""
    rows = OwnInstrument.objects.filter(program=program)
    return {row.key: instrument_from(row.data, key=row.key, file=row.name) for row in rows}


def instrument_of(program: Program, key: str) -> Instrument | None:
    """The instrument of a key that can be asked; None for none, and for a published one without its words."""
    if key.startswith("own-"):
        row = OwnInstrument.objects.filter(program=program, key=key).first()
        return instrument_from(row.data, key=row.key, file=row.name) if row else None
    found = ready().get(key)
    return found if found and found.items else None


def askable(program: Program) -> dict[str, Instrument]:
    """All that can be asked in a program now."""
    return {key: one for key, one in {**ready(), **own(program)}.items() if one.items}
