"""Holds the sentences and tables of a brief against its figures, and names what cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jibungoto.explain.briefs.backing import best_grade, foreign_numbers, is_above, is_wish
from jibungoto.explain.briefs.brief import SMALL_PRINT, Brief, Part
from jibungoto.explain.briefs.figures import shown_of
from jibungoto.explain.briefs.quoting import quotes
from jibungoto.explain.briefs.rewriting import (
    GIVEN_BY_HEAD,
    Known,
    grade_of,
    is_as_drafted,
    taken_as_told,
)
from jibungoto.explain.briefs.standing_again import (
    condition_tables,
    is_on_conditions,
    stands_so,
    typed_in_plans,
)
from jibungoto.explain.claims import Claim, Tone
from jibungoto.explain.document import Cell, Table
from jibungoto.explain.numbers_said import numbers_in
from jibungoto.explain.printing import HIDDEN_BELOW, Printed
from jibungoto.explain.wordings import (
    CONDITION_AT_RISK,
    CONDITION_LOST,
    CONDITION_OFF,
    STANDING,
)
from jibungoto.ledger.words import Words

SAYS_OTHERWISE = Words(
    "文「{text}」は、計算した値から書き直した文と違います。",
    "The sentence “{text}” is not the one its figures give.",
)
GRADED_OTHERWISE = Words(
    "文「{text}」の根拠の段階{grade}は、もとになる値からは{best}です。",
    "The sentence “{text}” is graded {grade}; what it rests on gives {best}.",
)
FOREIGN = Words(
    "人が書いた文「{text}」の数「{number}」は、その文の指標の数字ではありません。",
    "“{number}” in the sentence “{text}”, written by a person, is no number of its figures.",
)
CELL_OTHERWISE = Words(
    "表「{table}」の「{row}」は、計算した値と違います。",
    "In the table “{table}”, “{row}” does not say what was computed.",
)
STANDS_OTHERWISE = Words(
    "勝利条件についての文「{text}」が、判定の表と合いません。",
    "The sentence “{text}” does not fit the table of verdicts.",
)
OF_TABLE = Words("表「{title}」({head})", "table “{title}” ({head})")
OF_HEAD = Words("表「{head}」", "table “{head}”")
OF_LINES = Words("「{head}」の行: {n}行", "lines under “{head}”: {n}")
OF_SENTENCE = Words("文「{text}」の {told}", "{told} in the sentence “{text}”")
OF_STUDY = Words(
    "文「{text}」(もとの記録は外に出ません)",
    "the sentence “{text}” (the records behind it stay in the house)",
)
AS_TOLD = Words("文「{text}」(書かれたまま)", "the sentence “{text}” (as it was told)")
OLD_FORMAT = Words(
    "発行時の形式が古いため(形式{format}、jibungoto {product})、文と表は数が合うかだけを見ました。",
    "It was issued in format {format} by jibungoto {product}: of sentences and tables only the "
    "numbers were compared.",
)
NOT_JUDGED = Words(
    "発行時の形式に勝利条件のもとになる推移がないため(形式{format}、jibungoto {product})、"
    "判定と予測は計算し直せません。",
    "It was issued in format {format} by jibungoto {product}, without the course that victory "
    "conditions are judged by: verdicts and forecasts cannot be computed.",
)
OLD_FORMATS = {1: OLD_FORMAT, 2: NOT_JUDGED}
"""What was not looked at in packages of older formats."""
_GOOD, _RISK, _OFF = "●◎", "▲", "■×"
_MARK_OF = {CONDITION_LOST: "×", CONDITION_OFF: "■", CONDITION_AT_RISK: "▲"}


@dataclass(frozen=True, slots=True)
class Proof:
    """A brief, and its figures as they come out now.

    Sentences say theirs since format 2, victory conditions their course since format 3.
    """

    brief: Brief
    known: Known
    wrong: frozenset[str]
    is_drafted: bool = True
    is_judged: bool = True


def wrong_sentences(proof: Proof) -> Iterator[Words]:
    """Yield what is wrong with sentences: their numbers, their direction, their grade."""
    for part in proof.brief.parts:
        for claim in part.claims:
            if set(claim.figures) & proof.wrong:
                continue  # its figure is named already
            yield from _against(claim, part, proof=proof)


def _against(claim: Claim, part: Part, *, proof: Proof) -> Iterator[Words]:
    if not all(_is_quoted(claim, key, proof=proof) for key in claim.figures):
        yield _about(SAYS_OTHERWISE, claim)
    elif proof.is_drafted:
        yield from _by_hand(claim, proof) if claim.is_edited else _drafted(claim, part, proof=proof)


def _is_quoted(claim: Claim, key: str, *, proof: Proof) -> bool:
    figure = proof.known.figures.get(key)
    return figure is not None and quotes(claim.text, figure)


def _drafted(claim: Claim, part: Part, *, proof: Proof) -> Iterator[Words]:
    if claim.drafted is not None and claim.evidence is None:
        if not is_as_drafted(claim, proof.known) or not _is_toned(claim, proof.brief):
            yield _about(SAYS_OTHERWISE, claim)
        elif not _stands(claim, proof):
            yield _about(STANDS_OTHERWISE, claim)
    elif claim.evidence is None and part.head not in GIVEN_BY_HEAD:
        yield _about(SAYS_OTHERWISE, claim)
    best = grade_of(claim, part.head)
    if claim.grade is not best:
        yield _about(GRADED_OTHERWISE, claim, grade=claim.grade.value, best=best.value)


def _is_toned(claim: Claim, brief: Brief) -> bool:
    """Say whether a sentence on a change heads where its comparison does."""
    tones = {one.tone for one in brief.comparisons if one.now in claim.figures[:1]}
    if claim.tone is Tone.NEITHER or not tones - {Tone.NEITHER}:
        return True
    return claim.tone in tones or len(claim.figures) < 2


def _by_hand(claim: Claim, proof: Proof) -> Iterator[Words]:
    best = best_grade(claim, proof.brief)
    if is_above(claim, best):
        yield _about(GRADED_OTHERWISE, claim, grade=claim.grade.value, best=best.value)
    if not is_wish(claim):
        for number in foreign_numbers(claim, proof.brief):
            yield _about(FOREIGN, claim, number=number)


def _about(words: Words, claim: Claim, **told: str) -> Words:
    return Words(
        words.ja.format(text=claim.text.ja, **told), words.en.format(text=claim.text.en, **told)
    )


def _stands(claim: Claim, proof: Proof) -> bool:
    if proof.is_judged:
        return stands_so(claim, proof.brief)
    return _fits_table(claim, proof.brief)


def _fits_table(claim: Claim, brief: Brief) -> bool:
    """Say whether a sentence on victory conditions fits the table of their verdicts."""
    drafted = claim.drafted
    rows = [row for table in condition_tables(brief) for row in table.rows]
    if drafted is None or not rows:
        return True
    told = {fill.place: fill.told for fill in drafted.fills if fill.told is not None}
    marks = [row[-1].text.en[:1] for row in rows]
    if drafted.wording == STANDING:
        counts = {"all": len(rows)} | {
            place: sum(mark in signs for mark in marks)
            for place, signs in (("good", _GOOD), ("risk", _RISK), ("off", _OFF))
        }
        return all(told[place].en == str(n) for place, n in counts.items() if place in told)
    mark, name = _MARK_OF.get(drafted.wording), told.get("name")
    if mark is None or name is None:
        return True
    own = [row[-1].text.en[:1] for row in rows if row[0].text.en.endswith(name.en)]
    return not own or mark in own


def wrong_cells(proof: Proof) -> Iterator[Words]:
    """Yield the cells that print a figure otherwise than it comes out."""
    for part in proof.brief.parts:
        for table in part.tables:
            for row in table.rows:
                if not all(_is_right(cell, proof) for cell in row):
                    title, name = table.title, row[0].text
                    yield Words(
                        CELL_OTHERWISE.ja.format(table=title.ja, row=name.ja),
                        CELL_OTHERWISE.en.format(table=title.en, row=name.en),
                    )


def _is_right(cell: Cell, proof: Proof) -> bool:
    if not cell.of_figure or cell.of_figure in proof.wrong:
        return True
    figure = proof.known.figures.get(cell.of_figure)
    if figure is None:
        return False
    shown = shown_of(figure)
    return cell.text == (shown.interval if cell.of_aspect == "interval" else shown.value)


def written_by_hand(brief: Brief) -> tuple[Words, ...]:
    """Return the sentences a person wrote or changed: nothing but their numbers was compared."""
    return tuple(dict.fromkeys(one.text for one in brief.claims() if one.is_edited))


def not_recomputed(brief: Brief) -> tuple[Words, ...]:
    """Return by name every table, line and number that the package holds no inputs of."""
    found = list(typed_in_plans(brief))
    judged = bool(brief.conditions_kept)
    tables = list(condition_tables(brief)) if judged else []
    for part in brief.parts:
        head = part.head.words
        for claim in part.claims:
            if not claim.is_edited and not (judged and is_on_conditions(claim)):
                found += _untold(claim)
        found += [
            _filled(OF_HEAD if table.title == head else OF_TABLE, title=table.title, head=head)
            for table in part.tables
            if table not in tables and _has_own_numbers(table)
        ]
        lines = [one for one in part.text if numbers_in(one.ja) or numbers_in(one.en)]
        if lines and part.head not in SMALL_PRINT:
            n = Words(str(len(lines)), str(len(lines)))
            found.append(_filled(OF_LINES, head=head, n=n))
    return tuple(dict.fromkeys(found))


def _untold(claim: Claim) -> list[Words]:
    """Return what of a drafted sentence stands as it was told."""
    if claim.evidence is not None:
        return [_about(OF_STUDY, claim)]
    if claim.drafted is None:
        return [_about(AS_TOLD, claim)]
    told = list(taken_as_told(claim))
    if not told:
        return []
    ja, en = "、".join(one.ja for one in told), ", ".join(one.en.strip() for one in told)
    return [_filled(OF_SENTENCE, text=claim.text, told=Words(ja, en))]


def _has_own_numbers(table: Table) -> bool:
    """Say whether a table has a cell that no figure of the brief gives."""
    cells = (cell for row in table.rows for cell in row[1:] if not cell.of_figure)
    return any(numbers_in(cell.text.ja) or cell.text.en[:1] in "●▲■◎×" for cell in cells)


def _filled(words: Words, **values: Words) -> Words:
    return Words(
        words.ja.format(**{name: value.ja for name, value in values.items()}),
        words.en.format(**{name: value.en for name, value in values.items()}),
    )


_HIDING = re.compile(
    r"<5( of [\d,]+| / [\d,]+)?|fewer than 5( of [\d,]+)?|hidden|-|"
    r"Fewer than (?:5|10) cases\.|(?P<least>[\d,]+)(?: or more of |\+ / )(?P<whole>[\d,]+)"
)


def hides(shown: Printed) -> bool:
    """Say whether what is printed instead of a withheld value tells no more than it may."""
    return all(_hides(text) for text in (shown.value.en, shown.said.en, shown.n.en)) and all(
        _hides_in_japanese(text) for text in (shown.value.ja, shown.said.ja, shown.n.ja)
    )


def _hides(text: str) -> bool:
    found = _HIDING.fullmatch(text)
    if found is None or found["least"] is None:
        return found is not None
    least, whole = (int(found[name].replace(",", "")) for name in ("least", "whole"))
    return least == max(whole - HIDDEN_BELOW + 1, HIDDEN_BELOW)


_HIDING_JA = re.compile(
    r"(?:[\d,]+\D{1,3}中)?5\D{0,3}未満(?: / [\d,]+)?|非表示|-|"
    r"(?P<whole>[\d,]+)\D{1,3}中(?P<least>[\d,]+)\D{1,3}以上|"
    r"(?P<least2>[\d,]+)以上 / (?P<whole2>[\d,]+)"
)


def _hides_in_japanese(text: str) -> bool:
    found = _HIDING_JA.fullmatch(text)
    if found is None:
        return False
    least, whole = found["least"] or found["least2"], found["whole"] or found["whole2"]
    if least is None:
        return True
    least, whole = (int(one.replace(",", "")) for one in (least, whole))
    return least == max(whole - HIDDEN_BELOW + 1, HIDDEN_BELOW)
