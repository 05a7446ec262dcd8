"""Imports and says how much memory that took: ``python measured_import.py HOME EXPORT``.

Prints what the import prints, then the most memory it ever held in megabytes.
"""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path

from jibungoto.cli.main import main

STATUS = Path("/proc/self/status")


def most_held() -> int:
    """Return the most memory this process ever held, in kilobytes.

    On Linux ``ru_maxrss`` also counts what the process held before it became this program: as
    much as the tests that started it.
    """
    if STATUS.exists() and (told := re.search(r"^VmHWM:\s+(\d+) kB$", STATUS.read_text(), re.M)):
        return int(told[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    home, export = sys.argv[1:3]
    try:
        main(["import", "--json", "--home", home, "--zone", "Asia/Tokyo", export])
    finally:
        print(most_held() // 1024, flush=True)
