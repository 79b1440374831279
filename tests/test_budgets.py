"""How long files, functions and templates may be. The exceptions are listed with their size and may only shrink."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE, FUNCTION, TEMPLATE = 400, 40, 150
# path → lines, for what is still too long. Shorten it and lower the number; never raise one, never add one.
LONG_FILES: dict[str, int] = {}
LONG_FUNCTIONS: dict[str, int] = {}
LONG_TEMPLATES: dict[str, int] = {}
VAGUE = {"util", "utils", "helper", "helpers", "common", "misc", "services", "managers"}


def code() -> list[Path]:
    folders = [ROOT / "src", ROOT / "tests", ROOT / "bench"]
    return [path for folder in folders for path in folder.rglob("*.py") if "migrations" not in path.parts]


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def too_long(sizes: dict[str, int], limit: int) -> dict[str, int]:
    return {name: size for name, size in sorted(sizes.items()) if size > limit}


def test_files_are_short() -> None:
    sizes = {str(path.relative_to(ROOT)): lines(path) for path in code()}
    assert too_long(sizes, FILE) == LONG_FILES


def test_functions_are_short() -> None:
    sizes = {}
    for path in code():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                body = node.body[1:] if ast.get_docstring(node) else node.body
                size = node.end_lineno - body[0].lineno + 1 if body else 0
                sizes[f"{path.relative_to(ROOT)}:{node.name}"] = size
    assert too_long(sizes, FUNCTION) == LONG_FUNCTIONS


def test_templates_are_short() -> None:
    sizes = {
        str(path.relative_to(ROOT)): lines(path) for path in (ROOT / "src").rglob("templates/**/*.*") if path.is_file()
    }
    assert too_long(sizes, TEMPLATE) == LONG_TEMPLATES


def test_names_say_something() -> None:
    parts = {part for path in code() for part in [path.stem, *path.relative_to(ROOT).parts[:-1]]}
    assert parts & VAGUE == set()
