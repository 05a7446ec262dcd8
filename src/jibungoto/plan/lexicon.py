"""Words by which the rules tell everyone from a Who, and a feature from a gain."""

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
_ANYBODY = re.compile(
    r"どなた(?:でも|様)?|誰(?:でも|にでも|しも)?|だれでも|みんな|みなさ[んま]|皆(?:さん|様|さま)?|全員|万人"
    r"|すべて|全て|あらゆる|全ての|世の中|世間|一般|不特定多数|多く|たくさん|いろいろ|さまざま|様々|幅広い"
    r"|興味|関心|意欲|やる気|好奇心|(?:の|が)?(?:ある|持つ|持った|お持ち)"
    r"|自社|弊社|当社|私たち|うち|製品|プロダクト|サービス|商品|ツール|コミュニティ|既存|新規|潜在|見込み|将来"
    r"|ユーザー?|利用者|利用|使用|使って(?:いる|くれる|くださる)?|使う|お客(?:様|さん)?|顧客|客|リード|会員|メンバー"
    r"|参加者|登録者|読者|視聴者|ターゲット|ペルソナ|対象|向け|社員|従業員|職員|社内|社外|企業|会社|法人"
    r"|団体|組織|大企業|中小|大手|スタートアップ|ベンチャー|部門|部署|情報システム|情シス|人事|営業|総務|経理"
    r"|広報|法務|開発|企画|管理|経営|[a-z]{1,4}業界|業界|業種|業|職種|職|従事|[bc](?:to|2)[bc]|saas|it(?=[企業系の])"
    r"|エンジニア|プログラマー?|デザイナー|マーケター|マーケティング|開発者|技術者|研究者|担当者?|責任者"
    r"|管理職|マネージャー?|リーダー|役員|経営者|社長|フリーランス|個人事業主|起業家|公務員|教員|教師|先生"
    r"|医師|看護師|保護者|親|子育て中|子育て|育児中|ママ|パパ|年収|\d+万円?|女性|男性|男女|地域|日本|全国"
    r"|全世界|世界|中の?|町|街|市民|住民|県民"
    r"|\b(?:every(?:one|body)|any(?:one|body)|somebody|someone|whoever|who|whom|that|which|all|any|every"
    r"|our|your|my|we|us|i|you|they|their|its?|use[srd]?|using|users?|product|products|service|services"
    r"|tools?|community|members?|customers?|clients?|consumers?|buyers?|prospects?|leads?|audience"
    r"|participants?|public|general|whole|world|folks?|guys|interested|curious|interest|want|wants"
    r"|likes?|is|are|be|with|have|has|an?|to|it|at|on|for|existing|potential|new|target|future"
    r"|developers?|engineers?|programmers?|designers?|marketers?|managers?|executives?|leaders?"
    r"|founders?|freelancers?|teachers?|researchers?|professionals?|specialists?|staff|teams?|department"
    r"|compan(?:y|ies)|business(?:es)?|enterprises?|startups?|smes?|b2b|b2c|industry|sector|job|jobs"
    r"|parents?|mothers?|fathers?|boys?|girls?|kids?|children|their|\d+s)\b"
)
"""Words that are true of anybody, of a market, or of a place in a company."""
_JOINING = re.compile(
    r"である|なら(?:ば)?|でも|たち|達|方々|人々|人たち|ひと|かた|さん|様|など|ほか|および|または"
    r"|[のがはをにでとやもへ人方者々代歳才系中さ]"
)
_PRODUCT_JA = (
    r"(?:機能|api|sso|ダッシュボード|画面|ボタン|ui|ux|プラン|ツール|サービス|アプリ|システム|プラグイン"
    r"|テンプレート|レポート|連携|エクスポート|インポート|統合|検索|通知|要約|同期|対応|提供|搭載|版|製品)"
)
_FEATURE_JA = re.compile(rf"{_PRODUCT_JA}(?:です|だ|付き|つき)?$")
_PRODUCT_EN = (
    r"(?:api|apis|sso|ui|ux|dashboards?|features?|buttons?|templates?|cent(?:er|re)s?|tools?|exports?"
    r"|imports?|reports?|plans?|integrations?|plugins?|apps?|screens?|search|sync|support|modes?"
    r"|panels?|editors?|services?|systems?|modules?|widgets?|functions?|functionality|options?|tier)"
)
_FEATURE_EN = re.compile(
    rf"^(?:(?:the|a|an|our|new|free|better|faster|automated|[a-z]+-[a-z-]+) )*"
    rf"(?:[a-z]+ (?:and )?){{0,3}}{_PRODUCT_EN}$"
)
_ACTOR_EN = re.compile(
    r"\b(?:i|we|you|they|somebody|someone|members?|can|could|able|the|a|an|my|our|your|their|how|to)\b"
)
_CLAUSES = re.compile(r"[、。,.;:!?\n/・]| and (?=[a-z]+ [a-z]+$)")
_HYPHENATED = re.compile(r"\b\w+(?:-\w+)+\b")
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


def names_nobody(text: str) -> bool:
    """Say whether a text holds nothing that tells one Who from another.

    What is left of it without words that are true of anybody, of a market or of a job is no
    interest and no behaviour.
    """
    left = _ANYBODY.sub("", _DEMOGRAPHIC.sub("", plain(text)))
    letters = [one for one in _JOINING.sub("", left) if one.isalnum()]
    return not letters or re.fullmatch(r"[a-z0-9ぁ-ヿ]", bare(text)) is not None


def bare(text: str) -> str:
    """Return the letters and digits of a text alone: signs, width, case and space do not count."""
    return "".join(one for one in plain(text) if one.isalnum())


def has_verb(text: str) -> bool:
    """Say whether a text says what somebody does; a list of features does not."""
    return any(map(_says_a_deed, _CLAUSES.split(plain(text))))


def _says_a_deed(clause: str) -> bool:
    """Say whether a clause has a verb of its own, not one that belongs to a product's part."""
    told = clause.strip(" 「」()")
    if _is_feature_en(told) if told.isascii() else _FEATURE_JA.search(told):
        return False
    told = _HYPHENATED.sub("", told)
    return bool(_VERBS_JA.search(told) or _VERBS_EN.search(told))


def _is_feature_en(clause: str) -> bool:
    """Say whether a clause only names a part of a product, such as “the new write API”."""
    if _FEATURE_EN.match(clause) is None:
        return False
    within = clause.removeprefix("the ").removeprefix("an ").removeprefix("a ")
    return _ACTOR_EN.search(_HYPHENATED.sub("", within)) is None
