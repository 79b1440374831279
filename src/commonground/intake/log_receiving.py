"""Receives files that may be larger than memory: stopped while they arrive where nobody has signed in, or nothing that size fits."""

import shutil
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from commonground.access.gate import actor_of

LARGEST = 5_000_000_000
ROOM = 2  # times its size that a file needs: it lies here until it is taken over, and its events beside it


class Guard(FileUploadHandler):
    """Stands before Django's own handlers, which write what is large to disk piece by piece.

    Whoever has not signed in is cut off: otherwise anybody could fill the disk. What is too large is read to its end without being
    kept, so that the browser gets the page that says so.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - Django passes it by this name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        self.whole = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        assert self.request is not None  # noqa: S101 - Django gives one to each handler of a request
        if actor_of(self.request).user is None:
            raise StopUpload(connection_reset=True)
        free = shutil.disk_usage(settings.DATA).free
        if self.whole > LARGEST:
            self._refuse(
                f"The file has {in_words(self.whole)}, more than the {in_words(LARGEST)} that a browser may bring. "
                "Take it in on the server with `commonground import events`, or bring it in parts."
            )
        if self.whole * ROOM > free:
            self._refuse(
                f"The file has {in_words(self.whole)}, and there is room for {in_words(free // ROOM)} on the disk "
                "of this instance. Make room there, or bring it in parts."
            )

    def _refuse(self, words: str) -> None:
        self.request.refused_upload = words  # type: ignore[union-attr]  # an attribute of our own
        raise StopUpload(connection_reset=False)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        return None


def refused(request: HttpRequest) -> str:
    """Why the file of a request was not kept, in a sentence; empty when it was. Asked for after its fields were read."""
    return str(getattr(request, "refused_upload", ""))


def in_words(size: int) -> str:
    """Bytes as people say them: “1.4 GB”, “320 MB”, “12 kB”."""
    for unit, letters in ((1_000_000_000, "GB"), (1_000_000, "MB")):
        if size >= unit:
            return f"{size / unit:,.1f}".removesuffix(".0") + f" {letters}"
    return f"{max(1, round(size / 1000)):,} kB"
