"""Which signs stand in many texts, found out for all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STABLE = (
    (0x0000, 0x007F), (0x00D7, 0x00D7), (0x03B1, 0x03C9), (0x2013, 0x2015), (0x2018, 0x201D),
    (0x2020, 0x2022), (0x203B, 0x203B), (0x2190, 0x2199), (0x2500, 0x257F), (0x25A0, 0x25FF),
    (0x2600, 0x27BF), (0x3001, 0x3003), (0x3005, 0x3007), (0x300A, 0x3015), (0x301C, 0x301C),
    (0x3041, 0x3096), (0x30A1, 0x30FC), (0x4E00, 0x9FFF), (0xFE0E, 0xFE0F), (0x1F300, 0x1FAFF),
)  # fmt: skip
"""Characters that NFKC leaves as they are, whatever stands beside them: first and last."""
WIDE = ((0x2026, 0x2026), (0x2460, 0x2473), (0x3000, 0x3000), (0xFF01, 0xFF5E))
"""Characters that NFKC makes up to three of these of, whatever stands beside them."""

MARKED, ASKING, BROAD, ODD = 1, 2, 4, 8
"""What a text may hold: mark-up, a sign of a question, wide characters, any that are neither."""
_BLANK = 16
_BEYOND = STABLE[-1][1] + 1
"""Stands for all characters after the last one that is looked at."""


class Signs(NamedTuple):
    """What many texts hold, how long they are, and which of them begin or end with a blank."""

    held: NDArray[np.uint8]
    lengths: NDArray[np.int64]
    is_edged: NDArray[np.bool_]

    def places(self, signs: int) -> list[int]:
        """Return which texts hold one of these."""
        found: list[int] = (self.held & signs).nonzero()[0].tolist()
        return found


def signs_in(texts: Sequence[str]) -> Signs:
    """Look through many texts."""
    import numpy as np

    whole = "\0".join((*texts, "")).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(whole, dtype="<u4")
    signs = _signs().take(codes, mode="clip")
    signs[_asking_in(codes)] |= ASKING
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    ends = (lengths + 1).cumsum() - 1
    starts = ends - lengths
    held = np.bitwise_or.reduceat(signs, starts) if len(texts) else np.zeros(0, dtype=np.uint8)
    return Signs(held, lengths, ((signs[starts] | signs[ends - (lengths > 0)]) & _BLANK) != 0)


def _asking_in(codes: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return where a か stands that may end a question: before 。 or after す or う.

    There is a sign of none of these at both ends.
    """
    import numpy as np

    places = np.flatnonzero(codes == ord("か"))
    before, after = codes[places - 1], codes[places + 1]
    ends = (after == ord("。")) | (before == ord("す")) | (before == ord("う"))
    asking: NDArray[np.int64] = places[ends]
    return asking


@cache
def _signs() -> NDArray[np.uint8]:
    import numpy as np

    signs = np.full(_BEYOND + 1, ODD, dtype=np.uint8)
    for first, last in STABLE:
        signs[first : last + 1] = 0
    for first, last in WIDE:
        signs[first : last + 1] = BROAD
    for written, sign in (("<:&", MARKED), ("?？", ASKING)):
        signs[[ord(one) for one in written]] |= sign
    signs[[code for code in range(0x3001) if chr(code).isspace()]] |= _BLANK
    return signs
