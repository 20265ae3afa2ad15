from django.urls import include, path

urlpatterns = [
    path("", include("rse.core.urls")),
    path("", include("rse.governance.urls")),
    path("", include("rse.identity.urls")),
    path("imports/", include("rse.hris.urls")),
    path("", include("rse.pages.urls")),
    path("", include("rse.notify.urls")),
    path("", include("rse.feed.urls")),
    path("", include("talent.urls")),
    path("succession/", include("talent.succession.urls")),
    path("communities/", include("communities.urls")),
    path("search/", include("search.urls")),
    path("mentoring/", include("mentoring.urls")),
    path("", include("mobility.urls")),
    path("", include("onboarding.urls")),
]

handler400 = "rse.core.web.views.errors.bad_request"
handler403 = "rse.core.web.views.errors.not_open"
handler404 = "rse.core.web.views.errors.nothing_here"
handler500 = "rse.core.web.error_pages.broken"
