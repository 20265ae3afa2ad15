from django.urls import path

from .views import corrections, imports, profiles, role_files, unlisted

app_name = "imports"
urlpatterns = [
    path("", imports.import_list, name="list"),
    path("absent/", unlisted.unlisted_list, name="unlisted"),
    path("people/<slug:handle>/", corrections.correct_person, name="correct"),
    path("roles/", role_files.role_file, name="roles"),
    path("profiles/<str:public_id>/", profiles.profile_edit, name="profile"),
    path("<str:public_id>/", imports.import_detail, name="detail"),
    path("<str:public_id>/undo/", imports.import_undo, name="undo"),
]
