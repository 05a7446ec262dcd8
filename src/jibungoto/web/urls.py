"""The addresses of the pages: everything of a community lies under its own name."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from jibungoto.web.entrance import front_door
from jibungoto.web.look import component_sheet
from jibungoto.web.pages.alike import alike_page, part_page
from jibungoto.web.pages.begin import begin_page
from jibungoto.web.pages.ladder import ladder_page
from jibungoto.web.pages.measures import measure_page, measure_rows_page, measures_page
from jibungoto.web.pages.people import people_export, people_page
from jibungoto.web.pages.person import opt_out_page, person_page, touch_page
from jibungoto.web.pages.report import report_page
from jibungoto.web.pages.sources import progress_fragment, sources_page, undo_page, way_page
from jibungoto.web.pages.sources_intake import answer_page, intake_page
from jibungoto.web.pages.sources_private import private_page
from jibungoto.web.pages.staff import staff_page
from jibungoto.web.pages.today import today_page
from jibungoto.web.theme import choose_theme

IN_A_COMMUNITY = [
    path("today/", today_page, name="today"),
    path("people/", people_page, name="people"),
    path("people/alike/", alike_page, name="people_alike"),
    path("people.<str:ending>", people_export, name="people_export"),
    path("people/<int:number>/", person_page, name="people_person"),
    path("people/<int:number>/touch/", touch_page, name="touch"),
    path("people/<int:number>/part/", part_page, name="people_part"),
    path("people/<int:number>/opt-out/", opt_out_page, name="people_opt_out"),
    path("ladder/", ladder_page, name="ladder"),
    path("measures/", measures_page, name="measures"),
    path("measures/<str:key>/", measure_page, name="measures_one"),
    path("measures/<str:key>/rows/", measure_rows_page, name="measures_rows"),
    path("sources/", sources_page, name="sources"),
    path("sources/progress/", progress_fragment, name="sources_progress"),
    path("sources/<int:number>/", intake_page, name="sources_intake"),
    path("sources/how/<str:key>/", way_page, name="sources_way"),
    path("sources/<int:number>/answer/", answer_page, name="sources_answer"),
    path("sources/<int:number>/undo/", undo_page, name="sources_undo"),
    path("sources/<int:number>/private/", private_page, name="sources_private"),
    path("staff/", staff_page, name="staff"),
    path("report/", report_page, name="report"),
]

urlpatterns = [
    path("", front_door, name="home"),
    path("begin/<str:token>/", begin_page, name="begin"),
    path(
        "sign-in/",
        auth.LoginView.as_view(
            template_name="pages/sign_in.html",
            next_page="home",
            redirect_authenticated_user=True,
        ),
        name="sign_in",
    ),
    path("sign-out/", auth.LogoutView.as_view(), name="sign_out"),
    path("language/", login_not_required(set_language), name="choose_language"),
    path("theme/", choose_theme, name="choose_theme"),
    path("look/", component_sheet, name="look"),
    path("<str:community>/", include(IN_A_COMMUNITY)),
]
