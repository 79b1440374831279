"""The catalogue, and how techniques enter it: from the library, from packages that announce some, and from a folder of files."""

from importlib.metadata import entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from commonground.guidance.techniques.reading import read_technique
from commonground.guidance.techniques.symptoms import SYMPTOMS
from commonground.guidance.techniques.technique import Technique, TechniqueError

GROUP: Final = "commonground.techniques"
CATALOGUE: Final[dict[str, Technique]] = {}
ENDING: Final = ".toml"
LIBRARY: Final = "the library"  # where those of the product come from
_ORIGIN: Final[dict[str, str]] = {}


def is_built_in(key: str) -> bool:
    """Whether a technique comes with the product; else a package or a folder of the organization brought it."""
    return _ORIGIN.get(key) == LIBRARY


def enter_all(folder: Traversable, origin: str) -> None:
    """Enters every TOML file of a folder into the catalogue, in the order of their names; the same file again changes nothing.

    origin: where they come from, in words. Raises TechniqueError for the first that cannot be used, or whose key another has taken.
    """
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(ENDING)), key=lambda entry: entry.name)
    for entry in found:
        key = entry.name.removesuffix(ENDING)
        one = read_technique(entry.read_text(encoding="utf-8"), key=key, file=entry.name, symptoms=SYMPTOMS)
        if _ORIGIN.setdefault(key, origin) != origin:
            raise TechniqueError(
                f"{entry.name} of {origin}: {_ORIGIN[key]} has a technique “{key}” already. Give the file another name."
            )
        CATALOGUE[key] = one


def load_packages() -> None:
    """Enters the techniques of installed packages: each entry point names a package in which TOML files lie.

    Raises ValueError, one sentence with the package and the reason, when one cannot be used.
    """
    for point in entry_points(group=GROUP):
        try:
            enter_all(files(point.value), point.value)
        except Exception as error:  # a stranger's package may fail in any way; the reader needs its name and the reason
            raise ValueError(f"The techniques of {point.value} could not be loaded: {error}") from error


def load_folder(folder: Path) -> None:
    """Enters the TOML files of a folder, if there are any. Raises TechniqueError for one that cannot be used."""
    enter_all(folder.resolve(), str(folder))
