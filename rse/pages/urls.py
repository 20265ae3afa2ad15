from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtail_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from .views import editors, handbook, pictures, preview
from .views.gate import for_editors

handbook_urls = (
    [
        path("", handbook.handbook_index, name="index"),
        path("pictures/<random:public_id>/", pictures.picture, name="picture"),
        path("<str:slug>/", handbook.handbook_page, name="page"),
    ],
    "handbook",
)
editor_urls = (
    [
        path("", editors.editor_list, name="list"),
        path("<str:slug>/name/", editors.editor_name, name="name"),
        path("<str:slug>/end/", editors.editor_end, name="end"),
    ],
    "editors",
)

# Wagtail's screens have no sign-in and no account of their own: there is one of each in this house. They begin with the pages,
# and show them as readers see them.
ours_in_cms = [
    path("", RedirectView.as_view(pattern_name="wagtailadmin_explore_root"), name="wagtailadmin_home"),
    path("login/", RedirectView.as_view(pattern_name="wagtailadmin_home"), name="wagtailadmin_login"),
    path("account/", RedirectView.as_view(pattern_name="people:edit"), name="wagtailadmin_account"),
    path("pages/<int:page_id>/pictures/", pictures.picture_add, name="handbook_picture_add"),
    path("pages/<int:page_id>/edit/preview/", preview.Preview.as_view(), name="handbook_preview"),
    path(
        "pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/preview/",
        preview.PreviewOfNew.as_view(),
        name="handbook_preview_of_new",
    ),
]
cms_urls = decorate_urlpatterns([*ours_in_cms, *wagtail_urls.urlpatterns], for_editors)

urlpatterns = [
    path("handbook/", include(handbook_urls)),
    path("editors/", include(editor_urls)),
    path("cms/", include(cms_urls)),
]
