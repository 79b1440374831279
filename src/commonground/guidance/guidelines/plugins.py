"""Guidelines of one's own: from a Python package (entry point group `commonground.guidelines`) or from files in a folder."""

import importlib.util
import sys
from importlib.metadata import entry_points
from pathlib import Path

GROUP = "commonground.guidelines"


def load_packages() -> None:
    """Loads the modules that installed packages announce; importing them enters their guidelines into the catalogue.

    Raises ValueError, one sentence with the module and the reason, when one cannot be used.
    """
    for point in entry_points(group=GROUP):
        try:
            point.load()
        except Exception as error:  # a stranger's module may fail in any way; the reader needs its name and the reason
            raise ValueError(f"The guidelines of {point.value} could not be loaded: {error}") from error


def load_folder(folder: Path) -> None:
    """Loads each Python file of a folder once, in the order of their names.

    Raises ValueError, one sentence with the file and the reason, when the folder or a file cannot be used.
    """
    if not folder.is_dir():
        raise ValueError(f"{folder} is not a folder. Give the folder that holds your guidelines as Python files.")
    for path in sorted(folder.resolve().glob("*.py")):
        name = f"commonground_guidelines.{path.stem}_{abs(hash(path))}"
        if name not in sys.modules:
            _load(path, name)


def _load(path: Path, name: str) -> None:
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ValueError(f"{path} cannot be read as a Python file.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # a stranger's file may fail in any way; the reader needs its name and the reason
        del sys.modules[name]
        raise ValueError(f"{path} could not be loaded: {error}") from error
