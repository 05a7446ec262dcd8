"""A plan as tests write it: what stands in the form, and the steps that lead into force."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

from django.test import Client

from jibungoto.desk.acting import Acting
from jibungoto.desk.plan.look import version_of
from jibungoto.plan.owwh import Plan

PLANS = "/yamabiko/plans/"
TODAY = datetime.now(ZoneInfo("Asia/Tokyo")).date()
"""The day in the community when the tests begin; past midnight it is yesterday, which does too."""
V0, W0, G0, H0 = "objective.victory[0]", "who[0]", "what[0]", "how[0]"
WHOLE = {
    "title": "More who start",
    "period.from": TODAY.isoformat(),
    "period.to": (TODAY + timedelta(days=180)).isoformat(),
    "objective.company": "Fewer questions reach the desk",
    "objective.member": "They can solve it at home",
    f"{V0}.measure": "starters",
    f"{V0}.operator": "at_least",
    f"{V0}.target": "3",
    f"{V0}.due": (TODAY + timedelta(days=120)).isoformat(),
    f"{V0}.baseline.value": "1",
    f"{V0}.baseline.from": "2026-01-01",
    f"{V0}.baseline.to": "2026-06-30",
    f"{W0}.interest_axis": "Maps of their own town",
    f"{W0}.first_pins": "Aki\nBen",
    f"{G0}.who": "who-1",
    f"{G0}.gain": "can draw a map and explain it",
    "how.keys": "how-1",
    f"{H0}.title": "An evening of maps",
    f"{H0}.victories": "victory-1",
    f"{H0}.serves": "what-1",
    f"{H0}.owner": "Aki",
}


def texts(page: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", page))


def fields(page: str) -> dict[str, str]:
    """Return what a browser would send of the page untouched, without lists and ticks."""
    held = re.findall(r'<input class="input" id="\S+" name="([^"]+)" value="([^"]*)"', page)
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    keys = re.findall(r'name="(\S+\.keys)" value="([^"]+)"', page)
    stamp = re.findall(r'name="(stamp)" value="(\d+)"', page)
    return {name: unescape(value) for name, value in (*held, *areas, *keys, *stamp)}


def get(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def write(
    client: Client, address: str, more: Mapping[str, object] | None = None, *, step: str = "save"
) -> str:
    """Write the whole plan into the form, and return the page that follows."""
    sent = {**fields(get(client, address)), **WHOLE, **(more or {}), "step": step}
    return client.post(address, sent, follow=True).content.decode()


def held(acting: Acting, key: str = "starts", number: int = 1) -> Plan:
    return version_of(acting, key, number=number).plan


def in_force(manager: Client, draft: str) -> None:
    write(manager, draft)
    answer = manager.post(f"{PLANS}starts/decide/", {"step": "force", "version": "1"}, follow=True)
    assert "The plan is in force." in answer.content.decode(), texts(answer.content.decode())


def begun(client: Client) -> str:
    """Begin a plan, and return the address at which it is written."""
    answer = client.post(PLANS, {"step": "new", "title": "Starts"})
    return str(answer.headers["Location"])
