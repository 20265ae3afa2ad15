from django.urls import include, path

from . import views

notice_urls = (
    [
        path("", views.notice_list, name="list"),
        path("badge", views.badge, name="badge"),
        path("seen", views.seen, name="seen"),
        path("opened", views.opened, name="opened"),
    ],
    "notices",
)

urlpatterns = [path("notices/", include(notice_urls))]
