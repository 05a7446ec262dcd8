"""Opening a home: Django set up for its folder, its tables up to date, its communities found."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from jibungoto.engine.disk import keep_to_owner
from jibungoto.ledger.problems import DiskProblem, HomeMissing, InvalidChoice, UnknownName
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from django.db.migrations.executor import MigrationExecutor
    from django.db.models import Model

    from jibungoto.records.models import CommunityRow

_SETTINGS = "jibungoto.site.settings"

IS_A_FILE = Words("これはフォルダーではなくファイルです。", "This is a file, not a folder.")
CANNOT_KEEP = Words(
    "ホームのフォルダーに書き込めません({said})。", "The home folder cannot be written to ({said})."
)
CHOOSE_ANOTHER = Words(
    "--home(または JIBUNGOTO_HOME)で、書き込めるフォルダーを指定してください。",
    "Name a folder you may write to with --home (or JIBUNGOTO_HOME).",
)


NOTHING_THERE = Words("ここにはまだ何もありません。", "There is nothing here yet.")
CHECK_HOME = Words(
    "--home(または JIBUNGOTO_HOME)を確かめるか、jibungoto import でファイルを取り込んでください。",
    "Check --home (or JIBUNGOTO_HOME), or bring a file in with jibungoto import.",
)


def open_home_there(folder: Path) -> None:
    """Open a home to read it: a mistyped folder is told instead of made.

    Raises ``HomeMissing`` where nothing was kept yet, and what ``open_home`` raises.
    """
    place = folder.expanduser()
    if not place.exists() or (place.is_dir() and not any(place.iterdir())):
        raise HomeMissing(NOTHING_THERE, CHECK_HOME, place=str(folder))
    open_home(folder)


def open_home(folder: Path) -> None:
    """Set this process up for one home and bring its tables up to date; make it if it is new.

    Raises ``InvalidChoice`` where a file stands in its place, and ``DiskProblem`` where the
    folder cannot be made or written to.
    """
    try:
        _set_up(folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise DiskProblem(
            CANNOT_KEEP.filled(said=reason), CHOOSE_ANOTHER, place=str(folder)
        ) from error
    _bring_tables_up_to_date()


def _set_up(folder: Path) -> None:
    folder = folder.expanduser().resolve()
    if folder.is_file():
        raise InvalidChoice(IS_A_FILE, CHOOSE_ANOTHER, place=str(folder))
    keep_to_owner(folder)
    os.environ["JIBUNGOTO_HOME"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = _SETTINGS
    import django
    from django.apps import apps

    if not apps.ready:
        with _collecting_nothing():
            django.setup()


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """Let Python look for no garbage while it loads code, and later not at the code again."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _bring_tables_up_to_date() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if not _made_all_tables(executor):
        call_command("migrate", verbosity=0, interactive=False)


def _made_all_tables(executor: MigrationExecutor) -> bool:
    """Make the tables of an empty database as the models say, in one transaction.

    Going through all migrations gives the same tables and takes ten times as long; a test holds
    both alike. In a database with tables nothing is made.
    """
    from django.apps import apps
    from django.core.management.sql import emit_post_migrate_signal
    from django.db import DEFAULT_DB_ALIAS, connection

    with connection.schema_editor() as editor:
        if connection.introspection.table_names():
            return False
        rows: type[Model] = executor.recorder.Migration
        for model in (rows, *(one for one in apps.get_models() if not one._meta.proxy)):
            editor.create_model(model)
        names = sorted(executor.loader.graph.nodes)
        rows._default_manager.using(connection.alias).bulk_create(
            rows(app=app, name=name) for app, name in names
        )
    emit_post_migrate_signal(0, False, DEFAULT_DB_ALIAS)
    return True


def communities_of() -> list[CommunityRow]:
    """Return every community of the open home; raises ``HomeMissing`` where there is none."""
    from jibungoto.records.models import CommunityRow

    communities = list(CommunityRow.objects.order_by("pk"))
    if not communities:
        raise HomeMissing(
            Words("まだコミュニティがありません。", "There is no community here yet."),
            Words(
                "jibungoto import でファイルを取り込むか、jibungoto serve を開いてください。",
                "Bring a file in with jibungoto import, or open jibungoto serve.",
            ),
        )
    return communities


def community_named(slug: str | None) -> CommunityRow:
    """Return the community of this slug, or the only one there is.

    Raises ``HomeMissing`` in an empty home and ``UnknownName`` where a name is needed or wrong.
    """
    communities = communities_of()
    chosen = [c for c in communities if slug in (None, c.slug)]
    if len(chosen) == 1:
        return chosen[0]
    listed = ", ".join(c.slug for c in communities)
    if slug is not None:
        what = Words(
            f"「{slug}」というコミュニティはありません。", f"There is no community “{slug}”."
        )
    else:
        what = Words(
            "どのコミュニティか決まりません。", "It is not clear which community is meant."
        )
    raise UnknownName(
        what,
        Words(
            f"--community に次のどれかを指定してください: {listed}",
            f"Say --community with one of: {listed}",
        ),
    )
