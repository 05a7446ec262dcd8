"""The command line: one command a verb, all on one home."""

from __future__ import annotations

import sys
from typing import Any

import click

from jibungoto.cli import demo, exports, house, questions
from jibungoto.cli.options import language_of_machine
from jibungoto.ledger.problems import Problem

EXAMPLES = """
Examples:

\b
  jibungoto demo                      a whole community to look at
  jibungoto import slack-export.zip   bring an export in
  jibungoto people                    who makes it their own
  jibungoto serve                     the pages, on this machine
"""


class _Commands(click.Group):
    """The group of commands; problems end in one clear line and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; say a problem in the machine's language instead of a traceback."""
        try:
            return super().invoke(ctx)
        except Problem as problem:
            click.echo(problem.said_in(language_of_machine()), err=True)
            sys.exit(1)


@click.group(
    cls=_Commands,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="jibungoto")
def main() -> None:
    """jibungoto: the back office for community managers."""


for command in (
    demo.demo,
    exports.import_,
    exports.intakes,
    exports.undo,
    questions.people,
    questions.measures,
    questions.measure,
    questions.activities,
    questions.report,
    house.serve,
    house.doctor,
):
    main.add_command(command)
