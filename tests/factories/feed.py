import io

import factory
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory
from PIL import Image

from rse.core import clock
from rse.core.enums import AudienceType
from rse.core.models import Audience, AudienceMember
from rse.core.public_ids import random_id
from rse.feed import services
from rse.feed.enums import PostKind
from rse.feed.models import Comment, Picture, Post
from rse.feed.services.pictures import FOLDER
from rse.feed.services.texts import mark_mentions

from .core import AudienceFactory, PersonFactory


def everyone():
    """The audience of everyone, which is one."""
    found, _new = Audience.objects.get_or_create(kind=AudienceType.EVERYONE, defaults={"label": "Everyone", "is_open": True})
    return found


def joined(audience, person, role="member"):
    """``person``, now a member of ``audience``."""
    AudienceMember.objects.update_or_create(audience=audience, person=person, defaults={"role": role})
    return person


class PostFactory(DjangoModelFactory):
    """A message of a member. Traits: ``question``, ``hidden``, ``deleted``."""

    class Meta:
        model = Post
        skip_postgeneration_save = True

    class Params:
        question = factory.Trait(kind=PostKind.QUESTION, title=factory.Sequence(lambda n: f"Question {n} ?"))
        hidden = factory.Trait(is_hidden=True, is_visible=False)
        deleted = factory.Trait(deleted_at=factory.LazyFunction(clock.now), is_visible=False)

    author = factory.SubFactory(PersonFactory)
    audience = factory.SubFactory(AudienceFactory)
    body = factory.Sequence(lambda n: f"Ce que je voulais vous dire, numéro {n}.")

    @factory.post_generation
    def membership(self, create, extracted, **kwargs):
        if extracted is not False:
            AudienceMember.objects.get_or_create(audience=self.audience, person=self.author)

    @factory.post_generation
    def named(self, create, extracted, **kwargs):
        mark_mentions(self, f"{self.title} {self.body}", actor=self.author)


class CommentFactory(DjangoModelFactory):
    """An answer of a member of the audience of its post."""

    class Meta:
        model = Comment
        skip_postgeneration_save = True

    post = factory.SubFactory(PostFactory)
    author = factory.SubFactory(PersonFactory)
    audience = factory.LazyAttribute(lambda one: one.post.audience)
    is_remark = factory.LazyAttribute(lambda one: one.answer is not None)
    answer = None
    body = factory.Sequence(lambda n: f"Voici une réponse, numéro {n}.")

    @factory.post_generation
    def counted(self, create, extracted, **kwargs):
        AudienceMember.objects.get_or_create(audience=self.audience, person=self.author)
        shown = Comment.objects.filter(post=self.post_id, is_visible=True)
        Post.objects.filter(pk=self.post_id).update(comment_count=shown.count(), remark_count=shown.filter(is_remark=True).count())

    @factory.post_generation
    def named(self, create, extracted, **kwargs):
        mark_mentions(self, self.body, actor=self.author)


def picture_file(name="photo.png", *, size=(40, 30), kind="PNG", **options):
    """An upload of a small picture."""
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, kind, **options)
    return SimpleUploadedFile(name, stream.getvalue(), content_type="image/png")


def picture_of(owner, **options):
    """A picture that ``owner`` uploaded, on nothing yet; the plainest is drawn once for all, as the product draws it."""
    if options or not _drawn:
        made = services.upload_picture(owner=owner, file=picture_file(**options))
        if not options:
            _drawn.update({name: getattr(made, name) for name in ("width", "height", "small_width", "small_height", "size")})
            for name in ("stored", "stored_small"):
                with default_storage.open(getattr(made, name)) as file:
                    _drawn[name] = file.read()
        return made
    files = {name: ContentFile(_drawn[name]) for name in ("stored", "stored_small")}
    stored = {name: default_storage.save(f"{FOLDER}/00/{random_id()}.webp", file) for name, file in files.items()}
    return Picture.objects.create(owner=owner, uploaded_at=clock.now(), **_drawn | stored)


_drawn = {}
