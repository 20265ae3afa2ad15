from django.urls import path

from .views import imports, profiles, unlisted

app_name = "imports"
urlpatterns = [
    path("", imports.import_list, name="list"),
    path("absent/", unlisted.unlisted_list, name="unlisted"),
    path("profiles/<str:public_id>/", profiles.profile_edit, name="profile"),
    path("<str:public_id>/", imports.import_detail, name="detail"),
    path("<str:public_id>/undo/", imports.import_undo, name="undo"),
]
