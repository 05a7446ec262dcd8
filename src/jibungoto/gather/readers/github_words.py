"""What the GitHub reader says of records it leaves out or cannot read."""

from __future__ import annotations

from jibungoto.ledger.words import Words

NOT_A_RECORD = Words(
    "GitHub の Issue、プルリクエスト、コメント、レビューの形ではありません。",
    "It has the shape of no issue, pull request, comment or review of GitHub.",
)
NO_PLACE = Words(
    "どのリポジトリの何番か分かりません(url を含めて書き出してください)。",
    "It does not say which repository and number it belongs to (include url when exporting).",
)
NO_TIME = Words("書かれた日時がないか、正しくありません。", "Its time is missing or wrong.")
NO_AUTHOR = Words("書いた人が分かりません。", "It does not say who wrote it.")
DELETED = Words(
    "書いた人のアカウントが削除されています。", "The account that wrote it has been deleted."
)
SUMMARY = Words(
    "書いた人も日時もない一覧のため読み取りません。",
    "It is a summary without authors and times, so it is not read.",
)
NOT_GITHUB = Words("GitHub の JSON ではないため読み取りません。", "It is no JSON of GitHub's.")
CUT_OFF = Words(
    "ここから先は JSON として読み取れません。もう一度書き出してください。",
    "From here on it is not readable JSON. Export it once more.",
)
