"""A disk that fills up during an import: a clear word, nothing half in, the next try completes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture.test_killed import log_of, small_export

HERE = Path(__file__).parent

pytestmark = [
    pytest.mark.torture,
    pytest.mark.skipif(os.name != "posix", reason="sizes of files are limited on POSIX"),
]


def import_with(limit: int, home: Path, export: Path) -> subprocess.CompletedProcess[str]:
    """Import in a process whose files may not grow beyond ``limit`` bytes (0: no limit)."""
    command = [sys.executable, str(HERE / "faulty_import.py"), str(limit), str(home), str(export)]
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=3000, check=False
    )


def large_export(folder: Path) -> Path:
    """Write an export whose parts are larger than the database of an empty home."""
    small_export(folder)
    for day in range(1, 29):
        at = 1_600_000_000 + day * 86_400
        posts = [
            {"type": "message", "user": "U1", "ts": f"{at + n}.{n:06d}", "text": f"{n} " * 9}
            for n in range(400)
        ]
        (folder / "general" / f"2020-10-{day:02d}.json").write_text(json.dumps(posts))
    return folder


@pytest.mark.parametrize("kilobytes", [1, 4, 16, 64, 200, 300, 400, 600])
def test_a_full_disk_is_said_and_nothing_is_half_in(tmp_path: Path, kilobytes: int) -> None:
    home, export = tmp_path / "home", large_export(tmp_path / "export")
    begun = import_with(0, home, small_export(tmp_path / "first"))
    assert begun.returncode == 0, begun.stderr
    before = log_of(home)

    full = import_with(kilobytes * 1024, home, export)
    assert "Traceback" not in full.stderr
    if full.returncode == 0:  # the files were small enough after all
        assert kilobytes >= 200
    else:
        said = full.stderr + full.stdout
        assert full.returncode == 1 and "Check free space and permissions" in said
        assert log_of(home) == before

    again = import_with(0, home, export)
    assert again.returncode == 0, again.stderr
    whole = log_of(home)
    assert whole is not None and len(whole) == 5 + 28 * 400
    sound = [sys.executable, "-m", "jibungoto", "doctor", "--home", str(home)]
    assert subprocess.run(sound, capture_output=True, timeout=300, check=False).returncode == 0
