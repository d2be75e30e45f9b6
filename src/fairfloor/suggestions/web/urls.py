"""Addresses under ``/e/<slug>/suggestions/``. A factory's own codes may hold a slash, hence ``path``."""

from django.urls import path

from fairfloor.suggestions.web import views_decide, views_detail, views_enter, views_keep, views_list

app_name = "suggestions"
urlpatterns = [
    path("", views_list.suggestion_list, name="list"),
    path("sort/", views_list.suggestion_sort, name="sort"),
    path("enter/", views_enter.suggestion_enter, name="enter"),
    path("receipt/<str:receipt>/", views_enter.suggestion_receipt, name="receipt"),
    path("<path:code>/accept/", views_decide.accept, name="accept"),
    path("<path:code>/answer/", views_decide.answer, name="answer"),
    path("<path:code>/meeting/", views_decide.meeting, name="meeting"),
    path("<path:code>/decline/", views_decide.decline, name="decline"),
    path("<path:code>/merge/", views_decide.merge, name="merge"),
    path("<path:code>/safety/", views_decide.safety, name="safety"),
    path("<path:code>/translate/", views_keep.translate, name="translate"),
    path("<path:code>/correct/", views_keep.correct, name="correct"),
    path("<path:code>/withdraw/", views_keep.withdraw, name="withdraw"),
    path("<path:code>/", views_detail.suggestion_detail, name="detail"),
]
