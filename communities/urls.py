from django.urls import include, path

from .views import creations, doors, management, members, pages

community_urls = [
    path("", pages.community_list, name="list"),
    path("new/", management.community_create, name="create"),
    path("invitations/", doors.invitation_list, name="invitations"),
    path("invitations/link/<str:token>/", doors.invitation_link, name="invitation_link"),
    path("invitations/<str:public_id>/", doors.invitation_detail, name="invitation"),
    path("invitations/<str:public_id>/accept/", doors.invitation_accept, name="accept"),
    path("invitations/<str:public_id>/decline/", doors.invitation_decline, name="decline"),
    path("invitations/<str:public_id>/withdraw/", doors.invitation_withdraw, name="withdraw_invitation"),
    path("creations/<str:public_id>/", creations.creation_detail, name="creation"),
    path("creations/<str:public_id>/answer/", creations.creation_answer, name="answer_creation"),
    path("creations/<str:public_id>/withdraw/", creations.creation_withdraw, name="withdraw_creation"),
    path("<slug:slug>/", pages.community_detail, name="detail"),
    path("<slug:slug>/head/", pages.community_head, name="head"),
    path("<slug:slug>/unanswered/", pages.community_unanswered, name="unanswered"),
    path("<slug:slug>/about/", pages.community_about, name="about"),
    path("<slug:slug>/members/", members.member_list, name="members"),
    path("<slug:slug>/members/export/", members.member_export, name="export"),
    path("<slug:slug>/members/<slug:handle>/role/", members.member_role, name="role"),
    path("<slug:slug>/members/<slug:handle>/remove/", members.member_remove, name="remove"),
    path("<slug:slug>/join/", doors.community_join, name="join"),
    path("<slug:slug>/ask/", doors.community_ask, name="ask"),
    path("<slug:slug>/ask/withdraw/", doors.request_withdraw, name="withdraw_request"),
    path("<slug:slug>/leave/", doors.community_leave, name="leave"),
    path("<slug:slug>/take-over/", members.community_take_over, name="take_over"),
    path("<slug:slug>/waiting/", doors.community_waiting, name="waiting"),
    path("<slug:slug>/waiting/<random:public_id>/", doors.request_answer, name="answer"),
    path("<slug:slug>/invite/", doors.community_invite, name="invite"),
    path("<slug:slug>/edit/", management.community_edit, name="edit"),
    path("<slug:slug>/kind/", management.community_kind, name="kind"),
    path("<slug:slug>/kind/cancel/", management.kind_cancel, name="cancel_kind"),
    path("<slug:slug>/archive/", management.community_archive, name="archive"),
    path("<slug:slug>/reopen/", management.community_reopen, name="reopen"),
    path("<slug:slug>/delete/", management.community_delete, name="delete"),
    path("<slug:slug>/restore/", management.community_restore, name="restore"),
]

urlpatterns = [
    path("secret/", include(([path("", pages.secret_list, name="list")], "secret_communities"))),
    path("", include((community_urls, "communities"))),
]
