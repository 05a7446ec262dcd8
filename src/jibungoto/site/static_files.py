"""An address for static files that changes whenever one of them does."""

from __future__ import annotations

import hashlib
from pathlib import Path


def fingerprint(static: Path) -> str:
    """Return twelve hexadecimal digits that stand for the vendored and our own static files.

    The vendored files are summed in their manifest; only our own few are read here. Every
    address of a static file carries the fingerprint, so that browsers may keep it for ever
    without a ``collectstatic`` step.
    """
    digest = hashlib.sha256((static / "vendor" / "MANIFEST.sha256").read_bytes())
    own = static / "jibungoto"
    for file in sorted(path for path in own.rglob("*") if path.is_file()):
        digest.update(file.relative_to(own).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def kept_for_ever(_path: str, _url: str) -> bool:
    """Say that a browser may keep the file: its address carries the fingerprint."""
    return True
