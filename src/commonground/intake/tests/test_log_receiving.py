"""Files larger than memory: to disk as they come, cut off where nobody has signed in, refused in a sentence where they do not fit."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import Cast

from commonground.events.models import Delivery
from commonground.intake import log_receiving
from commonground.intake.log_receiving import in_words

LOG = "case,activity,time\n" + "1,Take the call,2026-03-02 09:00\n" * 400
ADDRESS = "/northlight/imports/logs/upload/"


def send(client: Client, address: str = ADDRESS) -> str:
    file = SimpleUploadedFile("steps.csv", LOG.encode())
    response = client.post(address, {"name": "Orders", "log": "new", "source": "CRM", "file": file}, follow=True)
    return " ".join(response.content.decode().split())


@pytest.fixture(autouse=True)
def on_disk(settings, tmp_path: Path) -> Path:
    """Everything is larger than what is kept in memory."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE, settings.FILE_UPLOAD_TEMP_DIR = 100, tmp_path
    return tmp_path


def test_a_large_file_is_moved_to_its_place_and_nothing_is_left_behind(cast: Cast, on_disk: Path) -> None:
    assert "What does each column mean" in send(cast.alice.client())
    assert Delivery.objects.get().options["size"] == len(LOG)
    assert list(on_disk.iterdir()) == []


def test_what_is_too_large_is_a_sentence(cast: Cast, on_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_receiving, "LARGEST", 5_000)
    text = send(cast.alice.client())
    assert "The file has 14 kB, more than the 5 kB that a browser may bring." in text
    assert "commonground import events" in text
    assert list(on_disk.iterdir()) == []
    assert not Delivery.objects.exists()


def test_a_disk_without_room_is_a_sentence(cast: Cast, on_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=4_000))
    assert "there is room for 2 kB on the disk" in send(cast.alice.client())
    assert list(on_disk.iterdir()) == []


@pytest.mark.parametrize("address", [ADDRESS, "/sign-in/"])
def test_whoever_has_not_signed_in_leaves_nothing_on_the_disk(db: None, on_disk: Path, address: str) -> None:
    send(Client(), address)
    assert list(on_disk.iterdir()) == []
    assert not Delivery.objects.exists()


def test_sizes_are_said_as_people_say_them() -> None:
    assert [in_words(size) for size in (3, 12_345, 3_000_000, 1_430_000_000)] == ["1 kB", "12 kB", "3 MB", "1.4 GB"]
