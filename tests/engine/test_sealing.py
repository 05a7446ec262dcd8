"""What goes on from a seal is what the whole log gives; a seal that is not true is not used."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from jibungoto.engine import rollups, steps
from jibungoto.engine.log import LogVersion, opened
from jibungoto.engine.look_up import days_of, lines_keyed, lines_of
from jibungoto.engine.onward import run_onward
from jibungoto.engine.rollups import NEWEST, rollups_of
from jibungoto.engine.sealed import BELOW, Seal, lay, newest_seal
from jibungoto.engine.sealing import run_current, sealed, sealed_until
from jibungoto.engine.since import PIECES
from jibungoto.ledger.person import PersonKind
from jibungoto.understand.catalogue import CATALOGUE
from jibungoto.understand.log import Log
from jibungoto.understand.stepbook import steps as every_step
from jibungoto.understand.thresholds import DEFAULTS, Thresholds
from tests.engine.kept_logs import Kept, before
from tests.understand.communities import AS_OF, ZONE, community
from tests.understand.gathered import eventful

EARLIER = date(2024, 3, 20)
CUT = date(2024, 2, 1)
MANY = [1, *(pytest.param(seed, marks=pytest.mark.torture) for seed in (0, 2, 3, 4))]
COMPLETE = [
    step.name
    for step in every_step()
    if step.name not in PIECES or PIECES[step.name].kept or PIECES[step.name].is_whole
]


def params(as_of: date, rules: Thresholds = DEFAULTS) -> steps.Params:
    return steps.Params(as_of, ZONE, (as_of - timedelta(days=28), as_of.replace(day=1)), rules)


def differing(
    log: LogVersion,
    seal: Seal,
    *,
    as_of: date,
    earlier: tuple[date, ...] = (),
    rules: Thresholds = DEFAULTS,
) -> list[str]:
    """Return the steps that give something else on from the seal than from nothing."""
    asked = params(as_of, rules)
    asked = replace(asked, nights=(*asked.nights, *earlier))
    with opened(log, threads=1) as whole, opened(log, threads=1) as onward:
        steps.run(whole, asked)
        lay(onward, seal, folder=log.folder)
        run_onward(onward, asked, cut=seal.cut)
        is_any_set_aside = onward.execute("select 1 from set_aside").fetchone() is not None
        assert is_any_set_aside or rules == DEFAULTS
        found = []
        for name in COMPLETE:
            expected = whole.execute(f"from {name}")
            columns = ", ".join(f'"{column[0]}"' for column in expected.description or ())
            told = onward.execute(f"select {columns} from {name}")
            if Counter(expected.fetchall()) != Counter(told.fetchall()):
                found.append(name)
        return found


def has_another_handle(log: Log, *, since: date, night: date) -> bool:
    """Say whether somebody seen before the cut got one more handle between two nights."""
    then = {one.actor for one in before(log, since).who}
    seen = {one.actor for one in log.activities if one.day < CUT}
    seen |= {actor for one in log.ties if one.day < CUT for actor in (one.from_actor, one.to_actor)}
    people = {one.person for one in log.who if one.actor in seen}
    return any(one.person in people and one.actor not in then for one in before(log, night).who)


@pytest.mark.parametrize("seed", MANY)
def test_every_step_goes_on_from_a_seal_as_if_from_nothing(seed: int, tmp_path: Path) -> None:
    log, folder = community(seed), Kept(tmp_path)
    first = folder.version(before(log, EARLIER))
    seal = sealed_until(first, params(EARLIER))
    assert seal.cut == CUT
    assert differing(first, seal, as_of=EARLIER) == []
    day = EARLIER
    for days in (1, 20 + seed):
        later = day + timedelta(days=days)
        version = folder.version(before(log, later), since=day)
        is_broken = has_another_handle(log, since=EARLIER, night=later)
        assert newest_seal(version, params(later)) == (None if is_broken else seal)
        if is_broken:  # everything is worked out from nothing then
            return
        assert differing(version, seal, as_of=later) == []
        day = later


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(5))
def test_events_and_what_is_made_go_on_from_a_seal_as_if_from_nothing(
    seed: int, tmp_path: Path
) -> None:
    log = Kept(tmp_path).version(eventful(seed))
    seal = sealed(log, steps.Params(date(2023, 9, 1), ZONE), before=None)
    assert differing(log, seal, as_of=AS_OF) == []


def test_nights_before_the_day_of_a_seal_are_answered_as_from_nothing(tmp_path: Path) -> None:
    rules = replace(DEFAULTS, help_others=1, activated_others=1)  # so that some are set aside
    log = Kept(tmp_path).version(before(community(6), EARLIER))
    seal = sealed_until(log, params(EARLIER, rules))
    nights = (date(2023, 7, 1), date(2024, 1, 1))
    assert differing(log, seal, as_of=EARLIER, earlier=nights, rules=rules) == []


@pytest.mark.parametrize("seed", MANY)
def test_a_seal_goes_on_where_another_ends(seed: int, tmp_path: Path) -> None:
    log, cuts = Kept(tmp_path).version(eventful(seed)), (date(2023, 1, 1), date(2023, 9, 1), CUT)
    seal = None
    for cut in cuts:
        seal = sealed(log, steps.Params(cut, ZONE), before=seal)
    assert seal is not None and len(seal.files["acts"]) == 3
    assert differing(log, seal, as_of=AS_OF) == []


Change = Callable[[Log, Random], Log]


def a_late_file(log: Log, random: Random) -> Log:
    one = random.choice([one for one in log.activities if one.day < CUT and one.kind == "message"])
    return replace(log, activities=[*log.activities, replace(one, key=f"{one.key}-late")])


def an_undo(log: Log, random: Random) -> Log:
    gone = random.choice([one for one in log.activities if one.day < CUT])
    return replace(log, activities=[one for one in log.activities if one != gone])


def an_edit(log: Log, random: Random) -> Log:
    nth = random.choice([n for n, one in enumerate(log.activities) if one.day < CUT])
    edited = [*log.activities]
    edited[nth] = replace(edited[nth], is_question=not edited[nth].is_question)
    return replace(log, activities=edited)


def a_merge(log: Log, random: Random) -> Log:
    one, other = random.sample(seen(log), 2)
    who = [replace(each, person=other) if each.person == one else each for each in log.who]
    return replace(log, who=who)


def a_staff_mark(log: Log, random: Random) -> Log:
    member = random.choice(seen(log))
    who = [replace(o, kind=PersonKind.STAFF) if o.person == member else o for o in log.who]
    return replace(log, who=who)


def seen(log: Log) -> list[int]:
    """Return the members who acted before the day until which is sealed."""
    actors = {one.actor for one in log.activities if one.day < CUT}
    members = {one.person for one in log.who if one.actor in actors and one.kind == "member"}
    return sorted(members)


CHANGES = (a_late_file, an_undo, an_edit, a_merge, a_staff_mark)


def test_a_seal_is_not_true_once_something_differs_before_its_day(tmp_path: Path) -> None:
    log = before(community(1), EARLIER)
    seal = sealed_until(Kept(tmp_path, "before").version(log), params(EARLIER))
    for change in CHANGES:
        version = Kept(tmp_path, change.__name__).version(change(log, Random(1)))
        assert newest_seal(version, params(EARLIER)) is None, change.__name__
    assert sealed_until(version, params(EARLIER)) != seal


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(2, 4))
@pytest.mark.parametrize("change", CHANGES)
def test_a_seal_is_made_anew_once_something_differs_before_its_day(
    change: Change, seed: int, tmp_path: Path
) -> None:
    log = before(community(seed), EARLIER)
    sealed_until(Kept(tmp_path, "before").version(log), params(EARLIER))
    version = Kept(tmp_path, "after").version(change(log, Random(seed)))
    assert newest_seal(version, params(EARLIER)) is None
    assert differing(version, sealed_until(version, params(EARLIER)), as_of=EARLIER) == []


@pytest.mark.parametrize("seed", MANY)
def test_the_same_rows_in_other_files_and_changes_since_leave_it_true(
    seed: int, tmp_path: Path
) -> None:
    log = before(community(seed), EARLIER)
    seal = sealed_until(Kept(tmp_path, "before").version(log), params(EARLIER))
    gone = Random(seed).choice([one for one in log.activities if one.day >= CUT])
    less = replace(log, activities=[one for one in log.activities if one != gone])
    newcomer = replace(log.who[0], actor="nobody yet", person=9_999)
    less = replace(less, who=[*less.who, newcomer])
    version = Kept(tmp_path, "after").version(less)
    assert newest_seal(version, params(EARLIER)) == seal
    assert differing(version, seal, as_of=EARLIER) == []


def test_a_seal_by_other_rules_or_in_pieces_is_not_used(tmp_path: Path) -> None:
    log = Kept(tmp_path).version(before(community(3), EARLIER))
    seal = sealed_until(log, params(EARLIER))
    assert newest_seal(log, params(EARLIER)) == seal
    assert newest_seal(log, params(CUT - timedelta(days=1))) is None
    assert newest_seal(log, replace(params(EARLIER), zone="UTC")) is None
    (told,) = (tmp_path / BELOW).glob("*.json")
    whole = told.read_bytes()
    told.write_bytes(whole[:40])
    assert newest_seal(log, params(EARLIER)) is None
    told.write_bytes(whole)
    (tmp_path / seal.files["acts"][0]).unlink()
    assert newest_seal(log, params(EARLIER)) is None


def test_pages_read_the_same_on_from_a_seal(tmp_path: Path) -> None:
    log = Kept(tmp_path).version(before(community(4), EARLIER))
    with opened(log, threads=1) as con:
        assert run_current(con, log, params=params(EARLIER)) is None  # small: from nothing
        expected = {one.key: steps.rows_behind(con, one.key, as_of=EARLIER) for one in CATALOGUE}
    with opened(log, threads=1) as con:
        seal = run_current(con, log, params=params(EARLIER), least=0)
        assert seal is not None
        rollups.keep(con, log, night=EARLIER, seal=seal)
        kept = rollups_of(log, EARLIER)
        for key, rows in expected.items():
            assert rollups.kept_rows(kept, key) == rows
        actors = [row[0] for row in con.execute("select distinct actor from activity").fetchall()]
        for actor in actors:
            assert rollups.kept_days(kept, [actor]) == days_of(con, [actor], before=EARLIER)
            newest = lines_of(con, [actor], before=EARLIER, limit=NEWEST)
            assert rollups.kept_newest(kept, [actor], limit=NEWEST) == newest
        named = [(one.source, one.key) for rows in expected.values() for one in rows]
        named += con.execute("select source, key from evidence").fetchall()
        keys = sorted({(source, key) for source, key in named if source and key})
        assert rollups.kept_lines(kept, keys) == lines_keyed(con, keys)


def test_where_facts_change_by_the_hour_answers_come_from_nothing(tmp_path: Path) -> None:
    log = before(community(5), EARLIER)
    sealed_until(Kept(tmp_path, "before").version(log), params(EARLIER))
    version = Kept(tmp_path, "after").version(a_staff_mark(log, Random(5)))
    with opened(version, threads=1) as con:
        assert run_current(con, version, params=params(EARLIER), least=0) is None
    for told in (tmp_path / BELOW).glob("*.json"):
        os.utime(told, (1, 1))
    with opened(version, threads=1) as con:
        assert run_current(con, version, params=params(EARLIER), least=0) is not None
    assert len(list((tmp_path / BELOW).glob("*.json"))) == 2
