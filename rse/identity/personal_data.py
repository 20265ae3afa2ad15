"""What each field of this room, and of the library behind it, is about a person."""

from django.db.models import Q

from rse.core import retention
from rse.core.enums import PersonState
from rse.core.fields import NOT_PERSONAL, Erasure, declare, not_personal, personal

INVITED = "14 days, then 30 days; one that was used, as long as the person is expected"
DECIDED = "36 months"


def declare_fields():
    """Fill the registry for invitations, sessions and second factors."""
    invited = personal("to let somebody set their first password", retention=INVITED)
    inviter = personal("who let somebody in", retention=INVITED, is_exported=False, erasure=Erasure.ANONYMISE)
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
    # Whoever came in before their first day is written to where they came from.
    came_in = Q(used_at__isnull=False, person__state=PersonState.EXPECTED)
    retention.keep("identity.Invitation", since="expires_at", lasts=retention.MONTH, says=INVITED, among=~came_in)
    for model in ("AddressChange", "AddressMove", "AccountReopening"):
        retention.keep(f"identity.{model}", since="asked_at", lasts=36 * retention.MONTH, says=DECIDED)
    address = personal("to give somebody another address without letting another person in by it", retention=DECIDED)
    voucher = personal("who said yes to another address", retention=DECIDED, is_exported=False, erasure=Erasure.ANONYMISE)
    secret = personal("the link of a mail, as what it hashes to", retention="7 days", is_exported=False)
    declare(
        "identity.AddressChange",
        public_id=NOT_PERSONAL,
        person=address,
        kind=address,
        old_address=address,
        new_address=address,
        batch=NOT_PERSONAL,
        asked_by=voucher,
        asked_at=address,
        move=address,
        state=address,
        closed_at=address,
        token_hash=secret,
        token_expires_at=secret,
    )
    declare("identity.AddressYes", change=address, person=voucher, voice=voucher, reason=voucher, at=voucher)
    declare(
        "identity.AddressMove",
        **dict.fromkeys(("public_id", "batch", "old_domain", "new_domain", "asked_at", "refused_at"), NOT_PERSONAL),
        **dict.fromkeys(("first_by", "first_at", "second_by", "second_at"), voucher),
    )
    opened = personal("who opened an account again, for whom and why", retention=DECIDED)
    opener = personal("who opened an account again", retention=DECIDED, is_exported=False, erasure=Erasure.ANONYMISE)
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
    session = personal("to stay signed in", retention="until the session ends, 7 days at most", is_exported=False)
    declare("identity.Session", session_data=session, expire_date=session, person=session)
    factor = personal("to sign in with a second factor", retention="until it is given up", is_exported=False)
    declare("mfa.Authenticator", user=factor, type=factor, data=factor, created_at=factor, last_used_at=factor)
    sender = personal("who imported which file of HR, and when", retention="36 months", erasure=Erasure.KEEP)
    shown = personal("what a file of HR changed, as its report shows it", retention="12 months", is_exported=False)
    settings = ("public_id", "kind", "state", "refusal", "refusal_params", "mapping", "skips_bad_rows", "allows_departures")
    progress = ("problem_count", "progress_done", "progress_total", "attempts", "leased_until")
    declare(
        "identity.ImportBatch",
        file_name=sender,
        uploaded_by=sender,
        compared_by=sender,
        uploaded_at=sender,
        applied_at=sender,
        stored_path=personal("to write what a file of HR says", retention="7 days, or until it is written", is_exported=False),
        examples=shown,
        problems=shown,
        counts=shown,
        allowed_holders=shown,
        **dict.fromkeys((*settings, *progress), NOT_PERSONAL),
    )
    not_personal("identity.ImportMapping")
    # Tables of the library that this product leaves empty: e-mails stand in the file of people.
    not_personal("account.EmailAddress", "account.EmailConfirmation")
