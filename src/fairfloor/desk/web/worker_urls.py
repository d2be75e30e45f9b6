"""Addresses under ``/w/<token>/``: the worker's home and a receipt's page."""

from django.urls import path

from fairfloor.desk.web import views_kiosk, views_worker_files, views_worker_home, views_worker_receipt

app_name = "worker"
urlpatterns = [
    path("", views_worker_home.home, name="home"),
    path("language/", views_worker_home.choose_language, name="language"),
    path("changes/", views_worker_home.changes, name="changes"),
    path("kiosk/", views_kiosk.kiosk, name="kiosk"),
    path("files/<str:client_id>/", views_worker_files.receive_file, name="file"),
    path("r/<code:receipt>/files/<int:file_id>/", views_worker_files.own_file, name="own_file"),
    path("r/<code:receipt>/", views_worker_receipt.receipt_page, name="receipt"),
    path("r/<code:receipt>/sent/", views_worker_receipt.sent_page, name="sent"),
    path("r/<code:receipt>/about/", views_worker_receipt.tell_about_writer, name="about"),
    path("r/<code:receipt>/say/", views_worker_receipt.say_more, name="say"),
    path("r/<code:receipt>/thanks/", views_worker_receipt.say_thanks, name="thanks"),
    path("r/<code:receipt>/fixed/", views_worker_receipt.tell_if_fixed, name="fixed"),
]
