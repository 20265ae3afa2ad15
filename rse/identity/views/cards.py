"""Cards for people who may have no e-mail: printed in one answer that is shown once, listed, marked as handed over, made void."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core.access.readers import get_visible_or_404
from rse.core.models import Person
from rse.core.web.listing import chosen_of
from rse.core.web.pagination import page_of
from rse.core.web.stepup import needs_step_up

from .. import mail, rules
from ..forms import CardsOfUnitForm
from ..qr_codes import svg_of
from ..queries import cards_for, people_of_cards
from ..services.cards import AT_ONCE, hand_cards, print_card, print_cards, void_cards
from ..services.invitations import NotYet
from .answers import too_early

ON_A_PAGE = 30
ANY_MASK = 3  # one way of eight to spread the squares of a drawing: all of them can be read
ACTIONS = [
    {"value": "hand", "label": gettext_lazy("Handed over"), "icon": "user-check"},
    {"value": "void", "label": gettext_lazy("Make void"), "icon": "x"},
]


def sheet(request, printed):
    """Render the page of these cards: the only one that ever shows what is on them."""
    cards = [
        {
            "card": one,
            "drawing": svg_of(
                mail.absolute(reverse("identity:come_in_by_card", args=[one.token])),
                label=_("QR code of the card for %(name)s") % {"name": one.person.name},
                mask=ANY_MASK,
            ),
        }
        for one in printed
    ]
    address = mail.absolute(reverse("identity:come_in_by_code"))
    return render(request, "identity/cards_sheet.html", {"cards": cards, "address": address})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up()
def card(request, handle):
    """Print the card of one person who never came in."""
    person = get_visible_or_404(Person, request.user, handle=handle)
    if not rules.can_print_card(request.user, person):
        raise PermissionDenied
    refusal = ""
    if request.method == "POST":
        try:
            return sheet(request, [print_card(actor=request.user, person=person)])
        except NotYet as early:
            refusal = too_early(person, early)
    return render(request, "identity/card.html", {"subject": person, "refusal": refusal}, status=409 if refusal else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up()
def cards_of_unit(request):
    """Print the cards of a unit, or of all those for whom this reader may: those without an e-mail, unless they say otherwise."""
    if not rules.can_print_cards(request.user):
        raise PermissionDenied
    form = CardsOfUnitForm(request.POST or None, initial={"without": True})
    refusal = ""
    if request.method == "POST" and form.is_valid():
        ids = list(people_of_cards(request.user, **form.cleaned_data)[: AT_ONCE + 1])
        if len(ids) > AT_ONCE:
            refusal = _("These are more than %(most)d cards: choose a smaller unit.") % {"most": AT_ONCE}
        elif printed := print_cards(actor=request.user, person_ids=ids):
            return sheet(request, printed)
        else:
            refusal = _("Nobody there waits for a card: all have an account, a card or another way in, or come later.")
    context = {"form": form, "refusal": refusal, "most": AT_ONCE}
    return render(request, "identity/cards_of_unit.html", context, status=422 if form.is_bound else 200)


@require_safe
@needs_step_up()
def card_list(request):
    """Render the cards that this reader may know of, the newest first: who, by whom, when, and what became of each; never what is on it."""
    if not rules.can_see_cards(request.user):
        raise PermissionDenied
    page = page_of(cards_for(request.user), request, order=("-printed_at", "-pk"), size=ON_A_PAGE)
    may_act = rules.can_print_cards(request.user)
    context = {"page": page, "may_act": may_act, "actions": ACTIONS, "chosen_url": reverse("identity:cards_chosen")}
    return render(request, "identity/cards.html", context)


@require_POST
@needs_step_up()
def act_on_cards(request):
    """Mark the chosen cards as handed over, or make them void; and come back to the list."""
    if not rules.can_print_cards(request.user):
        raise PermissionDenied
    chosen = chosen_of(request, cards_for(request.user), field="public_id", most=ON_A_PAGE)
    ids = list(chosen.order_by("pk").values_list("public_id", flat=True))
    if not ids:
        messages.info(request, _("No card was chosen: tick those it is about first."))
    elif request.POST.get("do") == "void":
        number = void_cards(actor=request.user, public_ids=ids)
        said = ngettext("%(count)d card is void.", "%(count)d cards are void.", number)
        messages.success(request, said % {"count": number})
    elif request.POST.get("do") == "hand" or "only" in request.POST:
        number = hand_cards(actor=request.user, public_ids=ids)
        said = ngettext(
            "%(count)d card works from now on, for 24 hours at most.", "%(count)d cards work from now on, for 24 hours at most.", number
        )
        messages.success(request, said % {"count": number})
    else:
        messages.info(request, _("Nothing was done: say what with those that were chosen."))
    return redirect("identity:cards")


def print_chosen(request, ids):
    """Print cards for the people of ``ids`` who were chosen in a list; None where nobody of them is given one."""
    printed = print_cards(actor=request.user, person_ids=ids)
    return sheet(request, printed) if printed else None
