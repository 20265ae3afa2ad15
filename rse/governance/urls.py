from django.urls import include, path

from .views import charter, features, moderation, openings, reports, retention

charter_urls = (
    [
        path("", charter.charter_detail, name="detail"),
        path("accept/", charter.charter_accept, name="accept"),
        path("<int:version>/", charter.charter_detail, name="version"),
        path("<int:before>/<int:after>/", charter.charter_changes, name="changes"),
    ],
    "charter",
)
report_urls = (
    [
        path("", reports.report_queue, name="queue"),
        path("mine/", reports.report_mine, name="mine"),
        path("<str:public_id>/", reports.report_detail, name="detail"),
    ],
    "reports",
)
report_new_urls = ([path("<slug:kind>/<str:row>/", reports.report_new, name="new")], "report")
moderation_urls = (
    [
        path("<str:public_id>/", moderation.moderation_detail, name="detail"),
        path("<str:public_id>/appeal/", moderation.moderation_appeal, name="appeal"),
        path("<str:public_id>/answer/", moderation.moderation_answer, name="answer"),
        path("<str:public_id>/show-again/", moderation.moderation_lift, name="lift"),
    ],
    "moderation",
)
feature_urls = (
    [
        path("", features.feature_list, name="list"),
        path("<slug:name>/", features.feature_edit, name="edit"),
        path("<slug:name>/confirm/", features.feature_confirm, name="confirm"),
        path("<slug:name>/close/", features.feature_close, name="close"),
    ],
    "features",
)
opening_urls = ([path("openings/", openings.openings_mine, name="mine")], "openings")
access_log_urls = ([path("", openings.access_log, name="state")], "access_log")
retention_urls = ([path("", retention.retention_list, name="list")], "retention")

urlpatterns = [
    path("charter/", include(charter_urls)),
    path("report/", include(report_new_urls)),
    path("reports/", include(report_urls)),
    path("decisions/", include(moderation_urls)),
    path("features/", include(feature_urls)),
    path("my-file/", include(opening_urls)),
    path("access-log/", include(access_log_urls)),
    path("retention/", include(retention_urls)),
]
