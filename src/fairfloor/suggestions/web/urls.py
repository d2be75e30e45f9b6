"""Addresses under ``/e/<slug>/suggestions/``."""

from django.urls import path

from fairfloor.suggestions.web import (
    views_answers,
    views_decide,
    views_detail,
    views_enter,
    views_equity,
    views_keep,
    views_list,
)

app_name = "suggestions"
urlpatterns = [
    path("", views_list.suggestion_list, name="list"),
    path("sort/", views_list.suggestion_sort, name="sort"),
    path("enter/", views_enter.suggestion_enter, name="enter"),
    path("equity/", views_equity.equity_page, name="equity"),
    path("receipt/<code:receipt>/", views_enter.suggestion_receipt, name="receipt"),
    path("answer-many/", views_answers.answer_many, name="answer_many"),
    path("answers/", views_answers.templates, name="answer_templates"),
    path("<code:code>/", views_detail.suggestion_detail, name="detail"),
    path("<code:code>/accept/", views_decide.accept, name="accept"),
    path("<code:code>/answer/", views_decide.answer, name="answer"),
    path("<code:code>/meeting/", views_decide.meeting, name="meeting"),
    path("<code:code>/decline/", views_decide.decline, name="decline"),
    path("<code:code>/merge/", views_decide.merge, name="merge"),
    path("<code:code>/unmerge/", views_decide.unmerge, name="unmerge"),
    path("<code:code>/safety/", views_decide.safety, name="safety"),
    path("<code:code>/translate/", views_keep.translate, name="translate"),
    path("<code:code>/correct/", views_keep.correct, name="correct"),
    path("<code:code>/withdraw/", views_keep.withdraw, name="withdraw"),
]
