from django.urls import include, path

from .views import applications, board, files, openings, recruitment

job_urls = (
    [
        path("openings/", board.board, name="list"),
        path("openings/new/", openings.create, name="create"),
        path("openings/export/", openings.export, name="export"),
        path("openings/<str:public_id>/", board.detail, name="detail"),
        path("openings/<str:public_id>/keep/", board.keep, name="keep"),
        path("openings/<str:public_id>/edit/", openings.edit, name="edit"),
        path("openings/<str:public_id>/publish/", openings.publish, name="publish"),
        path("openings/<str:public_id>/close/", openings.close, name="close"),
        path("openings/<str:public_id>/reopen/", openings.reopen, name="reopen"),
        path("openings/<str:public_id>/delete/", openings.delete, name="delete"),
        path("openings/<str:public_id>/apply/", applications.apply, name="apply"),
    ],
    "jobs",
)
application_urls = (
    [
        path("applications/", applications.mine, name="mine"),
        path("applications/<str:public_id>/", files.detail, name="detail"),
        path("applications/<str:public_id>/edit/", applications.edit, name="edit"),
        path("applications/<str:public_id>/withdraw/", applications.withdraw, name="withdraw"),
        path("applications/<str:public_id>/inform/", applications.inform, name="inform"),
        path("applications/<str:public_id>/accept/", applications.accept, name="accept"),
        path("applications/<str:public_id>/export/", files.export, name="export"),
        path("applications/<str:public_id>/move/", files.move, name="move"),
        path("applications/<str:public_id>/decide/", files.decide, name="decide"),
        path("applications/<str:public_id>/confirm/", files.confirm, name="confirm"),
    ],
    "applications",
)
recruitment_urls = (
    [
        path("recruitment/", recruitment.mine, name="list"),
        path("recruitment/<str:public_id>/", recruitment.opening, name="opening"),
        path("recruitment/<str:public_id>/team/", recruitment.member_add, name="member_add"),
        path("recruitment/<str:public_id>/team/<slug:handle>/remove/", recruitment.member_remove, name="member_remove"),
    ],
    "recruitment",
)

urlpatterns = [
    path("", include(job_urls)),
    path("", include(application_urls)),
    path("", include(recruitment_urls)),
]
