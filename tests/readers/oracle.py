"""Who may read what, written a second time by hand: one function over rows per model, which asks nothing of ``rse.core.access.readers``.

A rule is changed in two places, its declaration and this table. That is meant: the two were thought of apart, and a slip in one shows.
"""

SEE_CHANGES = (("administrator", "hr_head"), ("administrator", "hr_head", "dpo"))  # closed ones, those that wait
ORACLES = {}
BUT_SUCCESSION = {"hr", "hr_head", "recruiter", "handler", "dpo", "administrator", "editor"}
OF_HR = {"hr", "hr_head", "recruiter", "handler", "dpo"}
UNDER_WAY = {"planned", "active", "paused"}
STANDING = {"pending", "accepted"}
WAITING = {"submitted", "in_review", "interview", "offer"}


def visible(world, model, person):
    """The keys of the rows of ``model`` that ``person`` may open: none for those who left."""
    if person.state == "left":
        return set()
    may = ORACLES[model._meta.label]
    return {row.pk for row in model._base_manager.all() if may(world, person, row)}


def reads(label):
    def put(oracle):
        ORACLES[label] = oracle
        return oracle

    return put


def _own(column):
    return lambda world, me, row: getattr(row, f"{column}_id") == me.pk


def _own_or_shown(column, shown):
    return lambda world, me, row: getattr(row, f"{column}_id") == me.pk or (world.present(me) and getattr(row, shown))


def _in_running_pair(world, me, row):
    return world.in_running_pair(me, row.pair_id)


def _hung(world, me, row):
    return world.hosts(me, row.audience_id) or (row.is_visible and world.inside(me, row.audience_id))


ORACLES |= {
    "governance.Reporter": _own("person"),
    "notify.Notification": _own("recipient"),
    "core.Absence": _own("person"),
    **dict.fromkeys(("talent.LedgerOptOut", "mobility.Bookmark"), _own("person")),
    "talent.Training": _own_or_shown("person", "is_public"),
    "talent.DeclaredSkill": _own_or_shown("person", "is_public"),
    "mentoring.Goal": _in_running_pair,
    "mentoring.Session": _in_running_pair,
    "feed.Acceptance": _hung,
    "feed.UsefulMark": _hung,
    "core.Audience": lambda world, me, row: world.inside(me, row.pk),
    "onboarding.TemplateVersion": lambda world, me, row: world.holds(me, "hr"),
    "hris.ImportBatch": lambda world, me, row: world.holds(me, "hr") or world.holds(me, "administrator"),
    "hris.ImportMapping": lambda world, me, row: world.holds(me, "hr") or world.holds(me, "administrator"),
    "hris.Correction": lambda world, me, row: row.person_id == me.pk or world.hr_of(me, row.person_id),
    "hris.UnlistedPerson": lambda world, me, row: (
        row.person_id == me.pk or world.hr_of(me, row.person_id) or world.holds(me, "administrator")
    ),
    "governance.AccessLogVerification": lambda world, me, row: world.holds_one(me, "dpo", "administrator", "hr_head"),
    "core.RoleRemoval": lambda world, me, row: (
        me.pk in (row.person_id, row.asked_by_id) or world.holds_one(me, "dpo", "administrator", "hr_head")
    ),
    "identity.AddressChange": lambda world, me, row: (
        row.person_id == me.pk or world.hr_of(me, row.person_id) or world.holds_one(me, *SEE_CHANGES[row.state == "waiting"])
    ),
    "mentoring.MentoringPair": lambda world, me, row: me.pk in (row.mentor_id, row.mentee_id) and me.pk not in world.sealed,
    "identity.AddressMove": lambda world, me, row: world.holds_one(me, "administrator", "hr", "hr_head"),
    "identity.AccountReopening": lambda world, me, row: world.holds(me, "administrator") or world.hr_of(me, row.person_id),
    "identity.InvitationRun": lambda world, me, row: row.started_by_id == me.pk or world.holds(me, "administrator"),
    "identity.SignInCard": lambda world, me, row: (
        row.person_id == me.pk
        or world.holds(me, "administrator")
        or world.hr_of(me, row.person_id)
        or (row.reopening_id is None and world.directly_above(me, row.person_id))
    ),
    "communities.CreationRequest": lambda world, me, row: (
        row.asked_by_id == me.pk or (world.hr_of(me, row.asked_by_id) and not (row.is_protected and row.answered_at is not None))
    ),
    "communities.JoinRequest": lambda world, me, row: row.person_id == me.pk or world.hosts(me, row.audience_id),
}


@reads("core.RoleGrant")
def _grant(world, me, row):
    if row.person_id == me.pk or world.holds(me, "administrator") or world.holds(me, "dpo"):
        return True
    return world.holds(me, "hr_succession") if row.role == "hr_succession" else world.holds_over(me, "hr", row.unit_id)


@reads("core.RoleRequest")
def _role_request(world, me, row):
    if row.person_id == me.pk:
        return False
    return (
        row.asked_by_id == me.pk
        or world.holds(me, "dpo")
        or (row.role in BUT_SUCCESSION and world.holds(me, "administrator"))
        or (row.role in {*OF_HR, "administrator"} and world.holds(me, "hr_head"))
        or (row.role == "hr_succession" and world.holds(me, "hr_succession"))
    )


@reads("core.Person")
def _person(world, me, row):
    shares_cohort = any((space, me.pk) in world.members and (space, row.pk) in world.members for space in world.cohorts)
    return (
        row.pk == me.pk
        or (world.present(me) and row.state == "active")
        or world.above(me, row.pk)
        or world.holds_over(me, "hr", row.unit_id)
        or world.holds(me, "administrator")
        or (row.state == "expected" and shares_cohort)
        or world.is_opened(me, "person", row.pk)
    )


@reads("governance.AccessLogEntry")
def _log_entry(world, me, row):
    about = [person for entry, person in world.logged if entry == row.pk]
    if row.is_withheld and me.pk in about:
        return False
    if (row.purpose == "application" or row.kind == "wish") and any(world.above(me, one) for one in about):
        return False
    if row.kind in ("application", "wish") and world.stood_above(me, row.kind, row.row_id):
        return False
    return world.holds(me, "dpo")


@reads("governance.FeatureSwitch")
def _feature(world, me, row):
    is_on = row.on_since is not None and row.off_at is None
    return any(world.holds(me, role) for role in ("administrator", "hr_head", "dpo")) or (is_on and world.present(me))


@reads("governance.Moderation")
def _moderation(world, me, row):
    if row.author_id == me.pk:
        return True
    if world.above(me, row.author_id) or world.reported_or_above(me, row.report_id):
        return False
    handles = world.hr_of(me, row.author_id, "handler")
    return handles or (not row.is_protected and row.audience_id is not None and world.hosts(me, row.audience_id))


@reads("governance.Report")
def _report(world, me, row):
    if row.about_id == me.pk or world.above(me, row.about_id) or world.reported_or_above(me, row.pk):
        return False
    return world.hr_of(me, row.about_id, "handler") or (not row.is_protected and world.hosts(me, row.audience_id))


@reads("pages.HandbookPage")
@reads("pages.CharterPage")
def _page(world, me, row):
    published = row.live and (row.expire_at is None or row.expire_at > world.now)
    edits = world.holds_anywhere(me, "editor") and any(person == me.pk and row.path.startswith(section) for section, person in world.edited)
    heads = world.holds_anywhere(me, "hr_head") and any(row.path.startswith(one) for one in world.handbooks)
    return published or edits or heads or row.owner_id == me.pk


@reads("pages.PagePicture")
def _picture_of_page(world, me, row):
    return _page(world, me, row.handbook_page)


@reads("succession.KeyPosition")
def _key_position(world, me, row):
    return world.holds(me, "hr_succession") and (row.pk, me.pk) not in world.named


@reads("succession.Plan")
def _plan(world, me, row):
    if (row.key_position_id, me.pk) in world.named:
        return False
    return world.holds(me, "hr_succession") or world.is_opened(me, "plan", row.pk)


@reads("talent.Wish")
def _wish(world, me, row):
    if world.above(me, row.person_id) or world.stood_above(me, "wish", row.pk):
        return False
    shared = world.hr_of(me, row.person_id) or world.holds(me, "hr_succession") or world.holds(me, "recruiter")
    return row.person_id == me.pk or (row.visibility == "hr" and shared)


@reads("talent.LedgerLine")
def _line(world, me, row):
    if row.audience_id in world.protected:
        return False
    return row.person_id == me.pk or (row.is_kept and not row.is_hidden and world.inside(me, row.audience_id))


@reads("talent.HelpConfirmation")
def _help(world, me, row):
    return me.pk in (row.person_id, row.by_id) or (row.is_shown and world.inside_unprotected(me, row.audience_id))


@reads("talent.Confirmation")
def _confirmation(world, me, row):
    if me.pk in (row.person_id, row.by_id):
        return True
    return world.present(me) if row.ground == "unit" else world.inside_unprotected(me, row.audience_id)


@reads("feed.Post")
def _post(world, me, row):
    own = row.author_id == me.pk and row.deleted_at is None and world.inside(me, row.audience_id)
    return _hung(world, me, row) or own or world.is_opened(me, "post", row.pk)


@reads("feed.Comment")
def _comment(world, me, row):
    own = row.author_id == me.pk and row.deleted_at is None and row.is_post_visible and world.inside(me, row.audience_id)
    return _hung(world, me, row) or own or world.is_opened(me, "comment", row.pk)


@reads("feed.EditedVersion")
def _version(world, me, row):
    return world.hosts(me, row.audience_id) or (row.is_visible and row.author_id == me.pk and world.inside(me, row.audience_id))


@reads("feed.Picture")
def _picture(world, me, row):
    if row.audience_id is None:
        return row.owner_id == me.pk
    opened = world.is_opened(me, "post", row.post_id) or world.is_opened(me, "comment", row.comment_id)
    return _hung(world, me, row) or opened


@reads("mobility.Application")
def _application(world, me, row):
    is_sent = row.state in WAITING | {"accepted", "refused"} and row.erased_at is None
    is_told = is_sent and row.informed_manager_id == me.pk and world.directly_above(me, row.applicant_id)
    competes = row.applicant_id != me.pk and (row.opening_id, me.pk) in world.competing
    from_above = world.above(me, row.applicant_id) or world.stood_above(me, "application", row.pk)
    if competes or (from_above and not is_told):
        return False
    handles = (
        (row.opening_id, me.pk) in world.team
        or world.holds_over(me, "hr", row.unit_id)
        or (row.handler_id == me.pk and world.holds_anywhere(me, "hr_head"))
    )
    return row.applicant_id == me.pk or is_told or (is_sent and handles)


@reads("mobility.Opening")
def _opening(world, me, row):
    published = row.state == "published" and not row.is_hidden and world.present(me)
    return published or (row.pk, me.pk) in world.team or world.holds_over(me, "hr", row.unit_id)


@reads("communities.Community")
def _community(world, me, row):
    if row.deleted_at is not None:
        return row.deleted_by_id == me.pk
    return (row.kind != "secret" and not row.audience.is_secret and world.present(me)) or world.inside(me, row.audience_id)


@reads("communities.CommunityInvitation")
def _invitation(world, me, row):
    return world.hosts(me, row.audience_id) or (row.used_at is None and row.person_id == me.pk)


@reads("mentoring.MentoringRequest")
def _mentoring_request(world, me, row):
    return me.pk not in world.sealed and (row.mentee_id == me.pk or (row.mentor_id == me.pk and row.state in STANDING))


@reads("mentoring.Seal")
def _seal(world, me, row):
    if world.above(me, row.person_id):
        return False
    hr = world.hr_of(me, row.person_id) or world.holds(me, "hr_head")
    return row.person_id == me.pk or (row.asked_at is not None and hr)


@reads("mentoring.MentoringOffer")
def _offer(world, me, row):
    shown = row.is_open and not row.is_hidden and world.present(me)
    hidden = row.is_hidden and world.hr_of(me, row.mentor_id)
    return row.mentor_id == me.pk or shown or hidden or world.is_opened(me, "mentoring_offer", row.pk)


@reads("mentoring.Note")
def _note(world, me, row):
    own = row.author_id == me.pk and me.pk not in world.sealed
    return own or (row.kind == "ours" and world.in_running_pair(me, row.pair_id))


@reads("onboarding.Cohort")
def _cohort(world, me, row):
    hr = world.holds(me, "hr") or any(where == row.pk and world.hr_of(me, one) for where, one in world.newcomers)
    return hr or row.host_id == me.pk or (row.state == "open" and world.inside(me, row.audience_id))


@reads("onboarding.Journey")
def _journey(world, me, row):
    near = row.state in UNDER_WAY and (row.buddy_id == me.pk or world.directly_above(me, row.newcomer_id))
    return row.newcomer_id == me.pk or near or world.hr_of(me, row.newcomer_id)


@reads("onboarding.BuddyRequest")
def _buddy_request(world, me, row):
    if row.newcomer_id == me.pk:
        return False
    near = row.state in STANDING and (row.person_id == me.pk or world.directly_above(me, row.newcomer_id))
    return near or world.hr_of(me, row.newcomer_id)
