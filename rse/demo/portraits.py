"""What people of the demonstration say of themselves, and where some of them would like to go."""

import random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Count

from rse.core.enums import Wording
from rse.core.models import Person
from rse.core.people.services.people import edit_profile
from rse.core.people.services.photos import keep_photo
from rse.core.pictures.drawing import Square
from rse.demo import texts
from rse.demo.company.cast import MEN
from rse.demo.company.catalogue import WORKSHOPS
from rse.demo.company.names import USUAL_WORDING
from rse.demo.faces import draw_face
from rse.demo.speakers import family_of
from rse.feed.models import Post
from talent.enums import Horizon, WishVisibility
from talent.services.being import add_training, save_wish
from talent.services.skills import declare_skill

ONE_IN = 6  # people who wrote a wish, beside the named ones
FACES = 40  # people who have a photo; the others are shown by their initials
TELL_HOW = 0.55  # of those who are not of the cast, how many say how they are addressed


class Portraits:
    """The named people first, then a few others; the same seed gives the same words."""

    def __init__(self, company, life):
        self.company, self.life = company, life
        self.chance = random.Random(f"portraits {company.seed}")

    def begin(self):
        """Leave the first day empty: nobody says anything of themselves on the first day."""

    def live(self, month):
        """Leave the months empty: what is read is what stands today."""

    def end(self):
        self._tell_how()
        self._show_faces()
        named = set()
        for key, portrait in texts.portraits().items():
            person = Person.objects.get(employee_number=self.company.cast[key])
            named.add(person.pk)
            edit_profile(editor=person, subject=person, version=person.version, about=portrait.about)
            for title, year, is_public in portrait.trainings:
                add_training(person=person, title=title, year=year, is_public=is_public)
            for code, level in portrait.skills:
                if code in self.life.skills:
                    declare_skill(person=person, skill=self.life.skills[code], level=level)
            if portrait.wish:
                horizon, words, is_shown, is_open = portrait.wish
                wish(person, horizon, words, is_shown=is_shown, is_open=is_open)
        for person in Person.objects.present().exclude(pk__in=named).order_by("pk"):
            if self.chance.randrange(ONE_IN) == 0:
                said = self.life.texts.line("portraits", "wishes")
                if said is None:
                    break
                horizon = Horizon.NOW if said.months <= 6 else Horizon.YEAR if said.months <= 12 else Horizon.LATER
                wish(person, horizon, said.words, is_shown=self.chance.random() < 0.6, is_open=self.chance.random() < 0.5)

    def _tell_how(self):
        """Let the cast, and a good half of the others, say how they are addressed; the others stay in the neutral."""
        cast = {number: Wording.MASCULINE if key in MEN else Wording.FEMININE for key, number in self.company.cast.items()}
        for person in Person.objects.present().order_by("pk"):
            told = self.chance.random() < TELL_HOW
            wording = cast.get(person.employee_number) or (told and USUAL_WORDING.get(person.first_name))
            if wording:
                edit_profile(editor=person, subject=person, version=person.version, wording=wording)

    def _show_faces(self):
        """Let the cast, and those who write the most, give themselves a photo. Each is drawn in a process of its own: there are few."""
        cast = {number: key for key, number in self.company.cast.items()}
        trades = {workshop.family for workshop in WORKSHOPS.values()}
        wrote = dict(Post.objects.order_by().values("author").annotate(count=Count("pk")).values_list("author", "count"))
        people = list(Person.objects.present().select_related("family").order_by("pk"))
        people.sort(key=lambda one: (one.employee_number not in cast, -wrote.get(one.pk, 0), one.pk))
        for place, person in enumerate(people[:FACES]):
            key = cast.get(person.employee_number)
            is_masculine = key in MEN if key else USUAL_WORDING.get(person.first_name) == Wording.MASCULINE
            has_helmet = not key and place % 2 == 0 and family_of(person) in trades
            drawn = draw_face(person.employee_number, is_masculine=is_masculine, has_helmet=has_helmet)
            keep_photo(person=person, file=SimpleUploadedFile("photo.png", drawn, "image/png"), square=Square())


def wish(person, horizon, words, *, is_shown, is_open):
    """Save the wish of ``person``, for them alone, or for HR too when ``is_shown``."""
    visibility = WishVisibility.HR if is_shown else WishVisibility.ME
    save_wish(person=person, version=0, horizon=horizon, text=words, visibility=visibility, is_open_to_talk=is_open, family=person.family)
