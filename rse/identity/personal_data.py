"""What each field of this room, and of the library behind it, is about a person."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rse.core.enums import PersonState
from rse.core.ops.periods import After, Employed, Span, Until, write
from rse.core.ops.personal_fields import NOT_PERSONAL, Erasure, declare, not_personal, personal

DECIDED = Span(months=36)


def declare_fields():
    """Fill the registry for invitations, sessions and second factors."""
    # Whoever came in before their first day is written to where they came from.
    came_in = Q(used_at__isnull=False, person__state=PersonState.EXPECTED)
    ended = After(
        model="identity.Invitation",
        things=_("Invitations"),
        since="expires_at",
        event=_("the end of the invitation"),
        lasts=Span(days=30),
        among=~came_in,
    )
    invited = personal("to let somebody set their first password", retention=ended)
    inviter = personal("who let somebody in", retention=ended, is_exported=False, erasure=Erasure.ANONYMISE)
    declare(
        "identity.Invitation",
        person=invited,
        token_hash=NOT_PERSONAL,
        created_at=invited,
        expires_at=invited,
        used_at=invited,
        ended_at=invited,
        created_by=inviter,
        sent_to=invited,
        reopening=invited,
    )
    ran = After(
        model="identity.InvitationRun", things=_("Runs of invitations"), since="started_at", event=_("its beginning"), lasts=Span(days=90)
    )
    starter = personal("who invited many people", retention=ran, is_exported=False, erasure=Erasure.ANONYMISE)
    in_run = personal("to write to somebody once, and to say what became of the mail", retention=ran, is_exported=False)
    declare(
        "identity.InvitationRun",
        **dict.fromkeys(("public_id", "source", "count", "without_address", "stopped_at", "ended_at"), NOT_PERSONAL),
        **dict.fromkeys(("started_by", "started_at", "asked"), starter),
    )
    declare("identity.RunMember", **dict.fromkeys(("run", "person", "event", "state", "changed_at"), in_run))
    printed = After(
        model="identity.SignInCard", things=_("Sign-in cards"), since="printed_at", event=_("the printing"), lasts=Span(months=12)
    )
    carded = personal("to let somebody without an e-mail set a password", retention=printed)
    printer = personal("who printed a card and handed it over", retention=printed, is_exported=False, erasure=Erasure.ANONYMISE)
    on_card = personal("what stands on a card, as what it hashes to", retention=printed, is_exported=False)
    declare(
        "identity.SignInCard",
        public_id=NOT_PERSONAL,
        person=carded,
        number=carded,
        token_hash=on_card,
        code_hash=on_card,
        printed_at=carded,
        printed_by=printer,
        handed_at=carded,
        handed_by=printer,
        used_at=carded,
        ended_at=carded,
        reopening=carded,
    )
    out = Employed(model="identity.RecoveryCode", things=_("Recovery codes"), person="person", lasts=Span(days=30))
    came_back = personal("to set another password without an e-mail", retention=out, is_exported=False)
    declare("identity.RecoveryCode", person=came_back, code_hash=came_back, made_at=came_back, used_at=came_back)
    changed, moved, reopened = (
        After(model=f"identity.{model}", things=things, since="asked_at", event=_("the request"), lasts=DECIDED)
        for model, things in (
            ("AddressChange", _("Changes of addresses")),
            ("AddressMove", _("Moves to another domain")),
            ("AccountReopening", _("Accounts opened again")),
        )
    )
    link = After(
        model="identity.AddressChange",
        things=_("Links of changes of addresses"),
        since="token_expires_at",
        event=_("the link has expired"),
        among=~Q(token_hash=""),
        does=write("identity.AddressChange", token_hash=""),
    )
    new_link = After(
        model="identity.AddressChange",
        things=_("Links to new addresses"),
        since="new_token_expires_at",
        event=_("the link has expired"),
        among=~Q(new_token_hash=""),
        does=write("identity.AddressChange", new_token_hash=""),
    )
    address = personal("to give somebody another address without letting another person in by it", retention=changed)
    voucher, mover = (
        personal("who said yes to another address", retention=period, is_exported=False, erasure=Erasure.ANONYMISE)
        for period in (changed, moved)
    )
    sender = personal("who asked for another address by a file of HR", retention=changed, is_exported=False, erasure=Erasure.ANONYMISE)
    secret = personal("the link of a mail, as what it hashes to", retention=(link, changed), is_exported=False)
    new_secret = personal("the link of a mail, as what it hashes to", retention=(new_link, changed), is_exported=False)
    declare(
        "identity.AddressChange",
        public_id=NOT_PERSONAL,
        person=address,
        kind=address,
        old_address=address,
        new_address=address,
        sent_by=sender,
        compared_by=sender,
        asked_by=voucher,
        asked_at=address,
        move=address,
        state=address,
        closed_at=address,
        token_hash=secret,
        token_expires_at=secret,
        new_token_hash=new_secret,
        new_token_expires_at=new_secret,
        new_said_at=address,
    )
    declare("identity.AddressYes", change=address, person=voucher, voice=voucher, reason=voucher, at=voucher)
    declare(
        "identity.AddressMove",
        **dict.fromkeys(("public_id", "old_domain", "new_domain", "asked_at", "refused_at"), NOT_PERSONAL),
        **dict.fromkeys(("first_by", "first_at", "second_by", "second_at"), mover),
    )
    opened = personal("who opened an account again, for whom and why", retention=reopened)
    opener = personal("who opened an account again", retention=reopened, is_exported=False, erasure=Erasure.ANONYMISE)
    declare(
        "identity.AccountReopening",
        public_id=NOT_PERSONAL,
        person=opened,
        reason=opened,
        asked_by=opener,
        asked_at=opened,
        agreed_by=opener,
        closed_at=opened,
    )
    over = After(model="identity.Session", things=_("Sessions"), since="expire_date", event=_("the session ends"))
    session = personal("to stay signed in", retention=over, is_exported=False)
    declare("identity.Session", session_data=session, expire_date=session, person=session)
    given_up = Until(_("the person gives it up"), "rse.identity.services.passwords.forget_second_factor")
    left = Employed(model="mfa.Authenticator", things=_("Second factors"), person="user", lasts=Span(days=30))
    factor = personal("to sign in with a second factor", retention=(given_up, left), is_exported=False)
    declare("mfa.Authenticator", user=factor, type=factor, data=factor, created_at=factor, last_used_at=factor)
    # Tables of the library that this product leaves empty: e-mails stand in the file of people.
    not_personal("account.EmailAddress", "account.EmailConfirmation")
