"""The address plan: ``/e/<slug>/`` staff pages of one enterprise, ``/w/<token>/`` workers, ``/accounts/`` sign-in."""

from django.urls import include, path

from fairfloor.accounts.web.views_sign_in import choose_language
from fairfloor.core.access import public_page
from fairfloor.core.ui.theme import set_theme

E = "e/<slug:slug>/"
W = "w/<code:token>/"

urlpatterns = [
    path("language/", choose_language, name="set_language"),
    path("theme/", public_page("everybody may choose light or dark colours")(set_theme), name="set_theme"),
    path("accounts/", include("fairfloor.accounts.web.urls")),
    path("administration/users/", include("fairfloor.accounts.web.urls_administration")),
    path("", include("fairfloor.core.web.urls")),
    path("", include("fairfloor.desk.web.urls")),
    path(f"{E}registers/", include("fairfloor.registers.web.urls")),
    path(f"{E}projects/", include("fairfloor.projects.web.urls")),
    path(f"{E}actions/", include("fairfloor.actions.web.urls")),
    path(f"{E}reports/", include("fairfloor.reports.web.urls")),
    path(f"{E}team/", include("fairfloor.teams.web.urls")),
    path("calendar/", include("fairfloor.teams.web.urls_calendar")),
    path(f"{E}suggestions/", include("fairfloor.suggestions.web.urls")),
    path(f"{E}safety/", include("fairfloor.safety.web.urls")),
    path(f"{E}checklists/", include("fairfloor.checklists.web.urls")),
    path(f"{E}surveys/", include("fairfloor.surveys.web.urls")),
    path(f"{E}equality/", include("fairfloor.equality.web.urls")),
    path(f"{E}training/", include("fairfloor.programme.web.urls")),
    path(f"{E}readings/", include("fairfloor.indicators.web.urls")),
    path(f"{E}people/", include("fairfloor.organisations.web.urls")),
    path(W, include("fairfloor.desk.web.worker_urls")),
    path(W, include("fairfloor.suggestions.web.worker_urls")),
    path(W, include("fairfloor.safety.web.worker_urls")),
    path(W, include("fairfloor.surveys.web.worker_urls")),
    path(W, include("fairfloor.conversations.web.worker_urls")),
]

# 500 is a plain template, 500.html, which needs nothing that may have failed.
handler400 = "fairfloor.config.errors.bad_request"
handler403 = "fairfloor.config.errors.forbidden"
handler404 = "fairfloor.config.errors.not_found"
