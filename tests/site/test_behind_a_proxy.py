"""Behind a proxy with a certificate: cookies, forms and headers know that it is there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

VISIT = """
import json, sys
from pathlib import Path
from jibungoto.desk.house.open import open_home
open_home(Path(sys.argv[1]))
from django.test import Client
from jibungoto.desk.house.begin import Beginning, admit, begin
admit(begin(Beginning("Yamabiko")), "hana", passphrase="a calm sea in november")
told = []
for name, value in json.loads(sys.argv[2]).items():
    headers = {"host": "community.example.com", **value["headers"]}
    client = Client(enforce_csrf_checks=True)
    seen = client.get("/sign-in/", headers=headers)
    token = seen.cookies["csrftoken"].value
    form = {"username": "hana", "password": "a calm sea in november", "csrfmiddlewaretoken": token}
    done = client.post("/sign-in/", form, headers={**headers, "origin": value["origin"]})
    told.append({
        "name": name,
        "stays": seen.headers.get("Strict-Transport-Security", ""),
        "signed_in": done.status_code,
        "secure": sorted(one.key for one in (*seen.cookies.values(), *done.cookies.values())
                         if one["secure"]),
        "http_only": all(one["httponly"] for one in done.cookies.values()),
    })
print(json.dumps(told))
"""
ORIGIN = "https://community.example.com"
PROXIED = {"x-forwarded-proto": "https"}


def visited(home: Path, address: str, ways: dict[str, Any]) -> list[dict[str, Any]]:
    """Visit a home of this public address in a process of its own, in each of these ways."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", VISIT, str(home), json.dumps(ways)],
        env=os.environ | {"JIBUNGOTO_ADDRESS": address},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


def test_behind_a_proxy_cookies_are_secure_and_browsers_stay_with_https(tmp_path: Path) -> None:
    by_proxy, past_it, from_elsewhere = visited(
        tmp_path / "home",
        ORIGIN,
        {
            "by the proxy": {"headers": PROXIED, "origin": ORIGIN},
            "past the proxy": {"headers": {}, "origin": ORIGIN},
            "a form of another site": {"headers": PROXIED, "origin": "https://evil.example.com"},
        },
    )
    assert by_proxy["stays"] == "max-age=31536000"
    assert by_proxy["signed_in"] == 302
    assert {"csrftoken", "sessionid"} <= set(by_proxy["secure"]) and by_proxy["http_only"]
    assert past_it["stays"] == "" and {"csrftoken"} <= set(past_it["secure"])
    assert from_elsewhere["signed_in"] == 403


@pytest.mark.parametrize("address", ["http://community.example.com"])
def test_without_encryption_signing_in_works_and_no_cookie_claims_to_be_secure(
    tmp_path: Path, address: str
) -> None:
    [plain] = visited(
        tmp_path / "home", address, {"plain": {"headers": PROXIED, "origin": address}}
    )
    assert (plain["signed_in"], plain["secure"], plain["stays"]) == (302, [], "")
