"""What the lists of an export call its channels, and how a place is written down."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jibungoto.gather.readers.slack_layout import composed, is_direct
from jibungoto.gather.readers.slack_shapes import Channel, SummaryChannel
from jibungoto.gather.readers.slack_sorting import Known
from jibungoto.gather.shelves.complaints import spelled

_LONGEST_ID = 40
_PEOPLE = re.compile(r"mpdm-[^/]*")


@dataclass(slots=True)
class Names:
    """The channels of one root, by id and by name; those of ``direct`` are never opened."""

    open: dict[str, Channel] = field(default_factory=dict)
    private: dict[str, Channel] = field(default_factory=dict)
    direct: dict[str, Channel] = field(default_factory=dict)
    is_unsure: bool = False

    def known(self, chosen: frozenset[str]) -> Known:
        """Return every name there is, and those of which no file may be looked into."""
        kept_shut = {
            name
            for name, channel in self.private.items()
            if name not in self.open and not is_chosen(channel, name, chosen=chosen)
        }
        return Known(
            names=frozenset((*self.open, *self.private, *self.direct)),
            shut=frozenset((*self.direct, *kept_shut)),
        )


def is_chosen(channel: Channel, name: str, *, chosen: frozenset[str]) -> bool:
    """Tell whether a private channel is among those that may be read."""
    return not chosen.isdisjoint((channel.id, composed(channel.name), name))


def kept_among(names: Names, channel: Channel | SummaryChannel) -> dict[str, Channel]:
    """Return where a channel belongs that a list of open ones names: some of them are not."""
    is_named_so = channel.id.startswith("D") or is_direct(composed(channel.name))
    if channel.is_im or channel.is_mpim or is_named_so:
        return names.direct
    is_private = channel.is_private or channel.is_group or channel.id.startswith("G")
    return names.private if is_private else names.open


def shown(path: str) -> str:
    """Return a path as it can be written down, whatever bytes its name is made of."""
    return path.encode("utf-8", "replace").decode()


def hidden(path: str) -> str:
    """Return a path without the people whom the name of a group's direct messages lists."""
    return _PEOPLE.sub("mpdm", spelled(path))


def is_id(text: str) -> bool:
    """Tell whether a text can be an id of Slack's."""
    return 0 < len(text) <= _LONGEST_ID and text.isascii() and text.isalnum()
