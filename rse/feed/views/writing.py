"""Posts and comments: published, edited, taken back."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core.access.readers import get_visible_or_404
from rse.core.models import Person
from rse.core.versions import EditedMeanwhile
from rse.core.web import conflicts
from rse.core.web.limits import count
from rse.core.web.own_pages import own_page
from rse.core.web.uploads import takes_pictures
from rse.core.web.views.responses import is_swap, led_to, swapped
from rse.governance.charter import charter_required

from .. import rules, services
from ..card_rendering import words_for
from ..composer import composer_for
from ..forms import CommentForm, PostEditForm
from ..mentions import as_edited
from ..models import Picture
from ..preview import preview_for
from ..queries import not_told, thread_for, versions_of
from .lookup import audience_or_404, thing_or_404
from .threads import about_or_404, thread_page


def _own_pictures(request, form, thing=None):
    """The pictures that the form names: the person's own, on nothing yet or on this very text. Another's answers 404."""
    ids = form.picture_ids()
    named = Picture.objects.visible_to(request.user).filter(public_id__in=ids, owner=request.user)
    mine = {picture.public_id: picture for picture in named}
    pictures = []
    for public_id in ids:
        picture = mine.get(public_id)
        is_free = picture and (picture.audience_id is None or (thing is not None and thing.pk in (picture.post_id, picture.comment_id)))
        if not is_free:
            get_visible_or_404(Picture, request.user, public_id=public_id, owner=request.user, audience=None)
        picture.alt = form.data.get(f"alt-{public_id}", picture.alt)
        pictures.append(picture)
    return pictures


def _upload(request, form):
    """Keep the files that came with the form; what is refused is said on the form."""
    kept = []
    for file in request.FILES.getlist("files"):
        count("picture", request.user.pk, per_minute=30)
        try:
            kept.append(services.upload_picture(owner=request.user, file=file))
        except (services.BadPicture, services.TooMuch) as refusal:
            form.add_error(None, _("%(file)s: %(why)s") % {"file": shown_name(file.name), "why": refusal.sentence})
    return kept


def shown_name(name):
    """Return the name of an uploaded file as it is repeated to the person: printable, and of 60 characters at most."""
    return "".join(letter for letter in name or "" if letter.isprintable())[-60:] or "?"


def _words(pictures, form):
    return [(picture.public_id, form.data.get(f"alt-{picture.public_id}", picture.alt)) for picture in pictures]


def _without(request, pictures):
    """``pictures`` but for the one whose button was pressed."""
    return [picture for picture in pictures if picture.public_id != request.POST.get("without")]


def _within(request):
    said = request.POST.get("within", "")
    return audience_or_404(request, said) if said else None


def _say_who_is_not_told(request, thing):
    """Tell the author whom the text names in vain: only people they may see anyway."""
    lines = not_told(thing, request.user)
    unread = [line["person"].name for line in lines if not line["may_read"]]
    beyond = len(lines) - len(unread)
    said = []
    if unread:
        sentence = ngettext(
            "%(names)s will not be notified and cannot read this.", "%(names)s will not be notified and cannot read this.", len(unread)
        )
        said.append(sentence % {"names": ", ".join(unread)})
    if beyond:
        sentence = ngettext("%(count)d more person named is not notified.", "%(count)d more people named are not notified.", beyond)
        said.append(sentence % {"count": beyond})
    return said


def _asked(request):
    """Return whom the question was begun for; None where they are gone meanwhile, for the text is published all the same."""
    try:
        return get_visible_or_404(Person, request.user, handle=request.POST.get("ask", ""))
    except Http404:
        return None


@takes_pictures
@require_POST
@charter_required
def publish(request):
    """Publish what the composer holds; ``add`` uploads its files first and shows it again, ``without`` takes a picture away."""
    within = _within(request)
    composer = composer_for(request.user, audience=within, asked=_asked(request), data=request.POST, files=request.FILES)
    form = composer.form
    pictures = _without(request, _own_pictures(request, form))
    is_valid = form.is_valid()
    pictures += _upload(request, form)
    composer.pictures = pictures
    if _is_about_pictures(request) and composer.audience:
        answer = render(request, _composer_template(request), {"composer": composer}, status=_judge_files_only(form))
        return _with_pictures(answer, "composer-files")
    if is_valid and form.is_valid() and _is_preview(request):
        composer.preview = _preview(request, form)
        return _with_preview(render(request, _composer_template(request), {"composer": composer}), "composer")
    if is_valid and form.is_valid():
        count("post", request.user.pk, per_minute=10, per_hour=100)
        said = form.cleaned_data
        try:
            post = services.publish_post(
                author=request.user,
                audience=said["audience"],
                kind=said["kind"],
                title=said["title"],
                body=said["body"],
                language=said["language"],
                pictures=_words(pictures, form),
                key=said["key"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _published(request, post, within)
    return render(request, _composer_template(request), {"composer": composer}, status=422)


def _composer_template(request):
    return "feed/_composer.html" if is_swap(request) else "feed/compose.html"


def _is_about_pictures(request):
    """Whether a button of the pictures was pressed, and not the one that sends the text."""
    return ("add" in request.POST and not _is_preview(request)) or "without" in request.POST


def _is_preview(request):
    """Whether the button of the preview was pressed: nothing is published, and what is not right yet is said as it would be."""
    return request.POST.get("add") == "preview"


def _preview(request, form):
    count("preview", request.user.pk, per_minute=30)
    return preview_for(request.user, form.cleaned_data.get("title", ""), form.cleaned_data["body"])


def _with_preview(answer, form):
    return swapped(answer, said=_("This is how your text will stand."), focus=f"{form}-preview")


def _with_pictures(answer, field):
    if answer.status_code >= HTTPStatus.BAD_REQUEST:
        return answer
    return swapped(answer, said=_("The pictures of your text have changed."), focus=field)


def _judge_files_only(form):
    """Forget what is not yet right in a text that is still being written; the status that the files deserve."""
    refused = list(form.non_field_errors())
    form.errors.clear()
    if refused:
        form.add_error(None, refused)
    return 422 if refused else 200


def _published(request, post, within):
    said = _say_who_is_not_told(request, post)
    if is_swap(request):
        post = thing_or_404(request, "post", post.public_id)
        context = {"composer": composer_for(request.user, audience=within), "posts": [post], "said": said}
        answer = render(request, "feed/_published.html", context)
        return swapped(answer, said=_("Your post is published."), focus=f"post-{post.public_id}")
    for sentence in said:
        messages.info(request, sentence)
    return redirect(own_page(request.POST.get("next", ""), post))


@takes_pictures
@require_POST
@charter_required
def comment(request, public_id):
    """Answer a post, or remark on the answer that ``about`` names."""
    post = thing_or_404(request, "post", public_id)
    if not rules.can_comment(request.user, post):
        raise PermissionDenied
    form = CommentForm(request.POST, request.FILES)
    about = about_or_404(request, post, request.POST["about"]) if request.POST.get("about") else None
    pictures = _without(request, _own_pictures(request, form))
    is_valid = form.is_valid()
    pictures += _upload(request, form)
    if _is_about_pictures(request):
        again = {"form": form, "about": about, "pictures": pictures}
        return _with_pictures(_answer_again(request, post, again, status=_judge_files_only(form)), "answer-files")
    if is_valid and form.is_valid() and _is_preview(request):
        again = {"form": form, "about": about, "pictures": pictures, "preview": _preview(request, form)}
        return _with_preview(_answer_again(request, post, again, status=200), "answer")
    if is_valid and form.is_valid():
        count("comment", request.user.pk, per_minute=20)
        said = form.cleaned_data
        try:
            new = services.publish_comment(
                author=request.user, post=post, answer=about, body=said["body"], pictures=_words(pictures, form), key=said["key"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            sentences = _say_who_is_not_told(request, new)
            if is_swap(request):
                post = thing_or_404(request, "post", post.public_id)
                context = thread_page(request, post, thread_for(request.user, post, at=new.public_id)) | {"said": sentences}
                answer = render(request, "feed/_answered.html", context)
                words = _("Your remark is published.") if about else _("Your answer is published.")
                return swapped(answer, said=words, focus=f"comment-{new.public_id}")
            for sentence in sentences:
                messages.info(request, sentence)
            return redirect(new)
    return _answer_again(request, post, {"form": form, "about": about, "pictures": pictures}, status=422)


def _answer_again(request, post, again, *, status):
    if is_swap(request):
        return render(request, "feed/_answer.html", {"post": post, "preview": None} | again, status=status)
    about = again["about"]
    context = thread_page(request, post, thread_for(request.user, post, at=about and about.public_id)) | again
    return render(request, "feed/post_detail.html", context, status=status)


@takes_pictures
@require_http_methods(["GET", "HEAD", "POST"])
@charter_required
def edit(request, kind, public_id):
    """Edit one's own words; if another window saved meanwhile, show both versions."""
    thing = thing_or_404(request, kind, public_id)
    if not rules.can_edit(request.user, thing):
        raise PermissionDenied
    if request.method != "POST":
        pictures = list(Picture.objects.visible_to(request.user).filter(**{kind: thing}).order_by("place", "pk"))
        return _edit_page(request, kind, thing, _edit_form(kind, thing), pictures)
    form = _edit_form(kind, thing, request.POST, request.FILES)
    pictures = _without(request, _own_pictures(request, form, thing))
    is_valid = form.is_valid()
    pictures += _upload(request, form)
    if _is_about_pictures(request):
        return _with_pictures(_edit_page(request, kind, thing, form, pictures, status=_judge_files_only(form)), "edit-files")
    if is_valid and form.is_valid() and _is_preview(request):
        return _with_preview(_edit_page(request, kind, thing, form, pictures, status=200, preview=_preview(request, form)), "edit")
    if is_valid and form.is_valid():
        count("edit", request.user.pk, per_minute=20)
        try:
            saved = _save(request.user, kind, thing, form.cleaned_data, _words(pictures, form))
        except EditedMeanwhile as meanwhile:
            context = {"kind": kind, "thing": meanwhile.current, "pictures": pictures, "preview": None}
            return conflicts.answer(request, "feed/edit.html", context, form=form, theirs=_said_of(kind, meanwhile.current))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            for sentence in _say_who_is_not_told(request, saved):
                messages.info(request, sentence)
            return led_to(request, saved)
    return _edit_page(request, kind, thing, form, pictures, status=422)


def _save(editor, kind, thing, said, pictures):
    values = {"editor": editor, "body": said["body"], "pictures": pictures, "version": said["version"]}
    if kind == "post":
        return services.edit_post(post=thing, title=said["title"], language=said["language"], **values)
    return services.edit_comment(comment=thing, **values)


def _edit_form(kind, thing, data=None, files=None):
    initial = _said_of(kind, thing)
    if kind == "comment":
        return CommentForm(data, files, is_edit=True, initial=initial)
    return PostEditForm(data, files, kind=thing.kind, initial=initial)


def _said_of(kind, thing):
    if kind == "comment":
        return {"body": as_edited(thing, thing.body), "version": thing.version}
    words = {name: as_edited(thing, getattr(thing, name)) for name in ("title", "body")}
    return words | {"language": thing.language, "version": thing.text_version}


def _edit_page(request, kind, thing, form, pictures, *, status=200, preview=None):
    context = {"kind": kind, "thing": thing, "form": form, "pictures": pictures, "preview": preview}
    return render(request, "feed/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, kind, public_id):
    """Delete one's own words, after a page that asks once."""
    thing = thing_or_404(request, kind, public_id)
    if not rules.can_delete(request.user, thing):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "feed/delete.html", {"kind": kind, "thing": thing})
    if kind == "post":
        services.delete_post(actor=request.user, post=thing)
        messages.success(request, _("Your post is deleted."))
        return redirect(thing.audience.address or "home")
    services.delete_comment(actor=request.user, comment=thing)
    messages.success(request, _("Your answer is deleted."))
    return redirect("feed:post", public_id=thing.post.public_id)


@require_safe
def history(request, kind, public_id):
    """Render the former texts of a post or comment, for its author and the hosts."""
    thing = thing_or_404(request, kind, public_id)
    if not rules.can_see_history(request.user, thing):
        raise PermissionDenied
    return render(request, "feed/history.html", {"kind": kind, "thing": thing, "versions": _versions(request, thing)})


def _versions(request, thing):
    versions = list(versions_of(request.user, thing))
    return [(version, *words) for version, words in zip(versions, words_for(request.user, versions), strict=True)]
