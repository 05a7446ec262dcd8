"""What every page shows around its content: community, navigation, theme and the languages."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.alike import waiting
from jibungoto.desk.understand.today import newest_answer
from jibungoto.web.navigation import MOST_COUNTED, entries, grouped
from jibungoto.web.segment_address import asking, key_asked
from jibungoto.web.segment_chooser import WALKED, chooser
from jibungoto.web.theme import chosen_theme


def surroundings(request: HttpRequest) -> dict[str, object]:
    """Return what the layouts read; a page without a community has no rooms to walk through.

    ``as_of`` is looked up only where a page that did not say it shows it.
    """
    shown: dict[str, object] = {
        "theme": chosen_theme(request).value,
        "here": request.get_full_path(),
    }
    acting: Acting | None = getattr(request, "acting", None)
    if acting is None:
        return shown
    match = request.resolver_match
    view_name = (match.view_name if match else "") or ""
    waits = waiting(acting, at_most=MOST_COUNTED)
    key = key_asked(request)
    kept = dict.fromkeys(WALKED, asking(key))
    return shown | {
        "community": acting.community,
        "navigation": grouped(entries(view_name, acting.community.slug, waiting=waits, kept=kept)),
        "of_segment": key,
        "chooser": SimpleLazyObject(lambda: chooser(request, acting, view=view_name)),
        "as_of": SimpleLazyObject(lambda: _newest_day(acting)),
    }


def _newest_day(acting: Acting) -> date | None:
    answer = newest_answer(acting)
    return answer.as_of if answer else None
