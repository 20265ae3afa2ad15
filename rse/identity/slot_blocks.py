"""What this room adds to the pages of others."""

from django.conf import settings

from rse.core.access.rules import can_cut, can_give_access_back

from . import rules, shared_terminals
from .models import SignInCard


def terminal(reader, page):
    """Return what a page says on a shared terminal; None on any other browser."""
    if not shared_terminals.is_shared(page["request"]):
        return None
    seconds = settings.SHARED_TERMINAL_SECONDS
    return {"is_in": reader.is_authenticated, "seconds": seconds, "warning": min(20, seconds // 2), "without_scripts": seconds + 1}


def person_actions(reader, page):
    """Return the buttons of a profile: invite, hand over, print or list cards, cut access, open the account again; None without any."""
    subject = page["subject"]
    may_invite, may_deactivate = rules.can_invite(reader, subject), can_cut(reader, subject)
    may_give_back = can_give_access_back(reader, subject)
    may_reopen = rules.can_reopen(reader, subject)
    may_hand_over = may_invite and rules.can_hand_over(reader, subject)
    may_print_card = rules.can_print_card(reader, subject)
    if not (may_invite or may_deactivate or may_give_back or may_reopen or may_print_card):
        return None
    return {
        "may_print_card": may_print_card,
        "has_card": may_print_card and SignInCard.objects.open().filter(person=subject.pk).exists(),
        "may_invite": may_invite,
        "may_hand_over": may_hand_over,
        "may_deactivate": may_deactivate,
        "may_give_back": may_give_back,
        "may_reopen": may_reopen,
    }
