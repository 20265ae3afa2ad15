from django.urls import include, path

from .views import contributions, skills, trainings, wishes

contribution_urls = (
    [
        path("me/contributions/", contributions.mine, name="mine"),
        path("me/contributions/export/", contributions.export, name="export"),
        path("me/contributions/stop/", contributions.stop, name="stop"),
        path("me/contributions/start/", contributions.start, name="start"),
        path("me/contributions/hide/", contributions.hide, name="hide"),
        path("me/contributions/<random:public_id>/keep/", contributions.keep, name="keep"),
        path("me/contributions/<random:public_id>/erase/", contributions.erase, name="erase"),
        path("me/contributions/<random:public_id>/comment/", contributions.comment, name="comment"),
        path("me/contributions/<random:public_id>/skills/", contributions.tag, name="tag"),
        path("people/<slug:handle>/contributions/", contributions.of, name="of"),
    ],
    "contributions",
)
skill_urls = (
    [
        path("me/skills/", skills.mine, name="mine"),
        path("me/skills/<slug:code>/remove/", skills.remove, name="remove"),
        path("people/<slug:handle>/skills/<slug:code>/confirm/", skills.confirm, name="confirm"),
        path("confirmations/<random:public_id>/withdraw/", skills.withdraw, name="withdraw"),
        path("skills/", skills.skill_list, name="list"),
        path("skills/find/", skills.find, name="find"),
        path("skills/merge/", skills.merge, name="merge"),
        path("skills/starter/", skills.starter, name="starter"),
        path("skills/<slug:code>/restore/", skills.restore, name="restore"),
    ],
    "skills",
)
training_urls = (
    [path("me/training/", trainings.mine, name="mine"), path("me/training/<random:public_id>/remove/", trainings.remove, name="remove")],
    "training",
)
wish_urls = (
    [
        path("me/wish/", wishes.mine, name="mine"),
        path("me/wish/remove/", wishes.remove, name="remove"),
        path("wishes/", wishes.wish_list, name="list"),
    ],
    "wishes",
)

urlpatterns = [
    path("", include(contribution_urls)),
    path("", include(skill_urls)),
    path("", include(training_urls)),
    path("", include(wish_urls)),
]
