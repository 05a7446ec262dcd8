"""The demo: a whole community on this machine, to look at and to try things on."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from jibungoto.cli.serving import address_of, must_be_free, port_option
from jibungoto.cli.speech import remark, say, wrong_call
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from jibungoto.desk.acting import Acting
    from jibungoto.records.models import CommunityRow

LOOPBACK_ONLY = Words(
    "デモは開いた人を自動でサインインさせるため、127.0.0.1 だけで待ち受けます。",
    "The demo signs everybody in, so it only listens on 127.0.0.1.",
)
MAKING = Words("デモのコミュニティをつくっています…", "Making the demo community ...")
READY = Words("jibungoto のデモ: {address}", "jibungoto demo: {address}")
HOLDS_A_REAL_ONE = Words(
    "このホームには、デモではないコミュニティがあります。",
    "This home holds a community that is no demo.",
)
OF_ITS_OWN = Words(
    "--home でデモだけのフォルダーを指定してください。",
    "Give the demo a folder of its own with --home.",
)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_SLUG = "yamabiko"
_USER = "demo"
_CLEAR = 0.9


@click.command()
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    default=Path("jibungoto-demo"),
    show_default=True,
    help="The folder the demo lives in.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Loopback only.")
@port_option
@click.option("--prepare-only", is_flag=True, help="Make the community, serve nothing.")
def demo(home: Path, host: str, port: int, prepare_only: bool) -> None:
    """Make a community of some 400 invented people and show it, signed in as its manager."""
    if host not in _LOOPBACK:
        raise wrong_call(LOOPBACK_ONLY)
    if not prepare_only:
        must_be_free(host, port)
    from jibungoto.desk.house.open import open_home

    open_home(home)
    _prepare(home)
    if prepare_only:
        return
    from jibungoto.cli.serving import run

    must_be_free(host, port)  # making it took a while
    say(READY.filled(address=address_of(host, port)))
    run(home, host=host, port=port, demo=True)


def _prepare(home: Path) -> None:
    """Make what is not there yet: a demo that was stopped half-way is completed."""
    from jibungoto.records.models import CommunityRow

    if CommunityRow.objects.filter(is_demo=False).exists():
        raise InvalidChoice(HOLDS_A_REAL_ONE, OF_ITS_OWN, place=str(home))
    community = CommunityRow.objects.filter(is_demo=True).first()
    if community is None or community.staff_answered_at is None:
        remark(MAKING)
        _make(home, community)


def _make(home: Path, community: CommunityRow | None) -> None:
    from jibungoto.cli.demo_brief import write_brief
    from jibungoto.cli.demo_plan import write_plan
    from jibungoto.cli.demo_team import write_team
    from jibungoto.cli.importing import brought_in
    from jibungoto.demo.community import NAME, write_everything
    from jibungoto.desk.acting import administrator
    from jibungoto.desk.gather.alike import find
    from jibungoto.desk.house.begin import Beginning, admit, begin
    from jibungoto.desk.people.staff import answer_as_proposed
    from jibungoto.desk.understand.refresh import refresh

    yesterday = datetime.now(ZoneInfo("Asia/Tokyo")).date() - timedelta(days=1)
    files = write_everything(home / "exports", last_day=yesterday)
    community = community or begin(Beginning(name=NAME, slug=_SLUG, is_demo=True))
    if not community.memberships.exists():
        admit(community, _USER, passphrase=None)
    acting = administrator(community)
    for file in files:
        brought_in(acting, file)
    answer_as_proposed(acting)
    find(acting)
    _answer_the_clearest(acting)
    write_team(acting)
    refresh(community)
    _put_series_together(acting)
    write_plan(acting)
    write_brief(acting)


def _put_series_together(acting: Acting) -> None:
    """Make the series that the events' names suggest, and count them, unless there are some."""
    from jibungoto.desk.plan.scopes import count_asked
    from jibungoto.desk.understand.scopes import proposed, save_scope
    from jibungoto.understand.scope_kind import ScopeKind

    for one in proposed(acting):
        save_scope(acting, ScopeKind.SERIES, name=one.name, parts=one.events)
    count_asked(acting.community)


def _answer_the_clearest(acting: Acting) -> None:
    """Say of the clearest look-alikes that they are one person, as the demo's manager would have.

    Nothing outside of the demo joins people on a likeness; the others wait to be tried out.
    """
    from jibungoto.desk.gather.decide import decide
    from jibungoto.records.models import LookAlikeRow, LookAlikeState

    clear = LookAlikeRow.objects.filter(
        community=acting.community, state=LookAlikeState.OPEN, is_answered=False, score__gte=_CLEAR
    )
    while (pair := clear.order_by("-score", "pk").first()) is not None:
        decide(acting, pair.pk, state=LookAlikeState.ACCEPTED)
