"""Pages that span features: start, Today, figures, settings, and the administration of what lies outside."""

from django.urls import path

from fairfloor.desk.web import (
    views_administration,
    views_board,
    views_board_public,
    views_digest,
    views_figure,
    views_home,
    views_outside,
    views_people,
    views_phone,
    views_settings,
    views_start,
    views_worker_link,
)

app_name = "desk"
urlpatterns = [
    path("", views_home.home, name="home"),
    path("reminders/", views_digest.digest, name="digest"),
    path("w/sw.js", views_phone.service_worker, name="service_worker"),
    path("start/", views_start.start, name="start"),
    path("administration/support/", views_administration.support, name="support"),
    path("administration/organisations/", views_administration.organisation_list, name="organisations"),
    path("e/<slug:slug>/", views_home.today, name="today"),
    path("e/<slug:slug>/welcome/", views_start.welcome, name="welcome"),
    path("e/<slug:slug>/figures/<code:code>/", views_figure.figure_detail, name="figure"),
    path("e/<slug:slug>/settings/", views_settings.profile, name="settings"),
    path("e/<slug:slug>/settings/people/", views_people.members, name="people"),
    path(
        "e/<slug:slug>/settings/people/<int:user_id>/worker/",
        views_people.member_worker,
        name="member_worker",
    ),
    path(
        "e/<slug:slug>/settings/people/<int:membership_id>/end/", views_people.member_end, name="member_end"
    ),
    path("e/<slug:slug>/settings/outside/", views_outside.grant_list, name="outside"),
    path(
        "e/<slug:slug>/settings/outside/<int:grant_id>/revoke/",
        views_outside.grant_revoke,
        name="grant_revoke",
    ),
    path(
        "e/<slug:slug>/settings/support/<int:session_id>/end/", views_outside.support_end, name="support_end"
    ),
    path("e/<slug:slug>/settings/worker-link/", views_worker_link.worker_link, name="worker_link"),
    path("e/<slug:slug>/settings/worker-link/poster.pdf", views_worker_link.poster, name="poster"),
    path("e/<slug:slug>/settings/worker-link/qr.svg", views_worker_link.qr_code, name="qr_code"),
    path("e/<slug:slug>/settings/worker-link/retire/", views_worker_link.retire, name="worker_link_retire"),
    path("e/<slug:slug>/settings/worker-link/renew/", views_worker_link.renew, name="worker_link_renew"),
    path("e/<slug:slug>/settings/board/", views_board.board_settings, name="board_settings"),
    path("e/<slug:slug>/board/", views_board.board_page, name="board"),
    path("e/<slug:slug>/board/release/", views_board.board_release, name="board_release"),
    path("e/<slug:slug>/board/print/<str:language>.pdf", views_board.board_print, name="board_print"),
    path(
        "e/<slug:slug>/board/items/<int:item_id>/withdraw/", views_board.board_withdraw, name="board_withdraw"
    ),
    path(
        "e/<slug:slug>/board/items/<int:item_id>/put-back/", views_board.board_put_back, name="board_put_back"
    ),
    path("b/<code:token>/", views_board_public.public_board, name="board_public"),
    path(
        "b/<code:token>/photos/<int:item_id>/<str:which>.jpg",
        views_board_public.public_photo,
        name="board_photo",
    ),
    path("e/<slug:slug>/settings/record/", views_settings.record, name="record"),
]
