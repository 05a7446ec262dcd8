"""Ways of saying more than a grade knows, and sentences beside them that may stand."""

from __future__ import annotations

import pytest

from jibungoto.explain.claims import Grade
from jibungoto.explain.wording import blocked_words
from jibungoto.ledger.words import Words

WHY_JA = """
告知を増やしたため、登録が増えました。
週末に開いたためです。
雨のため参加が減りました。
返信が早いので登録が増えました。
担い手がいないので返信が遅れました。
告知を増やしたから、登録が増えました。
勉強会を開いたからです。
勉強会の支えが登録を支えました。
イベントが継続を下支えしています。
勉強会のおかげで増えました。
勉強会のお陰で増えました。
遅い返信のせいで減りました。
その結果、登録が増えました。
告知をした結果、登録が増えました。
そのため登録が増えました。
返信が早くなった、だから、続く人が増えました。
理由は返信の早さです。
勉強会をきっかけに登録が増えました。
値上げを背景に退会が増えました。
告知が登録を増加させました。
告知が功を奏しました。
企画が実を結びました。
勉強会が登録を後押ししました。
施策が効いて登録が伸びました。
参加が登録の原動力です。
勉強会を続けているため、登録が増えました。
返信が早かったため継続が増えました。
良い場であるため、人が残ります。
早い返信があったからこそ、人が残りました。
"""
WHY_EN = """
We posted more, so registrations rose.
We posted more; so members stayed.
The answers came fast and so members stayed.
So registrations rose.
Answers came fast, which is why members stayed.
That is why members stayed.
The reason members stayed is the fast answers.
The meetup paid off.
The meetups made registrations soar.
The meetup made registrations double.
The meetup helped registrations grow.
The meetup sent registrations climbing.
The meetup supported registrations.
Fast answers supported the growth.
The meetup fuelled registrations.
The meetup sparked new members.
The news spurred registrations.
Registrations rose on the back of the meetup.
The meetup was behind the rise.
Registrations rose and hence members stayed.
Thus members stayed.
Members stayed as a consequence.
It made the difference.
The clinic triggered new questions.
The meetup brought in 12 members.
The team is responsible for it.
Registrations rose in response to the post.
The meetup let registrations grow.
"""
ALIKE = """
参加した人は、していない人より続けやすいです。
参加した人は、続けやすい傾向です。
参加者は非参加者より継続が長いです。
会員は会員でない人より購入が多いです。
参加した会社ほど、続けやすいです。
Members are more likely to stay than others.
Those who attend are less likely to leave.
Attendees tend to stay.
Members stay longer than those who never came.
Accounts with a member renewed more often than the others.
Members had higher sales than non-members.
The odds of staying are higher.
"""
QUANTITIES = """
Nearly all said it helped.
Almost everyone was glad.
Ninety-nine percent said it helped.
A third of members said it helped.
Two-thirds said it helped.
Many of them said it helped.
Twice as good, members said.
半分以上が助かったと言いました。
9割が助かったと言いました。
九割が助かったと言いました。
ほぼ全員が助かったと言いました。
大多数が助かったと言いました。
"""
TIMES = """
登録が倍になりました。
登録は倍増です。
離れる人は半減しました。
登録は数倍です。
Registrations have doubled.
The tickets were halved.
Twice as many people came.
A threefold rise in posts.
"""
FREE = """
手順を倍速で見る人は12人です。
登録は21人です。
登録は前期の15人から21人になりました。
遅れないように、担当を決めます。
続けるために、担当を1人決めます。
メンバーのための場です。
社員のために開いています。
役に立つため池の話題でした。
新しいものでした。
増えているのではありません。
4月から数えた値です。
始めてから3か月です。
登録は先月から増えています。
質問した人は12人、答えた人は5人です。
返事のない投稿が3件あり、声をかける担当を決めます。
新人を支えた人は7人です。
場を支える担当を2人にします。
前回より12人多い参加です。
参加しやすい時間を聞きました。
会場は前回より広くなりました。
ためになったという声がありました。
目的はお金を貯めることです。
結果は21人です。
アンケートの結果を次に示します。
理由を聞くアンケートを開きます。
きっかけを聞く欄を足しました。
背景の説明は付録にあります。
参加した人は21人です。
高めの値で、伸びています。
増減は誤差の幅の内です。
担い手の段にいる人は7人です。
宝の地図という企画を開きました。
Registrations: 21, after 15 before.
Registrations rose from 15 to 21.
So far 21 members have come.
We ask for a room so that the clinic can go on.
There are not so many rooms.
The clinic and so on are listed below.
Members asked what to do next.
Support answered 12 questions.
Staff supported 12 members.
We keep the clinic on Fridays.
The team got 3 rooms.
Helped: 12 members.
Attendance is 12 more than last month.
It was higher than at any of the last 6 month ends.
It lies within the margin of error.
The reply took longer than a day.
We made a list of rooms.
Newcomers: 21, small n.
Members said “it helped me”.
Our thoughts stand below.
The soil is dry.
Please let us know by 5 Dec 2026.
We are sending the list by Friday.
The rise is within the margin.
The group tends a garden.
Two people back each ability up.
"""


def lines(text: str) -> list[str]:
    return [line for line in text.strip().splitlines() if line]


def said(line: str) -> Words:
    return Words("", line) if line.isascii() or "“" in line else Words(line, "")


@pytest.mark.parametrize("line", [*lines(WHY_JA), *lines(WHY_EN)])
def test_no_count_and_no_comparison_says_why(line: str) -> None:
    for grade in (Grade.E1, Grade.E2):
        assert blocked_words(said(line), grade) != ()


@pytest.mark.parametrize("line", lines(ALIKE))
def test_groups_are_not_compared_below_a_comparison(line: str) -> None:
    assert blocked_words(said(line), Grade.E1) != ()
    assert blocked_words(said(line), Grade.E2) == ()


@pytest.mark.parametrize("line", lines(QUANTITIES))
def test_a_voice_knows_no_quantity_in_words_either(line: str) -> None:
    assert blocked_words(said(line), Grade.E0) != ()


@pytest.mark.parametrize("line", lines(FREE))
def test_a_plain_count_is_left_alone(line: str) -> None:
    assert blocked_words(said(line), Grade.E1) == ()


@pytest.mark.parametrize("line", ["Registrations soared.", "登録が爆増しました。", *lines(TIMES)])
def test_a_word_larger_than_any_number_waits_for_an_estimate(line: str) -> None:
    assert blocked_words(said(line), Grade.E1) != ()
