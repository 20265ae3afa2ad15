from django.urls import path

from . import views

app_name = "imports"
urlpatterns = [
    path("", views.import_list, name="list"),
    path("roles/", views.role_file, name="roles"),
    path("<str:public_id>/", views.import_detail, name="detail"),
]
