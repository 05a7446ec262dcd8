"""A link that names speak against does not join; where they cannot be compared, nothing does."""

from __future__ import annotations

import pytest

from jibungoto.gather.people.contradictions import contradict, spellings_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Aki Mori",), ("Bo Kato",)),
        (("森 亜希",), ("加藤 望",)),
        (("森本亜希",), ("加藤望美",)),
        (("もり あき",), ("Bo Kato",)),
        (("森 亜希", "Aki Mori"), ("Bo Kato",)),
    ],
)
def test_two_full_names_with_nothing_in_common_contradict(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    assert contradict(one, other) and contradict(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Aki Mori",), ("Mori Aki",)),
        (("Aki Mori",), ("Aki M.",)),
        (("Aki Mori",), ("Mori Akihiko (山びこ)",)),
        (("Aki Mori",), ("あき もり",)),
        (("Shinbashi Aki",), ("Aki Shimbasi",)),
        (("森 亜希",), ("森亜希",)),
        (("髙橋 花子",), ("高橋 華",)),
        (("森 亜希", "もり あき"), ("Aki Mori",)),
        (("森 亜希",), ("Bo Kato",)),
        (("Aki Mori",), ("kuma",)),
        (("aki",), ("bo",)),
        ((), ("Bo Kato",)),
    ],
)
def test_what_is_alike_or_cannot_be_compared_contradicts_nothing(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    assert not contradict(one, other) and not contradict(other, one)


def test_an_account_is_spelled_as_its_owner_may_be_called() -> None:
    assert spellings_of("github.com/akimori") == {"akimori"}
    assert {"bo-kato", "bo kato", "kato bo", "katobo", "bo.kato"} < spellings_of(
        "github.com/Bo-Kato"
    )
    assert "aki" in spellings_of("aki.hatenablog.com")
    assert len(spellings_of("github.com/a-b-c-d-e-f-g-h")) == 1
