"""Every place where the house breaks its own rule, in one list, each with its reason.

A key is ``file`` or ``file::function``; an entry that is no longer needed fails a test too.
"""

from __future__ import annotations

LONG_FILES: dict[str, str] = {}

LONG_FUNCTIONS: dict[str, str] = {}

MANY_ARGUMENTS: dict[str, str] = {}

LONG_TEMPLATES: dict[str, str] = {}

NAMES: dict[str, str] = {
    "src/jibungoto/desk/explain/mailing.py::data": "a method of smtplib that is added to",
    "src/jibungoto/site/settings.py::FILE_UPLOAD_HANDLERS": "Django's name",
    "src/jibungoto/web/spool.py::receive_data_chunk": "Django's name",
}
"""``file::name`` of a word that a framework chose for us."""

WRITES: dict[str, str] = {}
"""``file::function`` outside desk whose call only looks like a write to the database."""

CLOCKS: dict[str, str] = {}

DESKS: dict[str, str] = {
    "erasing": "what names somebody stands in briefs too, and a name is known as gather knows it",
    "explain": "a report is made of findings, and their words are understand's",
    "plan": "what a measure of a series or a chapter means is understand's",
}
"""Rooms of the desk that ask more than one room of the practice."""

MIXED_WORDS: dict[str, str] = {}
"""Files whose English words quote a Japanese one."""

UNIMPORTED: dict[str, str] = {
    "tzdata": "zoneinfo reads it where the system brings no time zones",
}
"""Dependencies that no module imports by name."""

HOSTS: dict[str, str] = {
    "127.0.0.1": "this machine",
    "127.0.0.1.": "this machine, written with the dot of the root",
    "127.1": "this machine, written short",
    "0x7f000001": "this machine, written as one number",
    "2130706433": "this machine, written as one number",
    "localhost": "this machine",
    "localhost.": "this machine, written with the dot of the root",
    "printer.local": "a machine inside, to which nothing is sent",
    "testserver": "what Django's test client calls itself",
    "connpass.com": "where a member says who they are",
    "github.com": "where a member says who they are",
    "nobody-at-all.hatenablog.com": "where nobody writes: an address of the right shape",
    "qiita.com": "where a member says who they are",
    "www.github.com": "where a member says who they are",
    "www.meetup.com": "where an event of the archive stood",
    "www.w3.org": "the name of an XML namespace, never fetched",
    "www.apache.org": "the licence's own text",
}
"""Hosts that may be named with a scheme; example.com and its like always may."""

UNASKED: dict[str, str] = {
    "src/jibungoto/desk/erasing/again.py::clean_all": "the sweep of all communities of a home",
    "src/jibungoto/desk/explain/asked.py::do_next": "the worker takes up what was asked for",
    "src/jibungoto/desk/explain/business.py::read_next": "the worker takes up what was asked for",
    "src/jibungoto/desk/explain/carry.py::carry_next": "the worker takes up what was asked for",
    "src/jibungoto/desk/explain/closed_links.py::is_one_too_many": "a stranger, without an account",
    "src/jibungoto/desk/explain/draft.py::change_draft": "inside the transaction of its caller",
    "src/jibungoto/desk/explain/drawn.py::draw_next": "the worker takes up what was asked for",
    "src/jibungoto/desk/explain/drawn.py::forget_old_drawn": "the sweep of drawn files of a home",
    "src/jibungoto/desk/explain/link.py::open_link": "whoever holds the link, without an account",
    "src/jibungoto/desk/explain/worked_out.py::forget": "the worker ends what a page asked for",
    "src/jibungoto/desk/explain/worked_out.py::taken": "the worker takes up what a page asked for",
    "src/jibungoto/desk/gather/change.py::delete": "rows that nobody sees, or its caller's",
    "src/jibungoto/desk/gather/change.py::write_names": "inside the transaction of its caller",
    "src/jibungoto/desk/gather/claim.py::claimed": "the worker takes up what somebody asked for",
    "src/jibungoto/desk/gather/commit.py::keep_version": "inside the transaction of its caller",
    "src/jibungoto/desk/gather/joining.py::join_again": "inside the transaction of its caller",
    "src/jibungoto/desk/gather/joining.py::settle": "inside the transaction of its caller",
    "src/jibungoto/desk/gather/naming.py::name_people": "inside the transaction of its caller",
    "src/jibungoto/desk/gather/outlook.py::raise_stamp": "inside the transaction of its caller",
    "src/jibungoto/desk/house/begin.py::accept": "nobody belongs to an empty home yet",
    "src/jibungoto/desk/house/begin.py::admit": "nobody belongs to an empty home yet",
    "src/jibungoto/desk/house/begin.py::begin": "nobody belongs to an empty home yet",
    "src/jibungoto/desk/house/begin.py::invitation": "nobody belongs to an empty home yet",
    "src/jibungoto/desk/house/give_up.py::give_up": "the worker ends what somebody asked for",
}
"""Writing functions of the desk that do not take ``acting`` first."""
