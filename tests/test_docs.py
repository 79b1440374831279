"""Documents say what is so: links lead somewhere, settings and commands are the real ones, and no text names what it must not."""

import re
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from commonground import reference
from commonground.cli import app

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    path
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*/README.md")]
    if ".venv" not in path.parts
)
# how to do something, in the words of the pages; a guideline is written and an instance is run elsewhere
LESSONS = [ROOT / "docs" / "tutorial" / "first-hour.md"] + [
    ROOT / "docs" / "how-to" / f"{name}.md"
    for name in (
        "answer-a-finding",
        "answer-voices",
        "bring-a-roster",
        "bring-an-event-log",
        "bring-counts",
        "give-access",
        "measure-a-behaviour",
        "run-a-round",
        "find-champions",
        "tell-a-change",
    )
]


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = done.stdout.split("\0") if done.returncode == 0 else []
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text())
    missing = [link for link in targets if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_that_is_named_exists(page: Path) -> None:
    named = re.findall(r"`([\w.-]+(?:/[\w.-]+)+/?)`", page.read_text())
    roots = [ROOT, ROOT / "src" / "commonground", page.parent]
    assert [path for path in named if not any((root / path).exists() for root in roots)] == []


@pytest.mark.parametrize("page", reference.pages(), ids=lambda page: page.name)
def test_made_pages_are_current(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == reference.pages()[page](), "Run `python -m commonground.reference`."


def test_every_page_stands_in_the_table_of_contents() -> None:
    text = (ROOT / "docs" / "README.md").read_text()
    pages = {path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")}
    listed = {str(page) for page in pages if page.parent.name not in ("decisions", "guidelines")} - {"README.md"}
    assert {page for page in listed if f"({page})" not in text} == set()
    index = (ROOT / "docs" / "reference" / "guidelines.md").read_text()
    of_each = {page.name for page in pages if page.parent.name == "guidelines"}
    assert {name for name in of_each if f"(guidelines/{name})" not in index} == set()


@pytest.fixture(scope="module")
def screens() -> str:
    """All words of templates and code, without marks and spaces at will."""
    files = [path for kind in ("html", "py") for path in (ROOT / "src").rglob(f"*.{kind}") if "tests" not in path.parts]
    return " ".join(" ".join(path.read_text().split()) for path in files).replace("’", "'").lower()


@pytest.mark.parametrize("page", LESSONS, ids=lambda page: page.name)
def test_words_in_bold_stand_on_a_page_of_the_product(page: Path, screens: str) -> None:
    words = [" ".join(words.split()) for words in re.findall(r"\*\*(.+?)\*\*", page.read_text(), re.DOTALL)]
    assert [one for one in words if one.replace("’", "'").lower() not in screens] == []


def test_the_tutorial_shows_what_the_command_prints() -> None:
    printed = CliRunner().invoke(app, ["check", str(ROOT / "examples" / "smallest")], env={"COLUMNS": "200"}).output
    shown = re.findall(r"^    ([▲◆ ].+)$", (ROOT / "docs" / "tutorial" / "first-hour.md").read_text(), re.MULTILINE)
    assert shown
    assert [line for line in shown if line.strip() not in printed] == []


def test_the_page_on_behaviours_shows_what_the_commands_print() -> None:
    text, folder = (ROOT / "docs" / "how-to" / "measure-a-behaviour.md").read_text(), ROOT / "examples" / "pace"
    asked = {
        "log the customer contact": [
            "pace",
            str(folder / "contacts.csv"),
            "--behaviour",
            str(folder / "log-the-contact.toml"),
            "--units",
            str(folder / "units.csv"),
        ],
        "Most likely course": ["forecast", str(folder / "shares.csv")],
    }
    for begin, words in asked.items():
        printed = CliRunner().invoke(app, words, env={"COLUMNS": "200"}).output
        shown = re.findall(
            rf"^    ({begin}[^,\n]+)", text, re.MULTILINE
        )  # what lies further ahead may move with the models
        assert shown
        assert [line for line in shown if line.strip() not in printed] == []


def test_every_setting_is_described_and_every_described_one_exists() -> None:
    code = "\n".join(path.read_text() for path in (ROOT / "src").rglob("*.py") if "tests" not in path.parts)
    used = set(re.findall(r"\"(COMMONGROUND_[A-Z_]+|DATABASE_URL)\"", code)) | {"DATABASE_URL"}
    told = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/reference/settings.md").read_text(), re.MULTILINE))
    assert told == used


def commands() -> set[str]:
    """Every command and command of a command, as `journal verify`."""
    found = set()
    for name, command in get_command(app).commands.items():
        found.add(name)
        found |= {f"{name} {below}" for below in getattr(command, "commands", {})}
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_documents_name_only_commands_that_exist(page: Path) -> None:
    named = re.findall(r"(?:^    (?:\$ )?|`)commonground ([a-z]+(?: [a-z]+)?)", page.read_text(), re.MULTILINE)
    real = commands()
    unknown = [words for words in named if words not in real and words.split()[0] not in real]
    assert unknown == []


def test_every_command_has_help() -> None:
    for name, command in get_command(app).commands.items():
        assert command.help, name
    assert reference.commands_page().count("Exit code: ") == reference.commands_page().count("\n## ")


def test_decisions_are_numbered_once() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs/decisions").glob("0*.md")]
    assert len(numbers) == len(set(numbers))
    assert numbers, "decisions are written down"


def test_no_file_names_an_index_or_a_path_of_a_machine() -> None:
    # written so that this file does not name them itself
    hosts = [
        "py" + "pi.org",
        "python" + "hosted",
        "npm" + "js.",
        "debian" + ".org",
        "/ro" + "ot/",
        ".py" + "env",
        "/wo" + "rk/",
    ]
    texts = [path for path in tracked() if path.suffix not in {".png", ".woff2", ".xlsx", ".ico"}]
    found = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in texts
        for host in hosts
        if host in path.read_text(errors="ignore")
    ]
    assert found == []


def test_readme_begins_with_a_sentence_a_picture_and_two_commands() -> None:
    text = (ROOT / "README.md").read_text()
    order = [
        text.index("Commonground is an"),
        text.index("![The change lead"),
        text.index("bin/run"),
        text.index("commonground check FOLDER"),
    ]
    assert order == sorted(order)
