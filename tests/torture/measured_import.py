"""Imports and says how much memory that took: ``python measured_import.py HOME EXPORT``.

Prints what the import prints, then the most memory it ever held in megabytes.
"""

from __future__ import annotations

import resource
import sys

from jibungoto.cli.main import main

if __name__ == "__main__":
    home, export = sys.argv[1:3]
    try:
        main(["import", "--json", "--home", home, "--zone", "Asia/Tokyo", export])
    finally:
        kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(kilobytes // 1024, flush=True)
