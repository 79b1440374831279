"""Serves the two type families from their wheels, so that no font file lies in the tree (SIL Open Font License 1.1)."""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from importlib.resources import files
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files import File
from django.core.files.storage import Storage
from django.utils import timezone

PLACE = "ui/fonts/"
SOURCES = {
    f"{PLACE}source-sans-3.ttf": ("fontpkg_source_sans_3", "files/SourceSans3[wght].ttf"),
    f"{PLACE}source-sans-3-italic.ttf": ("fontpkg_source_sans_3", "files/SourceSans3-Italic[wght].ttf"),
    f"{PLACE}source-serif-4.ttf": ("fontpkg_source_serif_4", "files/SourceSerif4[opsz,wght].ttf"),
    f"{PLACE}source-serif-4-italic.ttf": ("fontpkg_source_serif_4", "files/SourceSerif4-Italic[opsz,wght].ttf"),
    f"{PLACE}source-sans-3-licence.txt": ("fontpkg_source_sans_3", "LICENSE"),
    f"{PLACE}source-serif-4-licence.txt": ("fontpkg_source_serif_4", "LICENSE"),
}


class WheelFiles(Storage):
    """A read-only storage of the few files named in SOURCES."""

    prefix = ""

    @cached_property
    def paths(self) -> dict[str, str]:
        found = {name: str(files(package) / inner) for name, (package, inner) in SOURCES.items()}
        return {name: path for name, path in found.items() if os.path.isfile(path)}

    def path(self, name: str) -> str:
        return self.paths[name]

    def exists(self, name: str) -> bool:
        return name in self.paths

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        return File(open(self.path(name), "rb"), name)

    def get_modified_time(self, name: str) -> datetime:
        return datetime.fromtimestamp(os.path.getmtime(self.path(name)), tz=timezone.get_default_timezone())


class FontFinder(BaseFinder):
    """Finds the fonts for staticfiles; named in STATICFILES_FINDERS."""

    storage = WheelFiles()

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = self.storage.paths.get(path)
        if find_all:
            return [found] if found else []
        return found

    def list(self, ignore_patterns: Iterable[str] | None = None) -> Iterator[tuple[str, Storage]]:
        for name in self.storage.paths:
            yield name, self.storage
