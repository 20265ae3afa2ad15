from django.urls import include, path

from .web.views import company, drafts, first_steps, health, home, operations, people, photos, roles

people_urls = (
    [
        path("", people.people_list, name="list"),
        path("suggested/", people.people_suggested, name="suggested"),
        path("me/edit/", people.person_edit, name="edit"),
        path("me/photo/", photos.photo_edit, name="photo_edit"),
        path("me/photo/remove/", photos.photo_remove, name="photo_remove"),
        path("photos/<random:photo>/<int:side>/", photos.photo, name="photo"),
        path("me/former-name/", people.forget_name, name="forget_name"),
        path("<slug:handle>/", people.person_detail, name="detail"),
    ],
    "people",
)
role_urls = (
    [
        path("", roles.role_list, name="list"),
        path("new/", roles.role_ask, name="ask"),
        path("requests/<str:public_id>/approve/", roles.role_approve, name="approve"),
        path("requests/<str:public_id>/refuse/", roles.role_refuse, name="refuse"),
        path("removals/<str:public_id>/approve/", roles.removal_approve, name="removal_approve"),
        path("removals/<str:public_id>/refuse/", roles.removal_refuse, name="removal_refuse"),
        path("<str:public_id>/ask-end/", roles.role_ask_end, name="ask_end"),
        path("<str:public_id>/end/", roles.role_end, name="end"),
    ],
    "roles",
)
first_step_urls = (
    [
        path("", first_steps.step_list, name="list"),
        path("mail/send/", first_steps.mail_send, name="mail_send"),
        path("mail/confirm/", first_steps.mail_confirm, name="mail_confirm"),
        path("<slug:name>/take/", first_steps.step_take, name="take"),
    ],
    "first_steps",
)
company_urls = (
    [
        path("", company.company_edit, name="edit"),
        path("logo/", company.logo_keep, name="logo_keep"),
        path("logo/remove/", company.logo_remove, name="logo_remove"),
        path("logo/<random:logo>/", company.logo, name="logo"),
    ],
    "company",
)
operation_urls = (
    [path("queue/", operations.queue, name="queue"), path("queue/run-again/", operations.run_again, name="run_again")],
    "operations",
)

urlpatterns = [
    path("", home.home, name="home"),
    path("language/", home.language_switch, name="language"),
    path("drafts/", drafts.drafts_lost, name="drafts"),
    path("people/", include(people_urls)),
    path("roles/", include(role_urls)),
    path("first-steps/", include(first_step_urls)),
    path("company/", include(company_urls)),
    path("operations/", include(operation_urls)),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
