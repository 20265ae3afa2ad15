from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Way(TextChoices):
    """How an invitation reached somebody; the address itself stands in their file."""

    WORK = "work", _("by work e-mail")
    PRIVATE = "private", _("by private e-mail")
    HAND = "hand", _("by a link handed over")


class InvitedSo(TextChoices):
    """What became of the last invitation of somebody, as the list of invitations is narrowed by it."""

    NEVER = "never", _("Not invited yet")
    SENT = "sent", _("The link works")
    OVER = "over", _("The link works no longer")
    NOWHERE = "nowhere", _("No e-mail in the file")


class RunSource(TextChoices):
    """Whom the mails of a run are for."""

    FILTER = "filter", _("everybody of a filter of the list")
    CHOSEN = "chosen", _("those chosen in the list")
    FILE = "file", _("newcomers of the file of HR")


class MailState(TextChoices):
    """What became of the mail to one person of a run."""

    WAITING = "waiting", pgettext_lazy("mail of a run", "Waiting")
    QUEUED = "queued", pgettext_lazy("mail of a run", "About to leave")
    TRIED = "tried", pgettext_lazy("mail of a run", "Tried again later")
    LEAVING = "leaving", pgettext_lazy("mail of a run", "Leaving")
    SENT = "sent", pgettext_lazy("mail of a run", "Left")
    FAILED = "failed", pgettext_lazy("mail of a run", "Failed")
    KEPT = "kept", pgettext_lazy("mail of a run", "Not needed any more")
    STOPPED = "stopped", pgettext_lazy("mail of a run", "Stopped")


MAIL_TO_COME = (MailState.WAITING, MailState.QUEUED, MailState.TRIED)
MAIL_OPEN = (*MAIL_TO_COME, MailState.LEAVING)


class CardState(TextChoices):
    """What became of a card on paper."""

    PRINTED = "printed", pgettext_lazy("card", "Printed, not handed over")
    HANDED = "handed", pgettext_lazy("card", "Handed over, works")
    OVER = "over", pgettext_lazy("card", "Handed over, works no longer")
    USED = "used", pgettext_lazy("card", "Used")
    ENDED = "ended", pgettext_lazy("card", "Void")


class AddressKind(TextChoices):
    """Which address of a person; the value names the column of their row."""

    WORK = "email", _("work e-mail")
    PRIVATE = "private_email", _("private e-mail")


class MailWay(TextChoices):
    """To which address of a person a mail goes; it is looked up when the mail goes out."""

    LOGIN = "login"  # with the link by which that address answers
    NEW = "new"  # what somebody asks for themselves
    OLD = "old"  # what a change put another address in the place of
    WORK = "email"
    PRIVATE = "private_email"


class ChangeState(TextChoices):
    WAITING = "waiting", pgettext_lazy("change of an address", "Waiting")
    MADE = "made", pgettext_lazy("change of an address", "Made")
    REFUSED = "refused", pgettext_lazy("change of an address", "Refused")
    REPLACED = "replaced", pgettext_lazy("change of an address", "Replaced by a later one")
    ENDED = "ended", pgettext_lazy("change of an address", "Ended: the person left")


class Voice(TextChoices):
    """In which function somebody says yes to another address."""

    OWNER = "owner", _("from where they are signed in")
    OLD_ADDRESS = "old", _("from the old address")
    FACE_TO_FACE = "hand", _("face to face")
    HEAD = "head", _("as head of HR")


class HandReason(TextChoices):
    """Why two people of HR vouch for another address."""

    MAILBOX_GONE = "mailbox", _("The old mailbox no longer exists, and I have seen the person")
    NAME = "name", _("The name changed, and I have seen the person")
    MISTAKE = "mistake", _("The old address was written wrongly, and I have seen the person")


class ReopenReason(TextChoices):
    """Why two people of HR open an account again that somebody had."""

    BACK = "back", _("The person works here again")
    CUT_BY_MISTAKE = "mistake", _("The access was cut by mistake")
    SECURED = "secured", _("The account was in other hands, and is given to its owner again")
    LINK_LOST = "lost", _("An earlier link was lost or has expired")
    FORGOTTEN = "forgotten", _("The person forgot the password, has no e-mail, and I have seen them")
