"""The ways into the pages of this room: for those who are here, and for the two of a pair."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render

from . import queries
from .page_context import sealed_page


def for_present(view):
    """Answer 404 to somebody who is expected, before the view runs."""

    @wraps(view)
    def door(request, *args, **kwargs):
        if not request.user.is_present:
            raise Http404
        return view(request, *args, **kwargs)

    return door


def open_only(view):
    """Answer the page about the seal to whoever has their words under one, whatever the address names and whether it exists or not."""

    @wraps(view)
    def door(request, *args, **kwargs):
        seal = queries.seal_of(request.user)
        if seal is not None:
            return render(request, "mentoring/sealed.html", sealed_page(seal), status=403)
        return view(request, *args, **kwargs)

    return door


def of_a_pair(view):
    """Pass the view the pair that the address names. HR knows that pairs exist and does nothing in them; for others there is none.

    That there are notes is known to nobody but the two, HR included.
    """

    @for_present
    @open_only
    @wraps(view)
    def door(request, pair_id, **kwargs):
        pair = queries.pair_for(request.user, pair_id)
        if pair is None:
            if kwargs.get("what") != "notes" and queries.pair_is_counted_for(request.user, pair_id):
                raise PermissionDenied
            raise Http404
        return view(request, pair, **kwargs)

    return door


def of_a_request(view):
    """Pass the view the request that the address names, or answer 404."""

    @for_present
    @open_only
    @wraps(view)
    def door(request, request_id, **kwargs):
        asked = queries.request_for(request.user, request_id)
        if asked is None:
            raise Http404
        return view(request, asked, **kwargs)

    return door


def of_an_offer(view):
    """Pass the view the offer that the address names, or answer 404."""

    @for_present
    @wraps(view)
    def door(request, public_id, **kwargs):
        offer = queries.offer_for(request.user, public_id)
        if offer is None:
            raise Http404
        return view(request, offer, **kwargs)

    return door
