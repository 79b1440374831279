"""Imports run one way, and the core stays pure."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from commonground.config import settings

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "commonground"
FOLDERS = ["analysis", *settings.DOMAIN]
READS_CLOCK = {"now", "localdate", "today", "utcnow", "localtime"}


def test_the_contracts_of_pyproject_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_folder_has_its_place_in_the_order() -> None:
    found = {path.parent.name for path in SOURCE.glob("*/__init__.py")} - {"config"}
    assert found == set(FOLDERS)


def test_the_linter_starts_without_django() -> None:
    code = "import commonground.cli, sys; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def own_modules() -> list[Path]:
    return [path for path in SOURCE.rglob("*.py") if not {"tests", "migrations"} & set(path.parts)]


def may_read_the_clock(path: Path) -> bool:
    """Views, commands, tasks, the middleware and what is on top may ask what time it is; nobody else."""
    name = path.stem
    return (
        name.endswith(("views", "tasks", "commands", "context", "middleware", "operating"))
        or path.parent.name == "config"
        or name in {"cli", "gate"}
    )


@pytest.mark.parametrize("path", own_modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_only_views_commands_and_tasks_read_the_clock(path: Path) -> None:
    if may_read_the_clock(path):
        return
    calls = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READS_CLOCK
        if ast.unparse(node.func.value) in {"datetime", "date", "timezone", "datetime.datetime", "datetime.date"}
    ]
    assert calls == []
