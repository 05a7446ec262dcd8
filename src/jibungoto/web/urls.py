"""The addresses of the pages: everything of a community lies under its own name."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from jibungoto.web.entrance import community_door, front_door
from jibungoto.web.look import component_sheet
from jibungoto.web.pages.alike import alike_page, part_page
from jibungoto.web.pages.begin import SignIn, begin_page
from jibungoto.web.pages.briefs import briefs_page
from jibungoto.web.pages.briefs_one import brief_page, claim_page, figures_page
from jibungoto.web.pages.briefs_out import brief_file, read_page
from jibungoto.web.pages.briefs_out import links_page as brief_links_page
from jibungoto.web.pages.briefs_send import rhythm_page, send_page
from jibungoto.web.pages.declaring import declare_page
from jibungoto.web.pages.erasing import erase_page, person_file
from jibungoto.web.pages.journeys import journeys_page
from jibungoto.web.pages.ladder import ladder_page
from jibungoto.web.pages.measures import measure_page, measure_rows_page, measures_page
from jibungoto.web.pages.organisations import organisations_export, organisations_page
from jibungoto.web.pages.organisations_one import belonging_page, organisation_page
from jibungoto.web.pages.people import people_export, people_page
from jibungoto.web.pages.person import opt_out_page, person_page, touch_page
from jibungoto.web.pages.plan_decide import decide_page
from jibungoto.web.pages.plan_editor import edit_page
from jibungoto.web.pages.plan_file import plan_file
from jibungoto.web.pages.plan_one import changes_page, plan_page, yaml_file
from jibungoto.web.pages.plan_standing import feed, review_page, score_page
from jibungoto.web.pages.plans import plans_page
from jibungoto.web.pages.report import report_file, report_page
from jibungoto.web.pages.scopes import scope_page, scopes_page
from jibungoto.web.pages.seats import seats_page
from jibungoto.web.pages.segments import segment_page, segments_page
from jibungoto.web.pages.sources import progress_fragment, sources_page, undo_page, way_page
from jibungoto.web.pages.sources_intake import answer_page, intake_page
from jibungoto.web.pages.sources_private import private_page
from jibungoto.web.pages.staff import staff_page
from jibungoto.web.pages.stakeholders import stakeholders_page
from jibungoto.web.pages.stakeholders_one import (
    contact_drop_page,
    contact_page,
    deliver_page,
    delivery_page,
    new_page,
    one_page,
)
from jibungoto.web.pages.studies import (
    change_question_page,
    evidence_page,
    new_question_page,
    question_page,
)
from jibungoto.web.pages.studies_money import money_page
from jibungoto.web.pages.studies_records import file_page, links_page
from jibungoto.web.pages.team import alert_page, isolation_page, team_page
from jibungoto.web.pages.team_writing import accounts_page, cover_page
from jibungoto.web.pages.team_writing import people_page as team_people_page
from jibungoto.web.pages.today import today_page
from jibungoto.web.pages.trials import new_trial_page, trial_list, trial_page
from jibungoto.web.pages.voices import voices_page
from jibungoto.web.theme import choose_theme

IN_A_COMMUNITY = [
    path("today/", today_page, name="today"),
    path("people/", people_page, name="people"),
    path("people/alike/", alike_page, name="people_alike"),
    path("people/segments/", segments_page, name="people_segments"),
    path("people/segments/<str:key>/", segment_page, name="people_segment"),
    path("people/organisations/", organisations_page, name="people_organisations"),
    path(
        "people/organisations.<str:ending>",
        organisations_export,
        name="people_organisations_export",
    ),
    path("people/organisations/<int:number>/", organisation_page, name="people_organisation"),
    path("people/<int:number>/declare/", declare_page, name="people_declare"),
    path("people/<int:number>/erase/", erase_page, name="people_erase"),
    path("people/<int:number>/everything.<str:ending>", person_file, name="people_file"),
    path("people/<int:number>/belonging/", belonging_page, name="people_belonging"),
    path("people.<str:ending>", people_export, name="people_export"),
    path("people/<int:number>/", person_page, name="people_person"),
    path("people/<int:number>/touch/", touch_page, name="touch"),
    path("people/<int:number>/part/", part_page, name="people_part"),
    path("people/<int:number>/opt-out/", opt_out_page, name="people_opt_out"),
    path("ladder/", ladder_page, name="ladder"),
    path("measures/", measures_page, name="measures"),
    path("measures/scopes/", scopes_page, name="measures_scopes"),
    path("measures/scopes/<str:kind>/<str:key>/", scope_page, name="measures_scope"),
    path("measures/journeys/", journeys_page, name="measures_journeys"),
    path("measures/seats/", seats_page, name="measures_seats"),
    path("measures/<str:key>/", measure_page, name="measures_one"),
    path("measures/<str:key>/rows/", measure_rows_page, name="measures_rows"),
    path("plans/", plans_page, name="plans"),
    path("plans/<str:key>.yaml", yaml_file, name="plans_yaml"),
    path("plans/<str:key>.<str:ending>", plan_file, name="plans_file"),
    path("plans/<str:key>/", plan_page, name="plans_one"),
    path("plans/<str:key>/decide/", decide_page, name="plans_decide"),
    path("plans/<str:key>/score/", score_page, name="plans_score"),
    path("plans/<str:key>/review/", review_page, name="plans_review"),
    path("plans/<str:key>/<int:number>/edit/", edit_page, name="plans_edit"),
    path("plans/<str:key>/<int:number>/changes/", changes_page, name="plans_changes"),
    path("sources/", sources_page, name="sources"),
    path("sources/progress/", progress_fragment, name="sources_progress"),
    path("sources/<int:number>/", intake_page, name="sources_intake"),
    path("sources/how/<str:key>/", way_page, name="sources_way"),
    path("sources/<int:number>/answer/", answer_page, name="sources_answer"),
    path("sources/<int:number>/undo/", undo_page, name="sources_undo"),
    path("sources/<int:number>/private/", private_page, name="sources_private"),
    path("staff/", staff_page, name="staff"),
    path("report/", report_page, name="report"),
    path("report.<str:ending>", report_file, name="report_file"),
    path("briefs/", briefs_page, name="briefs"),
    path("briefs/calendar/", rhythm_page, name="briefs_rhythm"),
    path("briefs/voices/", voices_page, name="briefs_voices"),
    path("briefs/<int:number>/send/", send_page, name="briefs_send"),
    path("briefs/<int:number>/", brief_page, name="briefs_one"),
    path("briefs/<int:number>/claim/", claim_page, name="briefs_claim"),
    path("briefs/<int:number>/figures/", figures_page, name="briefs_figures"),
    path("briefs/<int:number>/links/", brief_links_page, name="briefs_links"),
    path("briefs/<int:number>.<str:ending>", brief_file, name="briefs_file"),
    path("evidence/", evidence_page, name="evidence"),
    path("evidence/new/", new_question_page, name="evidence_new"),
    path("evidence/accounts/", links_page, name="evidence_links"),
    path("evidence/money/<str:key>/", money_page, name="evidence_money"),
    path("evidence/files/<int:number>/", file_page, name="evidence_file"),
    path("evidence/draws/", new_trial_page, name="evidence_trials"),
    path("evidence/draws/<int:number>/", trial_page, name="evidence_trial"),
    path("evidence/draws/<int:number>/list/", trial_list, name="evidence_trial_list"),
    path("evidence/<int:number>/", question_page, name="evidence_study"),
    path("evidence/<int:number>/change/", change_question_page, name="evidence_change"),
    path("team/", team_page, name="team"),
    path("team/people/", team_people_page, name="team_people"),
    path("team/cover/", cover_page, name="team_cover"),
    path("team/accounts/", accounts_page, name="team_accounts"),
    path("team/alerts/<str:key>/", alert_page, name="team_alert"),
    path("team/isolation/", isolation_page, name="team_isolation"),
    path("stakeholders/", stakeholders_page, name="stakeholders"),
    path("stakeholders/new/", new_page, name="stakeholders_new"),
    path("stakeholders/contact/", contact_page, name="stakeholders_contact"),
    path(
        "stakeholders/contacts/<int:number>/drop/",
        contact_drop_page,
        name="stakeholders_contact_drop",
    ),
    path(
        "stakeholders/deliveries/<int:number>/",
        delivery_page,
        name="stakeholders_delivery",
    ),
    path("stakeholders/<int:number>/", one_page, name="stakeholders_one"),
    path("stakeholders/<int:number>/deliver/", deliver_page, name="stakeholders_deliver"),
]

urlpatterns = [
    path("", front_door, name="home"),
    path("begin/<str:token>/", begin_page, name="begin"),
    path("sign-in/", SignIn.as_view(), name="sign_in"),
    path("sign-out/", auth.LogoutView.as_view(), name="sign_out"),
    path("read/<str:token>/", read_page, name="read_brief"),
    path("language/", login_not_required(set_language), name="choose_language"),
    path("calendar/<str:token>.ics", feed, name="plan_feed"),
    path("theme/", choose_theme, name="choose_theme"),
    path("look/", component_sheet, name="look"),
    path("<str:community>/", community_door, name="community"),
    path("<str:community>/", include(IN_A_COMMUNITY)),
]
