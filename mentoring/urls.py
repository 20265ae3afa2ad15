from django.urls import include, path

from .views import asking, figures, offers, pairs, seals, writing

mentoring_urls = [
    path("", offers.find, name="find"),
    path("offer/", offers.mine, name="my_offer"),
    path("offer/pause/", offers.pause, name="my_offer_pause"),
    path("offer/delete/", offers.delete, name="my_offer_delete"),
    path("offers/<random:public_id>/", offers.detail, name="offer"),
    path("offers/<random:public_id>/ask/", asking.ask, name="ask"),
    path("offers/<random:public_id>/hide/", offers.hide, name="hide"),
    path("offers/<random:public_id>/show/", offers.show, name="hide_undo"),
    path("mine/", pairs.mine, name="my_pairs"),
    path("requests/<str:request_id>/", asking.detail, name="request"),
    path("requests/<str:request_id>/accept/", asking.accept, name="request_accept"),
    path("requests/<str:request_id>/decline/", asking.decline, name="request_decline"),
    path("requests/<str:request_id>/withdraw/", asking.withdraw, name="request_withdraw"),
    path("pairs/<str:pair_id>/", pairs.detail, name="pair"),
    path("pairs/<str:pair_id>/end/", pairs.end, name="pair_end"),
    path("pairs/<str:pair_id>/confirm/", pairs.confirm, name="pair_confirm"),
    path("pairs/<str:pair_id>/unconfirm/", pairs.unconfirm, name="pair_unconfirm"),
    path("pairs/<str:pair_id>/goals/<str:piece_id>/tick/", writing.tick, name="piece_tick"),
    path("pairs/<str:pair_id>/notes/<str:piece_id>/download/", writing.download, {"what": "notes"}, name="piece_download"),
    path("pairs/<str:pair_id>/<slug:what>/", writing.add, name="piece_add"),
    path("pairs/<str:pair_id>/<slug:what>/<str:piece_id>/", writing.edit, name="piece_edit"),
    path("pairs/<str:pair_id>/<slug:what>/<str:piece_id>/erase/", writing.erase, name="piece_erase"),
    path("sealed/", seals.sealed, name="sealed"),
    path("sealed/ask/", seals.ask, name="sealed_ask"),
    path("sealed/take-back/", seals.take_back, name="sealed_take_back"),
    path("reopenings/", seals.reopenings, name="reopenings"),
    path("reopenings/<str:seal_id>/confirm/", seals.confirm, name="reopening_confirm"),
    path("reopenings/<str:seal_id>/refuse/", seals.refuse, name="reopening_refuse"),
    path("figures/", figures.figures, name="figures"),
]

urlpatterns = [path("", include((mentoring_urls, "mentoring")))]
