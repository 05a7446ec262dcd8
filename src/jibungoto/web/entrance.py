"""The way into a community: every page of one is reached through it, as somebody with a role."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from jibungoto.desk.acting import Acting, acting_as
from jibungoto.desk.reading import reading
from jibungoto.ledger.problems import NotAllowed, UnknownName

Rest = ParamSpec("Rest")
_ONLY_READ = {"GET", "HEAD"}
Page = Callable[Concatenate[HttpRequest, Acting, Rest], HttpResponseBase]


def in_community(page: Page[Rest]) -> Callable[..., HttpResponseBase]:
    """Let a page be reached as ``/<community>/...`` by its members alone; strangers see 404.

    A name that is not there becomes 404 too, and what the role may not do 403.
    """

    @wraps(page)
    def entered(
        request: HttpRequest, community: str, *args: Rest.args, **named: Rest.kwargs
    ) -> HttpResponseBase:
        user_id = request.user.pk
        acting = acting_as(user_id, community) if user_id is not None else None
        if acting is None:
            raise Http404
        request.acting = acting  # type: ignore[attr-defined]  # read by the surroundings
        try:
            with reading() if request.method in _ONLY_READ else nullcontext():
                return page(request, acting, *args, **named)
        except UnknownName as problem:
            raise Http404 from problem
        except NotAllowed as problem:
            raise PermissionDenied from problem

    return entered


@in_community
def community_door(_request: HttpRequest, acting: Acting) -> HttpResponse:
    """Lead whoever typed no page to the first one."""
    return redirect("today", community=acting.community.slug)


def front_door(request: HttpRequest) -> HttpResponse:
    """Lead to the first community of whoever comes in."""
    user_id = request.user.pk
    acting = acting_as(user_id) if user_id is not None else None
    if acting is None:
        raise Http404
    return redirect("today", community=acting.community.slug)
