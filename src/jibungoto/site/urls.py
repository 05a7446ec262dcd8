"""All addresses of the site, and the pages shown when something goes wrong."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("jibungoto.web.urls"))]

handler400 = "jibungoto.web.problems.bad_request"
handler403 = "jibungoto.web.problems.permission_denied"
handler404 = "jibungoto.web.problems.page_not_found"
handler500 = "jibungoto.web.problems.server_error"
