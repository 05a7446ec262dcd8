"""Words and ways of saying that each grade must not use, in both languages (domain.md 8.1)."""

from __future__ import annotations

from dataclasses import dataclass

from jibungoto.explain.claims import CAUSAL_EN, CAUSAL_JA, Grade
from jibungoto.explain.numbers_said import KANJI_NUMBER
from jibungoto.ledger.words import Words


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Words that say more than a grade knows; ``allowed_from`` is the first grade that may.

    ``en`` are words or phrases found whole, a trailing ``*`` stands for any ending; ``ja`` are
    found anywhere. ``patterns`` are found in either language, spaces left out; ``phrases`` with
    their spaces.
    """

    why: Words
    allowed_from: Grade
    ja: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


_NUMBERED = (
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty "
    "seventy eighty ninety dozen* hundred* thousand* million* half percent most majority"
)
_MADE_JA = (
    *("増やし", "増やす", "増やせ", "減らし", "減らす", "減らせ", "伸ばし", "伸ばす", "伸ばせ"),
    *("向上させ", "増加させ", "減少させ", "改善させ", "生み出", "もたらし", "もたらす"),
    *("貢献し", "貢献す", "貢献でき", "成果を生", "成果を出"),
)
"""Stems of verbs by which somebody makes a number change; 増える and 上がる do not say who did."""
_MADE_EN = (
    *("contribute", "contributes", "contributed", "contribution to", "contributions to"),
    *("contributing to", "attribute", "attributes", "attributed", "attributable", "attribution"),
    *("generate", "generates", "generated", "generating", "reduce", "reduces", "reduced"),
    *("reducing", "raise", "raises", "raised", "raising", "produce", "produces", "produced"),
    *("producing", "resulting in", "brought about"),
)
_MADE_PHRASES = (
    r"\bma(?:kes?|de|king)\b[^.]{1,60}?\b(?:grow|rise|fall|drop|climb|soar|surge|jump|double|triple|"
    r"shrink|plunge|take off|(?:in|de)crease|go up|go down)\b",
    r"\b(?:increas|decreas|improv|enhanc)(?:ed|es|ing)\s+(?!(?:from|to|by|in|on|at|since|between|"
    r"with|within|and|or|but|over|under|for|after|before|during|until|than|while|when|as|again|"
    r"compared|more|less|most|only|a little|a lot|[a-z]+ly)\b)[a-z]+",
)
"""Numbers that increased may be told; to have increased something says who did it."""
_WHY_JA = (
    *("お陰", "せいで", "理由は", "理由です", "からこそ", "したがって", "功を奏", "奏功", "実を結"),
    *("後押しし", "けん引し", "牽引し", "呼び水", "原動力", "決め手"),
)
_WHY_PATTERNS = (
    r"(?:た|ている|である|ない|かった|な)ため(?![のしら])",
    r"のため(?![にのしら])",
    r"(?<!も)ので(?!す|した|しょう|しょ|は|も|あ|き|な)",
    r"(?:です|ます|ました|でした|だった|ません|なかった|かった)から(?:[、。]|$|です|でし|だ)",
    r"(?<!な)たから(?:[、。]|$|です|でし|だ)",
    r"(?:^|[、。」])(?:その|この|この)ため(?![にの])|(?:その|この|した|った)結果[、,]",
    r"(?:^|[、。」])(?:だから|それで|よって|従って)[、,]",
    r"を下支え|を支え(?:まし|てき|ています|ていま|た(?![いめ人方メチ担]))",
    r"をきっかけ(?:で|に)|きっかけ(?:で|に(?:な|し)|と(?:な|し))",
    r"(?:が|を)背景に",
    r"(?:増|減|急増|急減|増加|減少|急伸|上昇|低下|拡大|縮小|加速|活性化)さ?せ(?:た|まし|ます|る|て)",
    r"(?:施策|企画|取り組み|勉強会|イベント|活動)が(?:よく)?効(?:い|き)",
)
"""Japanese ways of saying why, told from purposes (するために), names (た·め) and counts."""
_WHY_EN = (
    *("hence", "thus", "thereby", "consequently", "as a consequence", "which is why"),
    *("that is why", "that's why", "this is why", "the reason", "reason for", "reason why"),
    *("for this reason", "for that reason", "paid off", "pays off", "paying off", "pay off"),
    *("bore fruit", "bears fruit", "did the trick", "made the difference", "in response to"),
    *("made all the difference", "fuelled", "fueled", "fuels", "spurred", "spurs", "sparked"),
    *("triggered", "propelled", "underpinned", "propped up", "turned around", "on the back of"),
    *("brought in", "won us", "helped to", "attributed to", "responsible for", "down to our"),
)
_RISES = (
    r"(?:grow|grew|grown|rise|rose|risen|fall|fell|drop|climb|soar|surge|jump|shoot up|double|"
    r"triple|shrink|plunge|take off|took off|go up|went up|go down|went down|(?:in|de)crease)"
    r"(?:s|d|ed|ing)?"
)
_WHY_PHRASES = (
    r"(?:[,;:]|\b(?:and|so))\s*so\s+(?!far\b|that\b|on\b|forth\b|many\b|much\b|few\b|long\b|"
    r"called\b|to speak\b)[a-z]+",
    r"^\s*so\s+(?!far\b|that\b|many\b|much\b|few\b|long\b|called\b|it is\b|sa(?:ys|id)\b)[a-z]+",
    rf"\b(?:help|let|sen[dt]|push|pull|keep|kept|got|get|bring|brought)(?:s|ed|ing)?\b[^.]{{1,60}}?"
    rf"\b{_RISES}\b",
    r"\bsupport(?:s|ed|ing)\s+(?:the\s+|our\s+)?(?:rise|growth|increase|registrations?|sales|"
    r"revenue|retention|renewals?|sign-?ups?)\b",
    r"\b(?:was|were|is|are|lies|stands)\s+behind\s+(?:the|this|our)\b",
    r"\bwhat\s+(?:made|makes|raised|moved|turned)\b",
)
_ALIKE_PATTERNS = (
    r"(?:人|方|メンバー|会員|客|社|者|層|群|アカウント|組織)(?:たち|側)?より[^。]{0,30}?"
    r"(?:やすい|やすく|にくい|にくく|高い|高く|低い|低く|多い|多く|少ない|少なく|長く|続)",
    r"(?:人|方|メンバー|会員|客|社|者|層|群|アカウント|組織)(?:たち|側)?(?:は|の方が|のほうが|ほど)"
    r"[^。]{0,30}?(?:やすい|にくい|やすく|にくく|がち(?:です|だ|で|な)|傾向)",
)
_ALIKE_PHRASES = (
    r"\b(?:more|less|most|least)\s+likely\b",
    r"\b(?:likelier|likelihood|odds)\b",
    r"\btend(?:s|ed)?\s+to\b",
    r"\b(?:more|less|fewer|higher|lower|longer|oftener|better|worse)\b[^.]{0,60}?\b(?:than|"
    r"compared (?:with|to))\s+(?:those|non-?members?|the others|other members|other people|"
    r"people who|accounts that|others)\b",
)
"""Comparing one group of people with another, without its interval."""
_QUANTITY_JA = (
    "大多数",
    "半分",
    "ほぼ全",
    "ほぼすべ",
    "ほぼ皆",
    "ほぼみん",
    "倍増",
    "半減",
    "多数の",
)
_QUANTITY_PHRASES = (
    r"\b(?:nearly|almost|virtually|practically|just about)\s+(?:all|every[a-z]*|none|no one|nobody)"
    r"\b",
    r"\b(?:a|one|two)[ -](?:third|quarter|fifth|tenth)s?\b|\bthree[ -]quarters\b",
    r"\b(?:all|none|most|some|many|few|several)\s+of\s+(?:us|them|the|our)\b",
    r"\b(?:per cent|twice|double[ds]?|tripled?|vast majority|dozens)\b",
)
_HYPE_JA = (
    "爆増",
    "激増",
    "急騰",
    "うなぎ登り",
    "飛躍的",
    "劇的",
    "圧倒的",
    "倍増",
    "半減",
    "数倍",
    "何倍",
)
_HYPE_EN = ("soar*", "skyrocket*", "explod*", "dramatic*", "overwhelming*", "through the roof")
_TIMES_JA = (
    r"(?<![0-9.一二三四五六七八九十百千万数何])倍(?:に|以上|近|ほど|へ|です|でし|だ|とな)",
)
_TIMES_EN = (
    *("doubled", "doubles", "doubling", "tripled", "triples", "tripling", "quadrupl*", "twofold"),
    *("threefold", "fourfold", "fivefold", "tenfold", "halved", "halves", "halving"),
    *("twice as", "half as"),
)
"""Multiples typed as words: none of a sentence's own figures says so."""
FORBIDDEN: tuple[Forbidden, ...] = (
    Forbidden(
        Words("声や事例から数は言えません。", "A voice or an anecdote knows no numbers."),
        Grade.E1,
        ja=("割合", "大半", "ほとんど", "過半数", "全員", "半数", *_QUANTITY_JA),
        en=tuple(_NUMBERED.split()),
        patterns=(r"[0-9]+", KANJI_NUMBER),
        phrases=_QUANTITY_PHRASES,
    ),
    Forbidden(
        Words(
            "集団を比べた結果でなければ、関連は言えません。",
            "Only a comparison of groups can speak of an association.",
        ),
        Grade.E2,
        ja=("相関", "関連がある", "関連が見られ", "連動して"),
        en=("associated with", "association with", "correlat*", "linked to"),
        patterns=_ALIKE_PATTERNS,
        phrases=_ALIKE_PHRASES,
    ),
    Forbidden(
        Words(
            "件数・推移や集団の比較から、理由は言えません。",
            "Counts, trends and comparisons of groups do not say why.",
        ),
        Grade.E3,
        ja=(*CAUSAL_JA, "に因り", "に因って", "引き起こ", "につなが", "ゆえに", *_WHY_JA),
        en=(*CAUSAL_EN, "therefore", "leads to", "results in", "on account of", *_WHY_EN),
        patterns=_WHY_PATTERNS,
        phrases=_WHY_PHRASES,
    ),
    Forbidden(
        Words(
            "条件をそろえた推定より前に、成果の大きさは言えません。",
            "How much something achieved needs at least a matched estimate.",
        ),
        Grade.E3,
        ja=("貢献した額", "寄与額", "寄与し", "押し上げ", *_MADE_JA),
        en=(
            *("lift*", "uplift*", "drive", "boost*", "impact*", "effective*", "incremental*"),
            *_MADE_EN,
        ),
        patterns=(r"高め(?:た|まし|ます|る|て|、|られ)",),
        phrases=_MADE_PHRASES,
    ),
    Forbidden(
        Words(
            "数より大きく聞こえる言葉です。いくつからいくつになったかを書いてください。",
            "The word is larger than any number: say from what it went to what.",
        ),
        Grade.E3,
        ja=_HYPE_JA,
        en=(*_HYPE_EN, *_TIMES_EN),
        patterns=_TIMES_JA,
    ),
    Forbidden(
        Words("条件をそろえた推定ではありません。", "It is no matched estimate."),
        Grade.E3,
        ja=("推定", "条件をそろえ"),
        en=("estimate", "estimated", "estimates", "matched", "difference in differences"),
    ),
    Forbidden(
        Words("無作為に分けた比較ではありません。", "It is no randomised comparison."),
        Grade.E4,
        ja=("無作為", "ランダム化"),
        en=("randomi*", "randomly assigned", "hold-out", "natural experiment"),
    ),
    Forbidden(
        Words("この根拠で、言い切ることはできません。", "The evidence is no ground for certainty."),
        Grade.E4,
        ja=("必ず", "確実に", "間違いなく", "絶対", "証明", "明らかに", "断言"),
        en=(
            *("certain", "certainly", "definite*", "undoubted*", "without doubt", "prove*"),
            *("proof", "guarantee*", "clearly", "obvious*", "always"),
        ),
    ),
)
"""Domain.md 8.1 as lists: below ``allowed_from`` a word needs a note of the person who writes."""
