"""Addresses under ``/e/<slug>/equality/``."""

from django.urls import path

from fairfloor.equality.web import views_job_ads, views_overview, views_practices

app_name = "equality"
urlpatterns = [
    path("", views_overview.overview, name="overview"),
    path("job-ads/", views_job_ads.job_ad_list, name="job_ads"),
    path("job-ads/add/", views_job_ads.job_ad_add, name="job_ad_add"),
    path("job-ads/<code:code>/", views_job_ads.job_ad_detail, name="job_ad"),
    path("job-ads/<code:code>/change/", views_job_ads.job_ad_correct, name="job_ad_correct"),
    path("job-ads/<code:code>/withdraw/", views_job_ads.job_ad_withdraw, name="job_ad_withdraw"),
    path("practices/add/", views_practices.practice_add, name="practice_add"),
    path("practices/<int:code>/", views_practices.practice_detail, name="practice"),
    path("practices/<int:code>/correct/", views_practices.practice_correct, name="practice_correct"),
    path("practices/<int:code>/withdraw/", views_practices.practice_withdraw, name="practice_withdraw"),
]
