"""Plain messages are taken in together, and come out as if each had been looked at alone."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from jibungoto.ledger.activity import Activity
from tests.gather.made import Gathered, folder_of, gather
from tests.gather.slack_made import AN, BO, CY, export, said, ts

PEOPLE = st.sampled_from([AN, BO, CY])
SAYINGS = st.sampled_from(
    ["", "hello", f"<@{BO}> ですか？", f"<@{CY}> <@{AN}> see <https://a.example/x>", "長" * 60]
)
REACTIONS = st.lists(
    st.builds(
        lambda name, users, more: {"name": name, "users": users, "count": len(users) + more},
        st.sampled_from(["+1", "tada", "wave::skin-tone-3"]),
        st.lists(PEOPLE | st.sampled_from(["U0STRANGER", "nobody"]), min_size=1, max_size=3),
        st.sampled_from([0, 0, 2]),
    ),
    max_size=2,
)
MORE = st.fixed_dictionaries(
    {},
    optional={
        "thread_ts": st.integers(0, 60).map(ts),
        "reactions": REACTIONS,
        "reply_count": st.integers(0, 3),
        "reply_users": st.lists(PEOPLE, max_size=2),
        "latest_reply": st.integers(60, 90).map(ts),
        "edited": st.builds(lambda second: {"user": AN, "ts": ts(second)}, st.integers(70, 80)),
    },
)
MESSAGES = st.lists(
    st.builds(
        lambda *told, more: said(*told, **more), PEOPLE, st.integers(0, 50), SAYINGS, more=MORE
    ),
    unique_by=lambda message: str(message["ts"]),
    max_size=12,
)


def read(messages: list[dict[str, Any]]) -> Gathered:
    with tempfile.TemporaryDirectory() as folder:
        return gather(folder_of(export(messages), Path(folder) / "export"))


def activities_of(gathered: Gathered) -> list[Activity]:
    """Return the activities; whom one turns to is told by it, or by a tie if the root came late."""
    told = [msgspec.structs.replace(one, towards=None) for one in gathered.activities]
    return sorted(told, key=repr)


def ties_of(gathered: Gathered) -> list[tuple[str | None, ...]]:
    told = ((tie.key, tie.from_actor, tie.to_actor, tie.kind) for tie in gathered.ties)
    return sorted(told, key=repr)


def looked_at_alone(message: dict[str, Any]) -> dict[str, Any]:
    """Return a message that says more of itself than plain ones do, and nothing else."""
    return {**message, "is_hidden_by_limit": False}


@settings(deadline=None, max_examples=20)
@given(MESSAGES)
def test_together_or_alone_messages_give_the_same_rows(messages: list[dict[str, Any]]) -> None:
    together, alone = read(messages), read([looked_at_alone(one) for one in messages])
    assert activities_of(together) == activities_of(alone)
    assert ties_of(together) == ties_of(alone)
    assert sorted(together.counted, key=repr) == sorted(alone.counted, key=repr)
    assert together.reading == alone.reading
    assert together.accounted == together.read == alone.read
