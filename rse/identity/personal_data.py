"""What each field of this room, and of the library behind it, is about a person."""

from rse.core.fields import NOT_PERSONAL, Erasure, declare, not_personal, personal


def declare_fields():
    """Fill the registry for invitations, sessions and second factors."""
    invited = personal("to let somebody set their first password", retention="14 days, then 30 days")
    inviter = personal("who let somebody in", retention="14 days, then 30 days", is_exported=False, erasure=Erasure.ANONYMISE)
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
    )
    session = personal("to stay signed in", retention="until the session ends, 7 days at most", is_exported=False)
    declare("identity.Session", session_data=session, expire_date=session, person=session)
    factor = personal("to sign in with a second factor", retention="until it is given up", is_exported=False)
    declare("mfa.Authenticator", user=factor, type=factor, data=factor, created_at=factor, last_used_at=factor)
    sender = personal("who imported which file of HR, and when", retention="36 months", erasure=Erasure.KEEP)
    shown = personal("what a file of HR changed, as its report shows it", retention="12 months", is_exported=False)
    settings = ("public_id", "kind", "state", "refusal", "refusal_params", "mapping", "skips_bad_rows", "allows_departures")
    progress = ("problem_count", "progress_done", "progress_total")
    declare(
        "identity.ImportBatch",
        file_name=sender,
        uploaded_by=sender,
        uploaded_at=sender,
        applied_at=sender,
        stored_path=shown,
        examples=shown,
        problems=shown,
        counts=shown,
        allowed_holders=shown,
        **dict.fromkeys((*settings, *progress), NOT_PERSONAL),
    )
    not_personal("identity.ImportMapping")
    # Tables of the library that this product leaves empty: e-mails stand in the file of people.
    not_personal("account.EmailAddress", "account.EmailConfirmation")
