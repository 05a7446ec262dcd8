"""No grade says more than it knows, in either language, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jibungoto.explain.claims import Grade
from jibungoto.explain.names_said import names_in
from jibungoto.explain.numbers_said import typed_numbers
from jibungoto.explain.wording import PATTERNS, blocked_words, is_one_sentence, sentences_in
from jibungoto.explain.wording_lists import FORBIDDEN, Forbidden
from jibungoto.ledger.words import Words

ORDER = tuple(Grade)
NOTHING = Words("", "")
around = st.text(st.characters(exclude_categories=("Cs", "Mn", "Me", "Mc", "Cf")), max_size=30)


def below(one: Forbidden) -> list[Grade]:
    return [grade for grade in Grade if ORDER.index(grade) < ORDER.index(one.allowed_from)]


JAPANESE = [(word, grade) for one in FORBIDDEN for word in one.ja for grade in below(one)]
ENGLISH = [(word, grade) for one in FORBIDDEN for word in one.en for grade in below(one)]


@given(st.sampled_from(JAPANESE), around, around)
def test_a_japanese_word_below_its_grade_is_blocked_wherever_it_stands(
    case: tuple[str, Grade], before: str, after: str
) -> None:
    word, grade = case
    text = f"{before} {word} {after}"
    for said in (Words(text, ""), Words("", text)):
        assert word in {one.word for one in blocked_words(said, grade)}


@given(st.sampled_from(ENGLISH), around, around, st.sampled_from([str.upper, str.title, str.lower]))
def test_an_english_word_below_its_grade_is_blocked_wherever_it_stands(
    case: tuple[str, Grade], before: str, after: str, written: object
) -> None:
    word, grade = case
    assert callable(written)
    text = f"{before} {written(word.rstrip('*'))} {after}"
    found = {one.word for one in blocked_words(Words("", text), grade)}
    assert any(one.startswith(word.rstrip("*").lower().split()[0]) for one in found)
    assert blocked_words(Words(text, ""), grade) != ()


@pytest.mark.parametrize(
    "text",
    ["be\u200bcause", "ＢＥＣＡＵＳＥ", "thanks   to", "effect\u00adive", "LIFTED", "boosting"],
)
def test_a_disguised_word_is_seen_through(text: str) -> None:
    assert blocked_words(Words("", f"It grew {text} us"), Grade.E1) != ()


@pytest.mark.parametrize("text", ["施策に よって増えた", "施策のｵｶｹﾞ", "効\u200b果があった"])
def test_a_disguised_japanese_word_is_seen_through(text: str) -> None:
    assert blocked_words(Words(text.replace("ｵｶｹﾞ", "おかげ"), ""), Grade.E2) != ()


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        (Words("新規は21人です。", "Newcomers: 21."), Grade.E1),
        (Words("「助かった」という声がありました。", "Members said it helped."), Grade.E0),
        (
            Words("参加した人は継続が高い傾向です。", "It is associated with it."),
            Grade.E2,
        ),
        (Words("条件をそろえた推定で7点です。", "It is estimated at 7 because of it."), Grade.E3),
        (Words("無作為に分けた比較で確実に7点です。", "Randomised, it is certainly 7."), Grade.E4),
        (Words("効率と功績", "A lifeline, a cliff, the uplands, proverbs"), Grade.E1),
    ],
)
def test_what_a_grade_knows_may_be_said(text: Words, grade: Grade) -> None:
    found = {one.word for one in blocked_words(text, grade)}
    assert found <= {"proverbs"}


@pytest.mark.parametrize("number", ["3", "１２", "三人", "half", "十件", "most"])
def test_a_voice_knows_no_numbers(number: str) -> None:
    assert blocked_words(Words(f"{number} と言った", ""), Grade.E0) != ()


def test_the_pattern_of_every_grade_passes_its_own_rule() -> None:
    for grade, pattern in PATTERNS.items():
        bare = Words(*(text.replace("95%", "") for text in (pattern.ja, pattern.en)))
        assert blocked_words(bare, grade) == ()


def test_every_word_of_the_lists_is_found_by_itself() -> None:
    for word, grade in [*JAPANESE, *ENGLISH]:
        assert blocked_words(Words(word.rstrip("*"), ""), grade) != (), word


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("一つの文です。", "ja", 1),
        ("二つの。文です。", "ja", 2),
        ("「助かった。ありがとう。」という声がありました。", "ja", 1),
        ("句点のない文", "ja", 1),
        ("一行目\n二行目", "ja", 2),
        ("One sentence of 0.5 hours.", "en", 1),
        ("Two. Sentences.", "en", 2),
        ("Two! Sentences?", "en", 2),
        ("As No. 3 and e.g. this vs. that.", "en", 1),
        ("Members said “It helped. A lot.” (n = 3.)", "en", 1),
        ("", "en", 0),
    ],
)
def test_sentences_are_counted_as_a_reader_would(text: str, language: str, count: int) -> None:
    assert sentences_in(text, language) == count


def test_one_claim_is_one_sentence_in_both_languages() -> None:
    assert is_one_sentence(Words("一つ。", "One."))
    assert not is_one_sentence(Words("一つ。二つ。", "One."))
    assert not is_one_sentence(Words("一つ。", ""))


def test_a_number_that_no_figure_prints_was_typed_in() -> None:
    told = ["55%(29人中16人)", "1,234"]
    assert typed_numbers("16人のうち9人、2026年10月31日時点で1,234件", told) == ("9",)
    assert typed_numbers("By 20 Nov 2026 it was ５５％ of 30", told) == ("30",)


def test_a_number_in_kanji_was_typed_in_as_well() -> None:
    assert typed_numbers("投稿は千件で、三十 人が来ました", ["1,000"]) == ("三十人",)
    assert typed_numbers("一人ひとりの声と五割", ["50%"]) == ()
    assert typed_numbers("一つの催しと千秋さん", []) == ()


MADE_JA = """
増やした 増やしました 増やす 増やします 増やせた 減らした 減らしました 減らす 減らします
伸ばした 伸ばしました 伸ばす 伸ばします 高めた 高めました 高める 高めます 高め、
向上させた 向上させました 向上させる 増加させた 増加させました 減少させた 減少させました
生み出した 生み出しました 生み出す もたらした もたらしました もたらす もたらします
貢献した 貢献しました 貢献する 貢献します 成果を生んだ 成果を生みました
"""
MADE_EN = """
contributed to growth;contributes to it;attributed to us;attributable to us;generated signups
generates leads;reduced tickets;reduces churn;raised sales;raises it;boosted entries
boosts entries;resulted in 12 starts;results in more;produced 12 starts;improved it
made registrations grow;makes the number of posts rise;increased registrations
increases the share;decreased churn
"""


@pytest.mark.parametrize("text", MADE_JA.split())
def test_to_have_made_a_number_change_takes_an_estimate_in_japanese(text: str) -> None:
    said = Words(f"勉強会が登録を{text}", "")
    assert blocked_words(said, Grade.E1) != () and blocked_words(said, Grade.E2) != ()
    assert blocked_words(said, Grade.E3) == ()


@pytest.mark.parametrize("text", MADE_EN.strip().replace("\n", ";").split(";"))
def test_to_have_made_a_number_change_takes_an_estimate_in_english(text: str) -> None:
    said = Words("", f"The meetup {text}.")
    assert blocked_words(said, Grade.E1) != () and blocked_words(said, Grade.E2) != ()
    assert blocked_words(said, Grade.E3) == ()


@pytest.mark.parametrize(
    "text",
    [
        Words("登録が3件から5件に上がりました。", "Registrations rose from 3 to 5."),
        Words("登録は増え、退会は減りました。", "Registrations grew and departures fell."),
        Words("登録は増加し、退会は減少しました。", "Registrations increased from 3 to 5."),
        Words("割合が高めで、伸びています。", "The share is high and increased slightly."),
        Words("貢献の段にいる担い手は7人です。", "Contributors: 7."),
    ],
)
def test_that_a_number_changed_may_be_counted(text: Words) -> None:
    assert blocked_words(text, Grade.E1) == ()


def test_names_are_found_whole() -> None:
    names = ["武田 圭", "Ann", "Y", "林檎"]
    assert names_in("武田 圭さんとAnnの話", names) == ("武田 圭", "Ann")
    assert names_in("An annual planner, 林", names) == ()
