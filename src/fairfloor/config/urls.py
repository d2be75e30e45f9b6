"""The address plan: ``/e/<slug>/`` staff pages of one enterprise, ``/w/<token>/`` workers, ``/accounts/`` sign-in."""

from django.urls import include, path
from django.views.i18n import set_language

E = "e/<slug:slug>/"

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("accounts/", include("allauth.urls")),
    path("", include("fairfloor.core.web.urls")),
    path("", include("fairfloor.desk.web.urls")),
    path(f"{E}actions/", include("fairfloor.actions.web.urls")),
    path(f"{E}team/", include("fairfloor.teams.web.urls")),
    path(f"{E}suggestions/", include("fairfloor.suggestions.web.urls")),
]
