"""Who may be one person: every reason, what is no reason, and common names that prove nothing."""

from __future__ import annotations

import random
import re
import time
from collections import Counter, defaultdict
from itertools import combinations, permutations
from pathlib import Path

import pytest

from jibungoto.gather.people.look_alikes import (
    CROWDED,
    NAMESAKES,
    Known,
    LookAlike,
    is_proof,
    look_alikes,
)
from jibungoto.gather.people.reasons import Reason

TEAM = "株式会社山びこ"


def on(source: str, *names: str, **more: object) -> Known:
    return Known(0, source, tuple(names), **more)  # type: ignore[arg-type]  # the fields of Known


def found(*handles: Known) -> list[LookAlike]:
    numbered = (
        Known(
            number, one.source, one.names, one.handle, one.address, one.reading, one.organisation,
            one.is_settled,
        )
        for number, one in enumerate(handles)
    )  # fmt: skip
    return look_alikes(numbered)


def reasons(*handles: Known) -> list[tuple[Reason, ...]]:
    return [one.reasons for one in found(*handles)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋 花子", "高橋花子"),
        ("齋藤 実", "斉藤 実"),
        ("山﨑　光", "山崎 光"),
        ("ﾀｶﾊｼ ﾊﾅｺ", "たかはし はなこ"),
        ("花子 高橋", "高橋花子"),
        ("Takahashi Hanako", "HANAKO TAKAHASHI"),
        ("高橋 花子 / 山びこ", "高橋花子(運営)"),
        ("Hanako Takahashi (高橋花子)", "高橋花子"),
        ("はな|高橋花子", "hana-t / 高橋花子"),
        ("石ヶ谷 翔", "石ケ谷 翔"),
        ("蓮見 凜", "蓮見 凛"),
    ],
)
def test_one_name_written_in_two_ways_is_proposed(one: str, other: str) -> None:
    assert reasons(on("slack", one), on("connpass", other)) == [(Reason.NAME,)]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (on("slack", "高橋花子", handle="hana-t"), on("github", handle="hana-t"), Reason.HANDLE),
        (on("slack", address="h.mori@a.jp"), on("git", address="H.Mori@a.jp"), Reason.ADDRESS),
        (on("slack", address="h.mori@a.jp"), on("git", address="h.mori@b.jp"), Reason.LOCAL_PART),
        (on("slack", "Hanako Mori"), on("github", handle="hanakomori"), Reason.NAME_AS_HANDLE),
        (on("slack", "Hanako Mori"), on("github", handle="morihanako"), Reason.NAME_AS_HANDLE),
        (on("slack", "Hanako Mori"), on("github", handle="hmori"), Reason.INITIAL),
        (on("slack", "Hanako Mori"), on("git", "Hanako Jane Mori"), Reason.PART_OF_NAME),
        (on("slack", "Hanako Mori"), on("zoom", "もり はなこ"), Reason.READING),
        (on("slack", "森花子", reading="モリ ハナコ"), on("zoom", "Hanako Mori"), Reason.READING),
    ],
)
def test_every_reason_alone_makes_a_proposal(one: Known, other: Known, why: Reason) -> None:
    assert reasons(one, other) == [(why,)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (on("slack", "花子"), on("connpass", "花子")),
        (on("slack", "高橋 花子"), on("connpass", "高橋 花江")),
        (on("slack", "森", organisation=TEAM), on("zoom", "林", organisation=TEAM)),
        (on("slack", address="info@a.jp"), on("git", address="info@a.jp")),
        (on("slack", address="h@localhost"), on("git", address="h@localhost")),
        (on("slack", "退会ユーザー"), on("connpass", "退会ユーザー")),
        (on("slack", "Hanako Mori"), on("github", handle="mori")),
        (on("slack", handle="admin"), on("github", handle="admin")),
        (on("slack"), on("github")),
        (on("zoom", "森 花子 / 山びこ社"), on("slack", "林 実 / 山びこ社")),
        (on("zoom", "森 花子 (Google)"), on("slack", "林 実 (Google)")),
        (
            on("zoom", "山びこ社 / 森 花子", organisation="山びこ社"),
            on("slack", "山びこ社 | 林 実"),
        ),
    ],
)
def test_what_says_too_little_makes_none(one: Known, other: Known) -> None:
    assert found(one, other) == []


def test_a_source_that_keeps_accounts_apart_never_proposes_two_of_its_own() -> None:
    twins = [on("slack", "高橋 花子"), on("slack", "高橋 花子")]
    assert found(*twins) == []
    loose = [on("zoom", "高橋 花子", is_settled=False) for _ in range(2)]
    assert reasons(*loose) == [(Reason.NAME,)]


def test_more_reasons_weigh_more_and_the_likeliest_stand_first() -> None:
    pairs = found(
        on("slack", "高橋 花子", organisation="㈱山びこ"),
        on("connpass", "高橋花子", organisation=TEAM),
        on("slack", "田中 実"),
        on("connpass", "田中実"),
    )
    assert [(one.one, one.other) for one in pairs] == [(0, 1), (2, 3)]
    assert pairs[0].reasons == (Reason.COMPANY, Reason.NAME)
    assert pairs[0].score > pairs[1].score


def test_a_common_name_alone_proposes_nobody_and_with_a_company_it_does() -> None:
    many = [on("slack", "佐藤 健") for _ in range(NAMESAKES + 1)]
    assert found(*many, on("connpass", "佐藤 健")) == []
    with_company = [*many, on("slack", "佐藤 健", organisation=TEAM)]
    assert len(found(*with_company, on("connpass", "佐藤 健", organisation=TEAM))) == 0
    assert len(found(*with_company, on("git", "佐藤 健", address="sato.ken@a.jp"))) == 0
    by_mail = [*many, on("slack", "佐藤 健", address="sato.ken@a.jp")]
    assert [
        one.other for one in found(*by_mail, on("git", "佐藤 健", address="sato.ken@a.jp"))
    ] == [NAMESAKES + 2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("やまだ たろう", "Yamada Taro"),
        ("やまだたろう", "Yamada Taro"),
        ("ヤマダタロウ", "Taro Yamada"),
        ("山田太郎(やまだたろう)", "Yamada Taro"),
    ],
)
def test_a_reading_is_a_reason_with_and_without_spaces(one: str, other: str) -> None:
    assert reasons(on("slack", one), on("connpass", other)) == [(Reason.READING,)]


@pytest.mark.parametrize(
    ("one", "namesake", "elsewhere"),
    [
        ("佐藤 健", "佐藤健", "佐藤 健"),
        ("斎藤 健", "齋藤健", "斎藤 健"),
        ("健 佐藤", "佐藤健", "佐藤 健"),
        ("やまだ たろう", "やまだたろう", "Taro Yamada"),
    ],
)
def test_a_common_name_stays_common_however_it_is_spaced(
    one: str, namesake: str, elsewhere: str
) -> None:
    assert len(found(on("slack", one), on("connpass", elsewhere))) == 1
    assert found(on("slack", one), on("slack", namesake), on("connpass", elsewhere)) == []


def test_twenty_thousand_handles_of_one_name_cost_no_more_than_their_number() -> None:
    def seconds(count: int) -> float:
        sources = ("slack", "connpass", "zoom", "git")
        teams = count // CROWDED
        many = [
            Known(
                n, sources[n % 4], ("佐藤 健",), organisation=f"会社{n % teams}", is_settled=False
            )
            for n in range(count)
        ]
        began = time.process_time()
        assert look_alikes(many) == []
        return time.process_time() - began

    small, large = seconds(4_000), seconds(20_000)
    assert large < 10
    assert large < 12 * max(small, 0.05), "five times the handles, far from 25 times the work"


def test_nobody_is_paired_in_a_crowd_without_more_than_the_name() -> None:
    crowd = [on("zoom", "佐藤 健", is_settled=False) for _ in range(CROWDED + 1)]
    assert found(*crowd) == []


def test_the_order_of_handles_does_not_matter() -> None:
    handles = [
        Known(1, "slack", ("高橋 花子",), handle="hana-t"),
        Known(2, "connpass", ("髙橋花子",), handle="hana-t"),
        Known(3, "git", ("Hanako Takahashi",), address="hana-t@a.jp"),
    ]
    expected = look_alikes(handles)
    assert all(look_alikes(turned) == expected for turned in permutations(handles))


@pytest.mark.parametrize(
    ("address", "proves"),
    [
        ("hana@mori.jp", True),
        ("hana+events@mori.jp", True),
        ("info@mori.jp", False),
        ("info+a@mori.jp", False),
        ("support@mori.jp", False),
        ("no-reply@mori.jp", False),
        ("1+hana@users.noreply.host.jp", False),
        ("hana@localhost", False),
        ("hana@mac.local", False),
        ("hana@mac.(none)", False),
        ("hana@example.com", False),
        ("@mori.jp", False),
        ("hana", False),
        ("", False),
    ],
)
def test_only_an_address_that_reaches_one_person_proves_anything(
    address: str, proves: bool
) -> None:
    assert is_proof(address) is proves


FAMILY = re.findall(
    r"\S+",
    "佐藤/satou 鈴木/suzuki 高橋/takahashi 髙橋/takahashi 田中/tanaka 渡邊/watanabe 渡辺/watanabe"
    " 齋藤/saitou 斎藤/saitou 山﨑/yamazaki 山崎/yamazaki 加藤/katou 濵田/hamada 森/mori 阿部/abe"
    " 池田/ikeda 橋本/hashimoto 清水/shimizu 西村/nishimura 前田/maeda",
)
FIRST = re.findall(
    r"\S+",
    "美/mi 優/yuu 陽/haru 千/chi 真/ma 直/nao 健/ken 大/dai 翔/shou 由/yu 和/kazu 明/aki 正/masa"
    " 智/tomo 隆/taka 久/hisa 恵/e 香/ka",
)
SECOND = re.findall(
    r"\S+",
    "子/ko 奈/na 太/ta 郎/rou 樹/ki 介/suke 也/ya 代/yo 美/mi 斗/to 人/to 恵/e 一/ichi 里/ri 実/mi",
)


def community(seed: int, people: int) -> tuple[list[Known], dict[int, int]]:
    """Return the handles of invented people over four sources, and who is behind each of them."""
    rnd = random.Random(seed)
    handles: list[Known] = []
    behind: dict[int, int] = {}
    for person in range(people):
        family, family_read = rnd.choice(FAMILY).split("/")
        parts = [rnd.choice(some).split("/") for some in (FIRST, SECOND)]
        given, given_read = ("".join(both) for both in zip(*parts, strict=True))
        nick = f"{given_read[:3]}{family_read[:4]}{person}"
        address = f"{nick}@{rnd.choice(['a', 'b', 'c'])}mail.jp"
        team = f"会社{rnd.randrange(people // 3)}"
        roman = f"{given_read} {family_read}".title()
        shapes = {
            "slack": Known(0, "slack", (f"{family} {given}",), handle=nick, organisation=team),
            "connpass": Known(0, "connpass", (f"{family}{given}",), handle=nick),
            "zoom": Known(
                0, "zoom", (f"{family}　{given} / {team}",), address=address, organisation=team,
                is_settled=False,
            ),
            "git": Known(0, "git", (roman, nick), address=address, is_settled=False),
        }  # fmt: skip
        for one in shapes.values():
            if rnd.random() < 0.85:
                number = len(handles)
                behind[number] = person
                handles.append(_numbered(one, number))
    return handles, behind


def _numbered(one: Known, number: int) -> Known:
    return Known(
        number, one.source, one.names, one.handle, one.address, one.reading, one.organisation,
        one.is_settled,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_proposals_are_right_and_almost_complete_where_the_truth_is_known(seed: int) -> None:
    handles, behind = community(seed, 400)
    proposed = {(one.one, one.other) for one in look_alikes(handles)}
    right = {pair for pair in proposed if behind[pair[0]] == behind[pair[1]]}
    groups: dict[int, list[int]] = defaultdict(list)
    for number, person in behind.items():
        groups[person].append(number)
    true = {pair for group in groups.values() for pair in combinations(sorted(group), 2)}
    assert len(right) / len(proposed) >= 0.95
    reached = _joined_by(right)
    assert sum(reached.get(a, a) == reached.get(b, b) for a, b in true) / len(true) >= 0.85


def _joined_by(pairs: set[tuple[int, int]]) -> dict[int, int]:
    """Return who answers to the same: accepting A = B and B = C answers A = C."""
    above: dict[int, int] = {}

    def top(one: int) -> int:
        while above.setdefault(one, one) != one:
            one = above[one]
        return one

    for a, b in pairs:
        above[top(a)] = top(b)
    return {one: top(one) for one in list(above)}


@pytest.mark.real_inputs
def test_proposals_among_a_thousand_real_authors_are_right(real_inputs: Path) -> None:
    text = (real_inputs / "identity-rails" / "canonical_names.rb").read_text(encoding="utf-8")
    people = [
        _names(line)
        for line in re.findall(r"^\s*map\s+(.+?)(?=\n\s*map|\n\s*\n|\nend|\Z)", text, re.M | re.S)
    ]
    behind = {name: names[0] for names in people if len(names) > 1 for name in names}
    listed = list(behind)
    handles = [
        Known(n, "git", (name,), address=_address(name), is_settled=False)
        for n, name in enumerate(listed)
    ]
    pairs = look_alikes(handles)
    right = Counter(behind[listed[one.one]] == behind[listed[one.other]] for one in pairs)
    assert len(listed) > 2_000 and right[True] > 400
    assert right[True] / len(pairs) >= 0.95


def _names(line: str) -> list[str]:
    quoted = re.findall(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", line)
    return [(one or other).replace("\\100", "@") for one, other in quoted]


def _address(name: str) -> str:
    met = re.search(r"\S+@\S+", name)
    return met[0] if met else ""
