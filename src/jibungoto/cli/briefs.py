"""The command that writes a brief: report."""

from __future__ import annotations

from pathlib import Path

import click

from jibungoto.cli.options import Asked, asking
from jibungoto.cli.questions import answer_of
from jibungoto.cli.speech import as_wrong_call, line

KINDS = ("weekly", "monthly", "quarterly", "yearly")
READERS = ("ceo", "cfo", "cmo", "support", "product", "sales", "boss", "legal")


@click.command()
@click.option("--kind", type=click.Choice(KINDS), default="monthly", show_default=True)
@click.option(
    "--for",
    "reader",
    type=click.Choice(READERS),
    default="ceo",
    show_default=True,
    help="Who reads it.",
)
@click.option("--lang", type=click.Choice(["ja", "en"]), default="ja", show_default=True)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Where to write; the ending names the format.",
)
@asking(as_json=False, as_of=True)
def report(asked: Asked, *, kind: str, reader: str, lang: str, out: Path) -> None:
    """Write the draft of a brief for the people who pay for the community."""
    from jibungoto.explain.formats.endings import renderer_for

    with as_wrong_call():  # an ending nobody writes is said before any work
        renderer_for(out.name)
    acting = asked.acting()
    from jibungoto.desk.explain.draft import draft_of
    from jibungoto.desk.explain.report import write_document
    from jibungoto.explain.briefs.as_document import document_of
    from jibungoto.explain.briefs.audiences import AudienceKey
    from jibungoto.explain.briefs.brief import BriefKind

    answer = answer_of(asked, acting)
    brief = draft_of(acting, BriefKind(kind), audience=AudienceKey(reader), answer=answer)
    write_document(out, document_of(brief), language=lang)
    line(str(out))
