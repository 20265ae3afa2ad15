from django.urls import path

from . import views

app_name = "succession"
urlpatterns = [
    path("", views.register, name="register"),
    path("new/", views.declare, name="declare"),
    path("<str:plan_id>/", views.plan_detail, name="plan"),
    path("<str:plan_id>/edit/", views.plan_edit, name="edit"),
    path("<str:plan_id>/own/", views.own, name="own"),
    path("<str:plan_id>/decide/", views.decide, name="decide"),
    path("<str:plan_id>/again/", views.again, name="again"),
    path("<str:plan_id>/delete/", views.delete, name="delete"),
    path("<str:plan_id>/keep/", views.keep, name="keep"),
    path("<str:plan_id>/names/", views.name_find, name="name_find"),
    path("<str:plan_id>/names/<slug:handle>/new/", views.name_add, name="name_add"),
    path("<str:plan_id>/names/<slug:handle>/edit/", views.name_edit, name="name_edit"),
    path("<str:plan_id>/names/<slug:handle>/remove/", views.name_remove, name="name_remove"),
    path("<str:plan_id>/names/<slug:handle>/actions/", views.action_add, name="action_add"),
    path("<str:plan_id>/actions/<str:action_id>/mark/", views.action_mark, name="action_mark"),
    path("<str:plan_id>/actions/<str:action_id>/remove/", views.action_remove, name="action_remove"),
]
