"""What a study cannot look at, and what would let it: said, never filled in."""

from __future__ import annotations

from jibungoto.explain.studies.accounts import Laid
from jibungoto.explain.studies.panel import NEVER, Cut
from jibungoto.explain.studies.registration import Joining, Registration
from jibungoto.ledger.words import Words

NO_RECORDS = Words(
    "この成果のデータがまだありません。アカウントごとの値をCSVまたはExcelで取り込んでください。",
    "There is no record of this outcome yet. Bring in its values per account as CSV or Excel.",
)
NO_LINKS = Words(
    "どのメンバーがどのアカウントの人かが、まだ決められていません。"
    "対応表に、会社のメールドメインまたはメンバーの名前を書いてください。",
    "Nobody has said yet which members belong to which account. Write mail domains or members "
    "into the table of links.",
)
NOBODY_JOINED = Words(
    "参加した時期の分かるアカウントがありません。業務データの「参加」の列に年月を書くか、対応表を作ってください。",
    "No account has a date of joining. Write the month into the column “joined” of the business "
    "records, or make the table of links.",
)
NOBODY_ACTED = Words(
    "対応を決めたアカウントのメンバーは、登録した期間の中ではまだ活動していません。"
    "対応表にほかのアカウントも加えるか、期間を広げてください。",
    "No member of the accounts you tied acted within the registered window. Tie more accounts, or "
    "widen the window.",
)
NO_CONTROL = Words(
    "まだ参加していないアカウントの成果がありません。比べる相手として取り込んでください。",
    "There is no outcome of accounts that have not joined. Bring them in, to compare with.",
)
TOO_SHORT = Words(
    "参加の前後に必要な期間がそろうアカウントがありません。期間を広げるか、前後の期間の数を減らしてください。",
    "No account has all the periods needed before and after joining. Widen the window, or compare "
    "fewer periods.",
)


def lacks_of(laid: Laid, cut: Cut, *, told: Registration) -> tuple[Words, ...]:
    """Return what stands between a question and its answer, the nearest step first."""
    panel = laid.panel
    if not panel.names:
        if told.joining is Joining.LINKS and laid.unlinked:
            return (NO_LINKS,)
        return (NO_RECORDS,)
    joined = panel.joined != NEVER
    if not joined.any():
        return (NOBODY_JOINED if told.joining is Joining.FILE else NOBODY_ACTED,)
    reached = int(joined.sum()) - cut.too_early - cut.too_late - cut.gaps
    if reached <= 0:
        return (TOO_SHORT,)
    return (NO_CONTROL,) if reached == cut.without_control else ()


def left_out_of(laid: Laid, cut: Cut) -> tuple[Words, ...]:
    """Return what the estimate leaves out, each reason with its number."""
    told = (
        (laid.unlinked, _UNLINKED),
        (laid.unclear, _UNCLEAR),
        (cut.too_early, _TOO_EARLY),
        (cut.too_late, _TOO_LATE),
        (cut.gaps, _GAPS),
        (cut.without_control, _ALONE),
        (cut.idle, _IDLE),
        (laid.other_grain, _OTHER_GRAIN),
        (laid.outside, _OUTSIDE),
    )
    return tuple(words.filled(n=n) for n, words in told if n)


_UNLINKED = Words(
    "メンバーとの対応が決められていないアカウント: {n}社",
    "Accounts nobody has tied to members: {n}",
)
_UNCLEAR = Words(
    "参加した時期が2通り書かれているアカウント: {n}社", "Accounts with two dates of joining: {n}"
)
_TOO_EARLY = Words(
    "参加前の期間が足りないアカウント: {n}社", "Accounts with too few periods before joining: {n}"
)
_TOO_LATE = Words(
    "参加後の期間が足りないアカウント: {n}社", "Accounts with too few periods from joining on: {n}"
)
_GAPS = Words(
    "参加したが、値のない期間があるアカウント: {n}社",
    "Accounts that joined and have periods without a value: {n}",
)
_ALONE = Words(
    "同じ時期に比べる相手がないアカウント: {n}社",
    "Accounts without anybody to compare with at that time: {n}",
)
_IDLE = Words(
    "参加しておらず、どの時期の比較にも値がそろわないアカウント: {n}社",
    "Accounts that have not joined and lack values in every comparison: {n}",
)
_OTHER_GRAIN = Words(
    "月と四半期が合わず使えない値: {n}件", "Values per quarter among months, or the reverse: {n}"
)
_OUTSIDE = Words("登録した期間の外にある値: {n}件", "Values outside the registered window: {n}")
