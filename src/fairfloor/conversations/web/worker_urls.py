"""Addresses under ``/w/<token>/``: finding a thread again."""

from django.urls import path

from fairfloor.conversations.web import views_worker

app_name = "worker_conversations"
urlpatterns = [path("messages/", views_worker.find_message, name="messages")]
