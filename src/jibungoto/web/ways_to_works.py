"""How to come by what members made: code, issues, what they publish, and tables of one's own."""

from __future__ import annotations

from jibungoto.ledger.words import Words

GIT_LOG = (
    "git log --branches --remotes --tags --encoding=UTF-8 --output=git-log.txt "
    '--pretty=format:"%x1e%H%x1f%P%x1f%at%x1f%ct%x1f%an%x1f%ae%x1f'
    '%(trailers:key=Co-authored-by,valueonly,unfold,separator=%x1d)"'
)
_GH = "--repo OWNER/NAME --state all --limit 100000 --json number,title,url,author,createdAt"
GITHUB_LISTS = (
    f"gh issue list {_GH},body,labels,comments > issues.json\n"
    f"gh pr list {_GH},mergedAt,body,labels,comments,reviews > pulls.json"
)
COMMANDS = {"git": GIT_LOG, "github": GITHUB_LISTS}
"""What is to be run where a mail speaks of the commands above it in the docs."""

WAYS_TO_WORKS: tuple[tuple[str, Words, Words, Words], ...] = (
    (
        "git",
        Words(
            f"リポジトリの中で、次のコマンドを実行します: {GIT_LOG}",
            f"Run this in the repository: {GIT_LOG}",
        ),
        Words(
            "リポジトリを clone できる人なら誰でもできます。",
            "Whoever can clone the repository may do this.",
        ),
        Words(
            "git-log.txt を置きます。変更の内容と説明は入っていません。リポジトリの ZIP でも"
            "かまいません。",
            "Hand in git-log.txt; it holds no change and no word of it. A zip of the repository "
            "will do as well.",
        ),
    ),
    (
        "github",
        Words(
            f"GitHub のコマンドで、リポジトリごとに次の二行を実行します: {GITHUB_LISTS}",
            f"Run these two lines with GitHub's own command, for each repository: {GITHUB_LISTS}",
        ),
        Words(
            "リポジトリを見られる人なら誰でもできます。",
            "Whoever can see the repository may do this.",
        ),
        Words(
            "すべてのリポジトリのファイルを、一つの ZIP に入れて置きます。",
            "Put the files of all repositories into one zip.",
        ),
    ),
    (
        "feed",
        Words(
            "メンバーのブログや登壇資料のフィード(RSS・Atom)を開き、ページを保存します。",
            "Open the feeds (RSS, Atom) of members' blogs and slides, and save each page.",
        ),
        Words(
            "公開されているので誰でもできます。集めていることは、本人に伝えてください。",
            "Anybody may, for they are public. Tell members that you gather them.",
        ),
        Words(
            "月に一度、フォルダーごと ZIP にして置きます。フィードには最近のものしか残りません。",
            "Zip the folder and hand it in once a month: a feed holds the latest entries only.",
        ),
    ),
    (
        "csv",
        Words(
            "CSV か Excel で、一行に一つの活動を書きます。見出しの行と、日時と人の列が要ります。",
            "CSV or Excel, one act in a line below a line of headings; a time and a person are "
            "needed.",
        ),
        Words(
            "表をつけている人なら誰でもできます。載っている人にも伝えてください。",
            "Whoever keeps the table may. See that those in it know.",
        ),
        Words(
            "列の意味がはっきりしないときは一度だけお尋ねし、覚えておきます。",
            "Where it is not certain what a column means you are asked once, and it is remembered.",
        ),
    ),
)
