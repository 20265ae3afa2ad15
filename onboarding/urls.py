from django.urls import include, path

from .views import buddies, cohorts, journeys, steering, templates

journey_urls = (
    [
        path("journey/", journeys.mine, name="mine"),
        path("newcomers/", journeys.followed, name="followed"),
        path("buddying/<str:request_id>/", buddies.answer, name="buddy_answer"),
        path("journeys/", steering.journey_list, name="list"),
        path("journeys/late/", steering.late, name="late"),
        path("journeys/new/", steering.create, name="create"),
        path("journeys/<str:journey_id>/", journeys.detail, name="detail"),
        path("journeys/<str:journey_id>/export/", journeys.export, name="export"),
        path("journeys/<str:journey_id>/steps/<int:position>/tick/", journeys.tick, name="tick"),
        path("journeys/<str:journey_id>/steps/<int:position>/write/", journeys.write, name="write"),
        path("journeys/<str:journey_id>/steps/<int:position>/erase/", journeys.erase, name="erase"),
        path("journeys/<str:journey_id>/thank/", journeys.thank, name="thank"),
        path("journeys/<str:journey_id>/unthank/", journeys.unthank, name="unthank"),
        path("journeys/<str:journey_id>/buddy/", buddies.find, name="buddy_find"),
        path("journeys/<str:journey_id>/buddy/withdraw/", buddies.withdraw, name="buddy_withdraw"),
        path("journeys/<str:journey_id>/buddy/end/", buddies.end, name="buddy_end"),
        path("journeys/<str:journey_id>/buddy/ask/<slug:handle>/", buddies.ask, name="buddy_ask"),
        path("journeys/<str:journey_id>/note/", steering.note, name="note"),
        path("journeys/<str:journey_id>/shift/", steering.shift, name="shift"),
        path("journeys/<str:journey_id>/pause/", steering.pause, name="pause"),
        path("journeys/<str:journey_id>/archive/", steering.archive, name="archive"),
    ],
    "journeys",
)
cohort_urls = (
    [
        path("cohorts/", cohorts.cohort_list, name="list"),
        path("cohorts/<random:public_id>/", cohorts.cohort_detail, name="detail"),
        path("cohorts/<random:public_id>/host/", cohorts.cohort_host, name="host"),
    ],
    "cohorts",
)
template_urls = (
    [
        path("journey-template/", templates.detail, name="detail"),
        path("journey-template/draft/", templates.start, name="start"),
        path("journey-template/draft/discard/", templates.discard, name="discard"),
        path("journey-template/draft/publish/", templates.publish, name="publish"),
        path("journey-template/draft/steps/new/", templates.step_add, name="step_add"),
        path("journey-template/draft/steps/<random:public_id>/", templates.step_edit, name="step_edit"),
        path("journey-template/draft/steps/<random:public_id>/remove/", templates.step_remove, name="step_remove"),
        path("journey-template/draft/steps/<random:public_id>/move/", templates.step_move, name="step_move"),
    ],
    "template",
)
urlpatterns = [path("", include(journey_urls)), path("", include(cohort_urls)), path("", include(template_urls))]
