"""Imports in a process whose files may not grow beyond a size: what a full disk looks like.

Called as ``python faulty_import.py LIMIT HOME EXPORT``; LIMIT 0 sets no limit.
"""

from __future__ import annotations

import resource
import sys

from jibungoto.cli.main import main

if __name__ == "__main__":
    limit, home, export = int(sys.argv[1]), *sys.argv[2:4]
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    main(["import", "--json", "--home", home, export])
