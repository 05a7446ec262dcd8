"""What the reader of tables says of lines it cannot read, and of tables it cannot place."""

from __future__ import annotations

from jibungoto.ledger.words import Words

NO_TIME = Words("日時がないか、正しくありません。", "Its time is missing or wrong.")
NO_ORDER = Words(
    "月と日のどちらが先か分かりません。年から始まる形に直してください。",
    "It does not say whether the day or the month comes first. Write the year first.",
)
NO_AUTHOR = Words("誰のものか分かりません。", "It does not say whose it is.")
SHORTENED = Words(
    "番号を Excel が指数の形に縮めたため、桁が失われています。もとの表を渡してください。",
    "Excel wrote its number as a power of ten, and digits are lost. Hand in the original.",
)
SHIFTED = Words(
    "見出しより多くの列があり、どの値がどの見出しのものか分かりません。",
    "It has more cells than there are headings, so it is not known which is which.",
)
NOT_A_TABLE = Words(
    "見出しのある表ではないため読み取りません。", "It is no table with headings, so it is not read."
)
WHICH = Words(
    "どの列が何を表すか、決められません(推定: {guess})。",
    "It is not certain what its columns mean (guess: {guess}).",
)
NOTHING = Words("なし", "none")
SAY_IT = Words(
    "列の意味を指定してください。日時(when)と、人(who、name、email のどれか)が要ります。",
    "Say what the columns mean. A time (when) and a person (who, name or email) are needed.",
)
NO_MEANING = Words("列の意味として知らない言葉です: {word}。", "No column can mean this: {word}.")
