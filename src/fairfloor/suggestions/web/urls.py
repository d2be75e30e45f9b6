"""Addresses under ``/e/<slug>/suggestions/``."""

from django.urls import path

from fairfloor.suggestions.web import views_decide, views_detail, views_enter, views_keep, views_list

app_name = "suggestions"
urlpatterns = [
    path("", views_list.suggestion_list, name="list"),
    path("sort/", views_list.suggestion_sort, name="sort"),
    path("enter/", views_enter.suggestion_enter, name="enter"),
    path("receipt/<str:receipt>/", views_enter.suggestion_receipt, name="receipt"),
    path("<str:code>/", views_detail.suggestion_detail, name="detail"),
    path("<str:code>/accept/", views_decide.accept, name="accept"),
    path("<str:code>/answer/", views_decide.answer, name="answer"),
    path("<str:code>/meeting/", views_decide.meeting, name="meeting"),
    path("<str:code>/decline/", views_decide.decline, name="decline"),
    path("<str:code>/merge/", views_decide.merge, name="merge"),
    path("<str:code>/safety/", views_decide.safety, name="safety"),
    path("<str:code>/translate/", views_keep.translate, name="translate"),
    path("<str:code>/correct/", views_keep.correct, name="correct"),
    path("<str:code>/withdraw/", views_keep.withdraw, name="withdraw"),
]
