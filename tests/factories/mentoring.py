import datetime

import factory
from factory.django import DjangoModelFactory

from mentoring.models import MentoringOffer, OfferSkill
from mentoring.services.asking import accept_request, ask_mentor
from mentoring.services.pairs import end_pair
from mentoring.services.writing import plan_session, write_goal, write_note
from rse.core import clock

from .core import PersonFactory
from .talent import SkillFactory

CANARY = "Mots-canari entre nous"


class MentoringOfferFactory(DjangoModelFactory):
    """An open offer on one skill, for two people at a time; ``skills=`` names others. Traits: ``paused``, ``hidden``."""

    class Meta:
        model = MentoringOffer
        skip_postgeneration_save = True

    class Params:
        paused = factory.Trait(is_open=False)
        hidden = factory.Trait(is_hidden=True)

    mentor = factory.SubFactory(PersonFactory)
    text = "Préparer une présentation."
    capacity = 2

    @factory.post_generation
    def skills(self, create, extracted, **kwargs):
        chosen = extracted if extracted is not None else [SkillFactory()]
        OfferSkill.objects.bulk_create(OfferSkill(offer=self, skill=skill, place=place) for place, skill in enumerate(chosen, start=1))


def offer_of(mentor):
    return MentoringOffer.objects.filter(mentor=mentor).first() or MentoringOfferFactory(mentor=mentor)


def ask(mentee=None, mentor=None, message=CANARY):
    """A request that waits."""
    return ask_mentor(mentee=mentee or PersonFactory(), offer=offer_of(mentor or PersonFactory()), message=message)


def pair_of(mentor=None, mentee=None, *, ended=False, days=0):
    """A pair, made as people make one, ``days`` ago."""
    request = ask(mentee, mentor)
    pair = accept_request(mentor=request.mentor, request=request)
    if days:
        pair.began_on = clock.today() - datetime.timedelta(days=days)
        pair.save(update_fields=["began_on"])
    if ended:
        end_pair(actor=pair.mentee, pair=pair)
        pair.refresh_from_db()
    return pair


def goal_in(pair, author=None, words=CANARY):
    return write_goal(author=author or pair.mentee, pair=pair, words=words)


def session_in(pair, author=None, words=CANARY, days=3):
    on = clock.today() + datetime.timedelta(days=days)
    return plan_session(author=author or pair.mentor, pair=pair, on=on, words=words)


def note_in(pair, author=None, kind="mine", words=CANARY):
    return write_note(author=author or pair.mentee, pair=pair, kind=kind, words=words)
