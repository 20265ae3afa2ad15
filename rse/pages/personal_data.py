"""What each field of this room, and of the tables that Wagtail brings, is about a person."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from rse.core.ops.periods import AsLong, Employed, Empty, Span, Until
from rse.core.ops.personal_fields import NOT_PERSONAL, Erasure, declare, not_personal, personal

PAGES = ("wagtailcore.Page", "pages.HandbookIndex", "pages.HandbookPage", "pages.CharterPage")
AS_LONG = AsLong(_("the page"), PAGES)
HISTORY = AsLong(_("the handbook"), ("wagtailcore.Revision", "wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry"))


def declare_fields():
    """Fill the registry for our pages, for Wagtail's, and for what it notes of those who write them."""
    _declare_pages()
    named = personal(
        "who edits which section, and who decided it", retention=Until(_("they edit it no longer"), "rse.pages.services.end_section_editor")
    )
    declare("pages.SectionEditor", section=named, person=named, named_by=named, named_at=named)
    _declare_writing()
    _declare_screens()
    not_personal(
        "pages.PagePicture",
        *(f"wagtailcore.{name}" for name in ("Locale", "Site", "GroupSitePermission", "Collection", "GroupCollectionPermission")),
        *(f"wagtailcore.{name}" for name in ("CollectionViewRestriction", "CollectionViewRestriction_groups")),
        *(f"wagtailcore.{name}" for name in ("PageViewRestriction", "PageViewRestriction_groups", "GroupPagePermission")),
        *(f"wagtailcore.{name}" for name in ("Workflow", "WorkflowPage", "WorkflowContentType", "WorkflowTask", "Task")),
        *(f"wagtailcore.{name}" for name in ("GroupApprovalTask", "GroupApprovalTask_groups", "ReferenceIndex")),
        "wagtailadmin.Admin",
        "taggit.Tag",
        "taggit.TaggedItem",
        *(model._meta.label for model in apps.get_app_config("wagtailsearch").get_models()),  # another set for each database
    )


def _declare(model, personal_fields):
    """``personal_fields`` say something about a person, the others nothing."""
    names = [field.name for field in apps.get_model(model)._meta.concrete_fields if not field.primary_key]
    declare(model, **(dict.fromkeys(names, NOT_PERSONAL) | personal_fields))


def _declare_pages():
    wrote = personal("who wrote the page", retention=AS_LONG, erasure=Erasure.ANONYMISE)
    locked = personal(
        "who holds back other changes to the page",
        retention=Until(_("it is unlocked"), "wagtail.models.Page.permissions_for_user"),
        is_exported=False,
    )
    for model in PAGES:
        _declare(model, {"owner": wrote, "locked_by": locked, "locked_at": locked})


def _declare_writing():
    """What was written, when, by whom: the history of a text that everybody goes by."""
    version = personal("who wrote which version of a page", retention=HISTORY, erasure=Erasure.ANONYMISE)
    _declare("wagtailcore.Revision", {"user": version, "created_at": version})
    done = personal("who published, moved or deleted a page", retention=HISTORY, erasure=Erasure.ANONYMISE)
    for model in ("wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry"):
        _declare(model, {"user": done, "action": done, "timestamp": done, "data": done})
    following = personal("whom Wagtail would write to about remarks, which are off here", retention=AS_LONG, is_exported=False)
    _declare("wagtailcore.PageSubscription", {"user": following, "page": following, "comment_notifications": following})


def _declare_screens():
    """Preferences, and tables of Wagtail for what is closed here: they stay empty."""
    liked = personal(
        "how an editor likes the screens",
        retention=Employed(model="wagtailusers.UserProfile", things=_("Tastes of editors"), person="user", lasts=Span(days=30)),
    )
    names = [field.name for field in apps.get_model("wagtailusers.UserProfile")._meta.concrete_fields if not field.primary_key]
    declare("wagtailusers.UserProfile", **dict.fromkeys(names, liked))
    unused = personal("nothing: what would fill this table is closed", retention=Empty(), is_exported=False)
    for model in ("wagtailadmin.EditingSession", "wagtailadmin.FormState", "wagtailcore.APIToken", "wagtailcore.UploadedFile"):
        _declare_empty(model, unused)
    for model in ("wagtailcore.Comment", "wagtailcore.CommentReply", "wagtailcore.WorkflowState", "wagtailcore.TaskState"):
        _declare_empty(model, unused)


def _declare_empty(model, unused):
    names = [field.name for field in apps.get_model(model)._meta.concrete_fields if not field.primary_key]
    declare(model, **dict.fromkeys(names, unused))
