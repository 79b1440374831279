"""Journeys: the real command serves a real database to a real browser. Nothing is mocked, and nothing leaves this machine."""

import fcntl
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Route, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
PROGRAM = "/one-northlight"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@dataclass
class Instance:
    """A running Commonground on a data folder of its own."""

    data: Path
    words: list[str] = field(default_factory=list)
    address: str = ""
    process: "subprocess.Popen[bytes] | None" = None
    cookies: dict[str, Any] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        return self.data / "commonground.sqlite3"

    def password(self, username: str) -> str:
        """The password of somebody of the demo, as its sign-in page shows it."""
        rows = json.loads((self.data / "demo_signins.json").read_text(encoding="utf-8"))
        return str(next(row["password"] for row in rows if row["username"] == username))

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "COMMONGROUND_DATA": str(self.data), "PYTHONPATH": str(ROOT / "src")}

    def start(self) -> "Instance":
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "commonground", "serve", "--port", str(port), *self.words]
        with (self.data / "serve.log").open("wb") as log:
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        self.address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            assert self.process.poll() is None, (self.data / "serve.log").read_text()
            try:
                with urlopen(self.address + "/sign-in/", timeout=5):  # noqa: S310 - loopback
                    return self
            except OSError:
                time.sleep(0.1)
        raise AssertionError((self.data / "serve.log").read_text())

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Runs a command of the product on the same data."""
        return subprocess.run(
            [sys.executable, "-m", "commonground", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


@contextmanager
def _made_once(factory: pytest.TempPathFactory, name: str) -> Iterator[tuple[Path, bool]]:
    """A data folder that the processes of a run share, and whether it is whole. Whoever comes first makes it; the others wait."""
    root = factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    data, whole = root / name, root / f"{name}.whole"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            shutil.rmtree(data, ignore_errors=True)
            data.mkdir()
        yield data, whole.exists()
        whole.touch()


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demo, made once; whoever serves it takes a copy. COMMONGROUND_JOURNEYS_DEMO names one made before."""
    if made := os.environ.get("COMMONGROUND_JOURNEYS_DEMO"):
        return Path(made)
    with _made_once(tmp_path_factory, "demo") as (data, whole):
        if not whole:
            done = Instance(data).command("demo")
            assert done.returncode == 0, done.stdout + done.stderr
            Instance(data).start().stop()  # gathers styles and scripts once for all
    return data


@pytest.fixture(scope="session")
def empty_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after its first start, which makes the tables; nobody has been there yet."""
    with _made_once(tmp_path_factory, "empty") as (data, whole):
        if not whole:
            Instance(data, ["--empty"]).start().stop()
    return data


@pytest.fixture(scope="module")
def demo(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """The demo, served; shared by the journeys of one file."""
    data = tmp_path_factory.mktemp("served")
    shutil.copytree(demo_data, data, dirs_exist_ok=True)
    instance = Instance(data).start()
    yield instance
    instance.stop()


@pytest.fixture
def empty(empty_data: Path, tmp_path: Path) -> Iterator[Instance]:
    """An instance without the demo, at which nobody has been yet."""
    shutil.copytree(empty_data, tmp_path, dirs_exist_ok=True)
    instance = Instance(tmp_path, ["--empty"]).start()
    yield instance
    instance.stop()


# one a file: its event loop must end before tests of another file ask the database in the same process
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        reason = "no Chromium on this machine: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@dataclass
class Visitor:
    """Somebody at a browser. Every error in the console and every request to another host fails the test."""

    browser: Browser
    faults: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(
        self, instance: Instance, user: str = "", *, width: str = "desktop", dark: bool = False, **more: Any
    ) -> Page:
        """A page of nobody, or of a user of the demo. The first page of a user signs in by the form; further ones keep the session."""
        context = self.browser.new_context(
            base_url=instance.address,
            viewport=WIDTHS[width],
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
            storage_state=instance.cookies.get(user),
            **more,
        )
        self.contexts.append(context)
        context.set_default_timeout(15_000)
        context.route(lambda url: not url.startswith(instance.address), self._refuse)
        page = context.new_page()
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        if user and user not in instance.cookies:
            sign_in(page, user, instance.password(user))
            instance.cookies[user] = context.storage_state()
        return page

    def _refuse(self, route: Route) -> None:
        self.faults.append(f"asked another host: {route.request.url}")
        route.abort()

    def _listen(self, message: ConsoleMessage) -> None:
        # the browser logs answers of 404, of a refused form (422) and of a closed door (403, 429) too
        if message.type == "error" and not re.search(r"status of (404|403|422|429)", message.text):
            self.faults.append(f"{message.text} at {message.location.get('url', '')}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where a journey fails, the report tells what stood on each page."""
    report = yield
    somebody = getattr(item, "funcargs", {}).get("visitor")
    if call.when == "call" and call.excinfo is not None and somebody is not None:
        for context in somebody.contexts:
            for page in context.pages:
                report.sections.append((page.url, page.locator("body").inner_text(timeout=5_000)[:3_000]))
    return report


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    somebody = Visitor(browser)
    yield somebody
    for context in somebody.contexts:
        context.close()
    assert somebody.faults == []


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Sign-in name").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def heading(page: Page) -> str:
    """The one statement that a page begins with: of the page that is there now. After a click use `headed`, which waits for the next."""
    return page.get_by_role("heading", level=1).inner_text()


def headed(page: Page, words: "str | re.Pattern[str]") -> None:
    """Waits for the page that begins with this statement, word by word or by a pattern: a click does not wait for what it leads to."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def follow(link: Locator) -> None:
    """Clicks on what leads to another page, and waits until that page is there: what is counted or read next is not of the old one."""
    with link.page.expect_navigation():
        link.click()


def go(page: Page, part: str) -> None:
    """To a part of the program, by the rail."""
    page.wait_for_load_state()  # before its style sheets are there, a page shows the rail and the keys of a phone
    follow(page.get_by_role("navigation", name="Parts of the program").get_by_role("link", name=part))


def unfold(page: Page) -> None:
    """Opens what the inbox has folded: findings of one guideline that are alike stand under one line."""
    for fold in page.locator("li.fold details:not([open]) > summary").all()[::-1]:
        fold.click()


def said(page: Page, words: "str | re.Pattern[str]") -> None:
    """Waits for a message of the product that something was done, or why not."""
    expect(page.locator(".flashes")).to_contain_text(words)


def fits(page: Page) -> None:
    """The document is no wider than the screen: nothing is cut or has to be pushed sideways."""
    page.wait_for_load_state()  # before its style sheets are there, a page is as wide as its widest picture
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= screen, f"{page.url} is {wide} px wide on a screen of {screen} px"


@pytest.fixture(scope="module")
def screen(browser: Browser, demo: Instance) -> Iterator[Page]:
    """One page for the whole file, signed in as the change lead. Our content policy is put aside for it: axe is a script that is put in."""
    context = browser.new_context(base_url=demo.address, bypass_csp=True)
    context.set_default_timeout(15_000)
    page = context.new_page()
    sign_in(page, "maren", demo.password("maren"))
    yield page
    context.close()
