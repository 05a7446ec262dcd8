"""The five abilities a community asks of its team: data, so that they can be corrected."""

from __future__ import annotations

from dataclasses import dataclass

from jibungoto.ledger.words import Words


@dataclass(frozen=True, slots=True)
class Ability:
    """One ability (domain.md 10.1) and the hours a month it takes, unless a team says otherwise.

    ``verb`` completes "nobody can ...". A need of 0 asks for a person and for no hours.
    """

    key: str
    name: Words
    verb: Words
    meaning: Words
    in_place: Words
    is_learnable: bool
    need: int

    @property
    def group(self) -> str:
        """Its group: a is warmth, b design and operation, c explaining and enlisting."""
        return self.key[0]


ABILITIES: tuple[Ability, ...] = (
    Ability(
        "a1",
        Words("寄り添う", "Be with members"),
        Words("メンバーと同じ温度で付き合える人", "be with members at their temperature"),
        Words("メンバーと同じ温度で付き合う", "be with members at their temperature"),
        Words(
            "メンバーが、会社名ではなく名前で呼んでくれる。",
            "Members call the person by name, not the company.",
        ),
        is_learnable=False,
        need=0,
    ),
    Ability(
        "b1",
        Words("設計する", "Design"),
        Words("OWWH を組み立てられる人", "put the plan together"),
        Words("OWWH を組み立てる", "put the plan (OWWH) together"),
        Words(
            "有効な OWWH、1番ピン、KPI の木がある。",
            "There is a valid plan, with first pins and a tree of measures.",
        ),
        is_learnable=True,
        need=6,
    ),
    Ability(
        "b2",
        Words("回す", "Operate"),
        Words("番組・導線・運営を続けられる人", "keep the programmes running"),
        Words("番組・導線・運営を続ける", "keep programmes and the newcomers' path running"),
        Words(
            "無理をせずに施策が回り、ほかの人でも回せる。",
            "Programmes run without heroics, and others can run them.",
        ),
        is_learnable=True,
        need=20,
    ),
    Ability(
        "c1",
        Words("説明する", "Explain"),
        Words("上に説明できる人", "explain the community upward"),
        Words("事業の言葉と数字にする", "turn it into the words and numbers of the business"),
        Words(
            "報告が読まれ、質問に正直に答えている。",
            "The report is read, and questions are answered honestly.",
        ),
        is_learnable=True,
        need=8,
    ),
    Ability(
        "c2",
        Words("巻き込む", "Enlist"),
        Words("社内の協力と資源を得られる人", "win cooperation and resources inside the company"),
        Words("社内の協力と資源を得る", "win cooperation and resources inside the company"),
        Words(
            "予算と代理が決まり、他部門が動いている。",
            "There is a budget and a deputy, and other departments act.",
        ),
        is_learnable=True,
        need=6,
    ),
)
"""In the order in which they are shown."""

ABILITY_KEYS: tuple[str, ...] = tuple(one.key for one in ABILITIES)
GROUPS: dict[str, Words] = {
    "a": Words("寄り添う", "Warmth"),
    "b": Words("設計と運営", "Design and operation"),
    "c": Words("説明と巻き込み", "Explaining and enlisting"),
}


def ability(key: str) -> Ability:
    """Return an ability by its key; raises ``KeyError`` where there is none of it."""
    return _BY_KEY[key]


_BY_KEY = {one.key: one for one in ABILITIES}
