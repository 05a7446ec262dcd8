"""What the reader of feeds makes of entries: whose work it is, of what kind, from when."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jibungoto.gather.events.attendance import UNDATED
from jibungoto.gather.reader import Choices
from jibungoto.gather.readers import feed_words as words
from jibungoto.gather.readers.feed import FeedReader
from jibungoto.ledger.activity import AtPrecision, Visibility
from jibungoto.ledger.kinds import Kind
from tests.gather.made import Gathered, concealed, folder_of
from tests.gather.with_reader import (
    check_whatever_it_is,
    keys_of,
    read_files,
    read_with,
    recognised_by,
)

READER = FeedReader()
WEB = "https:" + "//"
PURL = "http:" + "//purl.org"
WORDPRESS = "http:" + "//wordpress.org/export/1.2/"
APRIL_6 = 1_775_433_600
"""2026-04-06 00:00 UTC."""


def entry(page: str, *, at: str = "Mon, 06 Apr 2026 09:00:00 +0900", more: str = "") -> str:
    dated = f"<pubDate>{at}</pubDate>" if at else ""
    return f"<item><title>A secret title</title><link>{page}</link>{dated}{more}</item>"


def rss(*entries: str, link: str = f"{WEB}hana.hatenablog.com/", more: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<rss version="2.0" xmlns:dc="{PURL}/dc/elements/1.1/" '
        f'xmlns:content="{PURL}/rss/1.0/modules/content/" xmlns:wp="{WORDPRESS}">'
        f"<channel><title>Hana's garden</title><link>{link}</link>{more}{''.join(entries)}"
        "</channel></rss>"
    )


def atom(*entries: str, link: str = "https://blog.example.com/", more: str = "") -> str:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Garden</title>'
        f'<link href="{link}"/>{more}{"".join(entries)}</feed>'
    )


def atom_entry(page: str, *, author: str = "", more: str = "") -> str:
    by = f"<author><name>{author}</name></author>" if author else ""
    at = "<published>2026-04-06T09:00:00+09:00</published>"
    return f'<entry><id>{page}</id><link href="{page}"/>{at}{by}{more}</entry>'


def read(tmp_path: Path, **feeds: str | bytes) -> Gathered:
    files = {
        f"{name}.xml": text if isinstance(text, bytes) else text.encode()
        for name, text in feeds.items()
    }
    return read_files(READER, files, tmp_path / "-".join(feeds))


def authors(found: Gathered) -> list[str]:
    known = {handle.actor: handle.outside_id for handle in found.handles}
    return [known[act.actor or ""] for act in found.activities]


def test_an_entry_is_an_article_by_whoever_the_account_is(tmp_path: Path) -> None:
    page = f"{WEB}hana.hatenablog.com/entry/2026/04/06?utm_source=feed"
    whole = "<content:encoded>&lt;p&gt;Seeds &amp;amp; soil&lt;/p&gt;</content:encoded>"
    found = read(tmp_path, a=rss(entry(page, more=whole)))
    (act,) = found.activities
    assert (act.kind, act.happened_at, act.at_precision) == (
        Kind.ARTICLE,
        APRIL_6,
        AtPrecision.EXACT,
    )
    assert (act.length, act.hosts, act.visibility) == (
        len("Seeds & soil"),
        "hatenablog.com",
        Visibility.PUBLIC,
    )
    assert (act.filed_at, found.records[0].filed_at) == (UNDATED, UNDATED)
    actor = concealed("hana.hatenablog.com")
    assert (act.actor, act.url) == (actor, f"https://{actor}/entry/2026/04/06")
    (handle,) = found.handles
    assert (handle.outside_id, handle.name) == ("hana.hatenablog.com", "Hana's garden")
    assert "secret" not in repr(found.batches)


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("speakerdeck.com/hana/seeds", Kind.SLIDES),
        ("www.slideshare.net/hana/seeds", Kind.SLIDES),
        ("www.docswell.com/s/hana/1", Kind.SLIDES),
        ("www.youtube.com/watch?v=abc", Kind.VIDEO),
        ("youtu.be/abc", Kind.VIDEO),
        ("vimeo.com/123", Kind.VIDEO),
        ("note.com/hana/n/n1", Kind.ARTICLE),
    ],
)
def test_the_host_says_what_kind_of_work_it_is(tmp_path: Path, page: str, kind: Kind) -> None:
    found = read(tmp_path, a=rss(entry(f"{WEB}{page}")))
    assert [act.kind for act in found.activities] == [kind]


def test_an_entry_below_an_account_is_that_accounts_also_in_a_shared_feed(tmp_path: Path) -> None:
    shared = rss(
        entry(f"{WEB}qiita.com/hana/items/1"),
        entry(f"{WEB}qiita.com/ken/items/2"),
        link=f"{WEB}qiita.com/organizations/garden",
    )
    own = rss(entry(f"{WEB}qiita.com/hana/items/3"), link=f"{WEB}qiita.com/hana")
    found = read(tmp_path, shared=shared, z=own)
    assert sorted(authors(found)) == ["qiita.com/hana", "qiita.com/hana", "qiita.com/ken"]
    assert {handle.is_name_only for handle in found.handles} == {False}


def test_named_authors_of_a_house_of_several_are_known_by_name_within_it(tmp_path: Path) -> None:
    page = "https://blog.example.com"
    found = read(
        tmp_path,
        a=atom(
            atom_entry(f"{page}/1", author="Hana Mori"),
            atom_entry(f"{page}/2", author="ＫＥＮ"),
            atom_entry(f"{page}/3"),
            atom_entry(f"{page}/4", author="Owner"),
            more="<author><name>Owner</name></author>",
        ),
        b=rss(entry("https://other.example.com/1"), link="https://other.example.com/"),
    )
    assert authors(found) == [
        "name:hana mori blog.example.com",
        "name:ken blog.example.com",
        "blog.example.com",
        "blog.example.com",
        "other.example.com",
    ]
    assert [handle.is_name_only for handle in found.handles] == [True, True, False, False]
    assert found.activities[0].url == f"{page}/1"
    assert found.activities[2].url == f"https://{concealed('blog.example.com')}/3"


def test_categories_of_an_entry_are_facts_of_it_and_a_change_of_them_another_version(
    tmp_path: Path,
) -> None:
    page = f"{WEB}hana.hatenablog.com/entry/1"
    filed = "<category>やまびこ</category><category>#YamabikoSummit</category>"
    found = read(tmp_path, tagged=rss(entry(page, more=filed)))
    (article,) = found.of_kind(Kind.ARTICLE)
    tags = found.of_kind(Kind.TAG)
    assert [(one.place, one.thread, one.record, one.actor) for one in tags] == [
        ("yamabikosummit", article.key, article.record, None),
        ("やまびこ", article.key, article.record, None),
    ]
    (before,) = read(tmp_path, plain=rss(entry(page))).records
    (after,) = found.records
    assert (before.key == after.key, before.content == after.content) == (True, False)


def test_atom_names_categories_by_label_or_term(tmp_path: Path) -> None:
    filed = '<category term="x1" label="Maps"/><category term="walks"/>'
    found = read(tmp_path, atom=atom(atom_entry("https://blog.example.com/1", more=filed)))
    assert [one.place for one in found.of_kind(Kind.TAG)] == ["maps", "walks"]


def test_two_authors_of_one_entry_each_have_it(tmp_path: Path) -> None:
    two = "<author><name>Ken</name></author>"
    found = read(tmp_path, a=atom(atom_entry("https://blog.example.com/1", author="Mio", more=two)))
    assert (len(found.counted), len(found.activities)) == (1, 2)


def test_rss_1_0_and_atom_say_when_in_their_own_words(tmp_path: Path) -> None:
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="{PURL}/rss/1.0/" xmlns:dc="{PURL}/dc/elements/1.1/">'
        "<channel><title>x</title><link>https://a.example.com/</link></channel>"
        "<item><title>x</title><link>https://a.example.com/1</link>"
        "<dc:date>2026-04-06T09:00:00+09:00</dc:date></item></rdf:RDF>"
    )
    only_updated = (
        '<entry><id>tag:x</id><link href="https://blog.example.com/1"/>'
        "<updated>2026-04-06T09:00:00+09:00</updated></entry>"
    )
    found = read(tmp_path, a=rdf, b=atom(only_updated))
    assert [(act.happened_at, act.at_precision) for act in found.activities] == [
        (APRIL_6, AtPrecision.EXACT),
        (APRIL_6, AtPrecision.NOT_AFTER),
    ]


def test_a_time_without_a_zone_is_the_communitys(tmp_path: Path) -> None:
    text = rss(entry("https://a.example.com/1", at="2026-04-06 09:00:00"))
    folder = folder_of({"a.xml": text.encode()}, tmp_path / "feed")
    found = read_with(READER, folder, Choices(zone="Asia/Tokyo"))
    assert found.activities[0].happened_at == APRIL_6


def test_a_broken_entry_costs_itself(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        a=rss(
            entry("https://a.example.com/1"),
            entry("https://a.example.com/2", at=""),
            entry("https://a.example.com/3", at="one day"),
            entry(""),
            entry("https://a.example.com/1?utm_campaign=again"),
        ),
    )
    assert (found.read, len(found.counted), found.repeated) == (5, 1, 1)
    assert [one.place for one in found.refusals] == [
        "a.xml, entry 2",
        "a.xml, entry 3",
        "a.xml, entry 4",
    ]


def test_an_entry_whose_tags_do_not_match_costs_itself_and_not_its_neighbours(
    tmp_path: Path,
) -> None:
    entries = [entry(f"{WEB}blog.example.com/{number}") for number in range(4)]
    entries[1] = entries[1].replace("</title>", "</tite>")
    entries[2] = entries[2].replace("</item>", "")
    found = read(tmp_path, a=rss(*entries, link=f"{WEB}blog.example.com/"))
    assert [(act.url or "").rsplit("/", 1)[-1] for act in found.activities] == ["0", "3"]
    assert [(one.place, one.reason) for one in found.refusals] == [
        ("a.xml, entry 2", words.BROKEN),
        ("a.xml, entry 3", words.BROKEN),
    ]
    assert {handle.name for handle in found.handles} == {"Hana's garden"}


def test_stray_signs_and_unknown_entities_break_no_entry(tmp_path: Path) -> None:
    loose = entry(f"{WEB}blog.example.com/1").replace("A secret title", "A &nbsp; B & C")
    found = read(tmp_path, a=rss(loose, entry(f"{WEB}blog.example.com/2")))
    assert (len(found.activities), found.refusals) == (2, [])


@pytest.mark.parametrize("declared", ["Shift_JIS", "shift-jis", "x-sjis", "UTF-8"])
def test_shift_jis_is_windows_own_also_where_it_is_declared_as_something_else(
    tmp_path: Path, declared: str
) -> None:
    text = rss(entry(f"{WEB}blog.example.com/1"), link=f"{WEB}blog.example.com/")
    text = text.replace("UTF-8", declared).replace("Hana's garden", "山﨑①のブログ")
    found = read(tmp_path, a=text.encode("cp932"))
    assert {handle.name for handle in found.handles} == {"山﨑①のブログ"}


def test_a_feed_that_was_cut_off_gives_what_it_holds_and_says_so(tmp_path: Path) -> None:
    whole = rss(entry("https://a.example.com/1"), entry("https://a.example.com/2"))
    found = read(tmp_path, a=whole[: whole.rindex("<item>") + 10])
    assert found.activities[0].kind is Kind.ARTICLE
    assert [one.place.split(",")[0] for one in found.refusals][-1] == "a.xml"


def test_drafts_pages_and_attachments_of_an_archive_are_left_out(tmp_path: Path) -> None:
    page = "https://a.example.com/"
    states = [
        ("post", "publish"),
        ("post", "draft"),
        ("page", "publish"),
        ("attachment", "inherit"),
    ]
    entries = [
        entry(
            f"{page}{n}",
            more=f"<wp:post_type>{kind}</wp:post_type><wp:status>{state}</wp:status>",
        )
        for n, (kind, state) in enumerate(states)
    ]
    found = read(tmp_path, a=rss(*entries))
    assert (len(found.counted), [one.records for one in found.left_out]) == (1, [3])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "euc_jp", "shift_jis"])
def test_every_encoding_a_feed_declares_is_read(tmp_path: Path, encoding: str) -> None:
    text = rss(entry("https://a.example.com/1")).replace("Hana's garden", "花の庭")
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    content = text.replace("UTF-8", declared.replace("_", "-")).encode(encoding)
    found = read(tmp_path, a=content)
    assert [handle.name for handle in found.handles] == ["花の庭"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_bomb_stays_shut_and_the_rest_is_read(tmp_path: Path, encoding: str) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        "<rss version='2.0'><channel><title>&b;</title></channel></rss>"
    )
    found = read(tmp_path, a=bomb.encode(encoding), b=rss(entry("https://a.example.com/1")))
    assert [(one.place, one.records) for one in found.refusals] == [("a.xml", 1)]
    assert len(found.counted) == 1


def test_a_list_of_feeds_gives_names_and_tells_which_were_not_saved(tmp_path: Path) -> None:
    listed = (
        '<?xml version="1.0"?><opml version="2.0"><body><outline text="Members">'
        f'<outline text="花" xmlUrl="{WEB}hana.hatenablog.com/rss" '
        f'htmlUrl="{WEB}hana.hatenablog.com"/>'
        '<outline text="Ken" xmlUrl="https://ken.example.com/rss" htmlUrl="https://ken.example.com/"/>'
        "</outline></body></opml>"
    )
    found = read(tmp_path, list=listed, a=rss(entry(f"{WEB}hana.hatenablog.com/entry/1")))
    assert [handle.name for handle in found.handles] == ["花"]
    assert [(one.place, one.records) for one in found.left_out] == [("list.xml", 1)]


def test_reading_twice_gives_the_same_and_a_new_date_another_version(tmp_path: Path) -> None:
    page = "https://a.example.com/1"
    one = keys_of(read(tmp_path, a=rss(entry(page))))
    two = keys_of(read(tmp_path, b=rss(entry(page), entry("https://a.example.com/2"))))
    moved = keys_of(read(tmp_path, c=rss(entry(page, at="Tue, 07 Apr 2026 09:00:00 +0900"))))
    (key,) = one
    assert (two[key], moved.keys()) == (one[key], one.keys())
    assert moved[key] != one[key]


def test_pages_and_pictures_are_no_feeds(tmp_path: Path) -> None:
    files = {
        "a.html": b"<!DOCTYPE html><html><body>rss feed</body></html>",
        "b.svg": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        "c.json": [{"feed": 1}],
    }
    assert not recognised_by(READER, folder_of(files, tmp_path / "other"))


WHOLE = rss(entry("https://a.example.com/1"), entry(f"{WEB}note.com/hana/n/1")).encode()
ATOM = atom(atom_entry("https://blog.example.com/1", author="Hana")).encode()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_stands_in_a_feed_is_accounted_for(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([WHOLE, ATOM])))
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 9))] = data.draw(
            st.binary(max_size=4) | st.sampled_from([b"<item>", b"</a>", b"&#0;", b"]]>", b"&x;"])
        )
    with tempfile.TemporaryDirectory() as folder:
        files = {"a.xml": bytes(content), "b.xml": WHOLE}
        check_whatever_it_is(READER, folder_of(files, Path(folder)))
