"""The command line: one command a verb, all on one home."""

from __future__ import annotations

import sys
from typing import Any

import click

from jibungoto.cli import (
    alike,
    briefs,
    demo,
    erasing,
    exports,
    house,
    importing,
    plan,
    questions,
    verify,
)
from jibungoto.cli.speech import language_of_machine, line, never_stumble, remark
from jibungoto.ledger.problems import Problem, UnknownName
from jibungoto.ledger.words import Words

EXAMPLES = """
Examples:

\b
  jibungoto demo                      a whole community to look at
  jibungoto import slack-export.zip   bring an export in
  jibungoto people                    who makes it their own
  jibungoto serve                     the pages, on this machine
"""
STOPPED = Words(
    "止めました。途中までの内容は残っていません。",
    "Stopped. Nothing is half in.",
)
_BY_CTRL_C = 130


class _Commands(click.Group):
    """The group of commands; problems end in one clear line and exit code 1, a wrong name in 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; say a problem in the machine's language instead of a traceback."""
        never_stumble()
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            remark(STOPPED)
            sys.exit(_BY_CTRL_C)
        except BrokenPipeError:  # whoever read has heard enough; click ends without a word
            raise
        except Exception as error:
            problem = _problem_behind(error)
            if problem is None:  # a bug: its traceback is what to report
                raise
            line(problem.said_in(language_of_machine()), err=True)
            sys.exit(2 if isinstance(problem, UnknownName) else 1)


def _problem_behind(error: Exception) -> Problem | None:
    """Return what a person can do something about, without loading anything before it happens."""
    from jibungoto.desk.house.faults import problem_behind

    return problem_behind(error)


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
    importing.import_,
    exports.intakes,
    exports.undo,
    questions.people,
    alike.alike,
    alike.merge,
    alike.unmerge,
    erasing.export_person,
    erasing.erase,
    questions.measures,
    questions.measure,
    questions.activities,
    briefs.report,
    verify.verify,
    plan.plan,
    house.serve,
    house.doctor,
):
    main.add_command(command)
