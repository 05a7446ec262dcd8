"""Where an upload lies while it comes in: on disk, and never more of it than a disk can bear."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.files.uploadhandler import SkipFile, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from jibungoto.desk.gather.queue import Room
from jibungoto.engine.disk import disk_problem
from jibungoto.gather.shelves.entry import Limits
from jibungoto.ledger.problems import Problem
from jibungoto.records.home import upload_folder

Done = TypeVar("Done")

_PROBLEMS = "jibungoto.upload_problems"


class Spool(TemporaryFileUploadHandler):
    """Counts what really arrives, whatever the request says of its length.

    Django asks it before any view runs, so it keeps strangers out too. A file that grows too large
    or would fill the disk is let go at once; the page says so with ``problems_of``.
    """

    limits = Limits()

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._room: Room | None = None

    def new_file(self, *told: Any, **more: Any) -> None:
        """Begin a file; raises ``StopUpload`` for whoever is not signed in."""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            raise StopUpload(connection_reset=True)
        if self._room is None:
            self._room = Room(upload_folder(), self.limits)
        try:
            super().new_file(*told, **more)
        except OSError as error:
            self._let_go(disk_problem(error, str(self.file_name or "")))

    def receive_data_chunk(self, piece: bytes, start: int) -> None:
        """Keep a piece; raises ``SkipFile`` where there is no room for it."""
        name = str(self.file_name or "")
        try:
            if self._room is not None:
                self._room.take(len(piece), name)
            super().receive_data_chunk(piece, start)
        except Problem as problem:
            self._let_go(problem)
        except OSError as error:
            self._let_go(disk_problem(error, name))

    def _let_go(self, problem: Problem) -> None:
        """Drop what came of this file, remember why, and go on with the rest of the form."""
        if self.request is not None:
            self.request.META.setdefault(_PROBLEMS, []).append(problem)
        raise SkipFile


def problems_of(request: HttpRequest) -> list[Problem]:
    """Return why files of this request were let go while they came in."""
    found: list[Problem] = request.META.get(_PROBLEMS, [])
    return found


def taken_in(request: HttpRequest, verb: Callable[[], Done], *, name: str) -> Done:
    """Do something with a file that came along; raises why it did not, or could not be written."""
    for let_go in problems_of(request)[:1]:
        raise let_go
    try:
        return verb()
    except OSError as error:
        raise disk_problem(error, name) from error
