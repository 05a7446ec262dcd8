"""Words by which the rules tell everyone from a Who, a feature from a gain, and sales from use."""

from __future__ import annotations

import re
import unicodedata

_EVERYONE = re.compile(
    r"(?:誰でも|だれでも|全員|みんな|みなさん|皆さん|皆様|万人|一般(?:の人|の方)?"
    r"|(?:すべて|全て|あらゆる|全)の?(?:人|方|方々|人々|ユーザー?|利用者|メンバー|会員|お客様|顧客)"
    r"|(?:自社の?|私たちの|うちの|当社の?|弊社の?|製品の|サービスの|既存の?)?"
    r"(?:ユーザー?|利用者|メンバー|会員|お客様|顧客|参加者)(?:全員|みんな|すべて|の皆さん)?"
    r"|every(?:one|body)|any(?:one|body)|(?:all|every|any) (?:our |the |of our )?"
    r"(?:users?|members?|people|persons?|customers?|community members?)"
    r"|the (?:general )?public|the whole community|whoever (?:wants|likes)|all"
    r"|(?:our |the |existing )?(?:users|members|people|customers|participants|audience))"
)
_AFTER = re.compile(
    r"(?:向け|むけ|のため|が対象|を対象|に届ける|に|へ|です|だ| who uses? (?:us|it)"
    r"| who wants?(?: to)?)*"
)
_DEMOGRAPHIC = re.compile(
    r"\d+ ?(?:to|-|〜|~) ?\d+(?: ?(?:歳|才|代))?|\d+ ?(?:歳|才|代|s\b)|\b\d+\b|years? old"
    r"|男性|女性|男女"
    r"|大学生|高校生|学生|社会人|会社員|主婦|主夫|シニア|若者|若手|中高年|高齢者|独身|既婚|(?:首都圏|関東|関西|東京"
    r"|大阪|地方|都市部|国内|海外)(?:都|府)?|在住|住まい|以上|以下|前後|\b(?:men|women|male|female|males"
    r"|females|students?|seniors?|young|old|older|younger|adults?|teens?|youths?|workers?|employees?"
    r"|housewives|living|based|residents?|urban|rural|married|single|tokyo|osaka|japan|in|of|the"
    r"|and|or|from|aged?|people|persons?|over|under|between)\b"
)
_LEFT_OVER = re.compile(r"[\s、。,.・/〜~\-()()「」]|の|人|方|や|と|に|で|から|まで")
_SALES = re.compile(
    r"売上|売り上げ|受注|商談|契約(?:数|額|件数)|成約|収益|粗利|購入(?:数|額)|課金|リード獲得"
    r"|\b(?:sales|revenue|deals?|pipeline|bookings|mrr|arr|purchases?|leads?|orders?|turnover)\b"
)
_VERBS_JA = re.compile(
    r"(?:する|した|して|でき|れる|られ|せる|たい|ます|ました|ない|なる|なっ|いる|[うくぐすつぬぶむる](?=$|[、。\s」のこよ]))"
)
_VERBS_EN = re.compile(
    r"\b(?:i|we|you|they|can|could|able|know|knows|learn\w*|try|tries|tried|tell\w*|show\w*|meet\w*"
    r"|find\w*|found|get|gets|got|use|uses|used|make\w*|made|build\w*|built|share\w*|start\w*"
    r"|solve\w*|write\w*|speak\w*|talk\w*|ask\w*|answer\w*|help\w*|see|sees|understand\w*|decide\w*"
    r"|ship\w*|save\w*|feel\w*|become\w*|join\w*|explain\w*|choose\w*|stop\w*|avoid\w*|do|does"
    r"|bring\w*|take\w*|give\w*|want\w*|need\w*|keep\w*|grow\w*|recogni[sz]ed)\b"
)


def plain(text: str) -> str:
    """Return a text for comparing: width, case and the space around it do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def means_everyone(text: str) -> bool:
    """Say whether a text names everybody and nobody in particular."""
    bare = plain(text).strip("「」。.!、 ")
    found = _EVERYONE.match(bare)
    return found is not None and _AFTER.fullmatch(bare[found.end() :]) is not None


def is_demographic(text: str) -> bool:
    """Say whether a text names age, sex, place or occupation and nothing else."""
    bare = plain(text)
    if not bare or not _DEMOGRAPHIC.search(bare):
        return False
    return not _LEFT_OVER.sub("", _DEMOGRAPHIC.sub("", bare))


def means_sales(text: str) -> bool:
    """Say whether a measure's name speaks of selling."""
    return _SALES.search(plain(text).replace("_", " ")) is not None


def has_verb(text: str) -> bool:
    """Say whether a text says what somebody does; a list of features does not."""
    bare = plain(text)
    return bool(_VERBS_JA.search(bare) or _VERBS_EN.search(bare))
