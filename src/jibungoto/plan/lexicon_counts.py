"""Words by which the rules tell a count of what was held, of heads or of sales from an outcome."""

from __future__ import annotations

import re

from jibungoto.plan.lexicon import plain

_SALES = re.compile(
    r"売上|売り上げ|売上高|受注|商談|契約|成約|収益|収入|粗利|利益|購入|課金|決済|リード|有料会員|新規顧客"
    r"|新規客|客単価"
    r"|\b(?:sales?|revenues?|deals?|pipeline|bookings?|mrr|arr|gmv|arpu|ltv|cac|purchases?|leads?"
    r"|orders?|turnover|profits?|income|conversions?|contracts?|subscriptions?|upsells?"
    r"|(?:new|paid|paying) (?:customers?|users?|accounts?))\b"
)
_HEADS = re.compile(
    r"(?:会員|登録者?|参加者?|来場者?|申込者?|申し込み|メンバー|フォロワー|ユーザー?|読者|視聴者|友だち|購読者?"
    r"|動員|集客|訪問者?)(?:の)?(?:総)?(?:人)?(?:数|者数)|^(?:人|頭|延べ人)数$|動員|集客"
    r"|\b(?:members?|participants?|attendees?|attendance|registrations?|registrants?|sign ?ups?"
    r"|followers?|subscribers?|users?|visitors?|viewers?|rsvps?|head ?counts?|heads?|audience)"
    r"(?: (?:count|number|total|size))?$"
    r"|\bnumber of (?:[a-z]+ )?(?:members?|participants?|attendees?|registrations?|sign ?ups?"
    r"|followers?|subscribers?|users?|visitors?|people|rsvps?)\b"
)
_ACTS = re.compile(
    r"(?:イベント|勉強会|ミートアップ|セミナー|ウェビナー|開催|配信|番組|投稿|発言|メッセージ|コメント|記事|告知"
    r"|動画|再生|閲覧|表示|アクセス|いいね|リアクション|ツイート|ポスト|メール)(?:の)?(?:実施|開催|公開|送信)?"
    r"(?:回数|件数|本数|数|頻度)"
    r"|\b(?:events?|meet ?ups?|seminars?|webinars?|sessions?|posts?|messages?|comments?|articles?"
    r"|videos?|streams?|broadcasts?|e?mails?|tweets?|likes|reactions|(?:page ?)?views|impressions"
    r"|plays|clicks)(?: (?:held|run|hosted|made|sent|published|count|number|total|posted))*$"
    r"|\bnumber of (?:[a-z]+ )?(?:events?|meet ?ups?|seminars?|webinars?|sessions?|posts?|messages?"
    r"|comments?|articles?|videos?|streams?|e?mails?|views|impressions)\b"
)


def means_sales(text: str) -> bool:
    """Say whether a measure's name speaks of selling."""
    return _SALES.search(_name(text)) is not None


def means_heads(text: str) -> bool:
    """Say whether a measure's name counts heads, whosever they are."""
    return _HEADS.search(_name(text)) is not None


def means_activity(text: str) -> bool:
    """Say whether a measure's name counts what was held or posted, or who was there."""
    return means_heads(text) or _ACTS.search(_name(text)) is not None


def _name(text: str) -> str:
    return re.sub(r"[_-]", " ", plain(text)).removeprefix("by hand ").strip()
