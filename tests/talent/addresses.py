"""What the addresses of skills, contributions and wishes are made with, for the table of every URL × every role."""

from talent.models import Confirmation, Training
from tests.factories import PersonFactory
from tests.factories.talent import LedgerLineFactory, SkillFactory


def line(world):
    """A line of the subject in an open space: read by everybody, changed by its person."""
    return [LedgerLineFactory(person=world.SU).public_id]


def confirmation(world):
    given = Confirmation.objects.create(person=world.SU, by=PersonFactory(), skill=SkillFactory(), ground="unit")
    return [given.public_id]


ARGUMENTS = {
    "contributions:keep": line,
    "contributions:erase": line,
    "contributions:comment": line,
    "contributions:tag": line,
    "contributions:of": lambda world: [world.SU.handle],
    "skills:remove": lambda world: [SkillFactory().code],
    "skills:confirm": lambda world: [world.SU.handle, SkillFactory().code],
    "skills:withdraw": confirmation,
    "skills:restore": lambda world: [SkillFactory(merged_into=SkillFactory()).code],
    "training:remove": lambda world: [Training.objects.create(person=world.SU, title="Soudage", year=2020).public_id],
}
FORMS = {
    "contributions:hide": {"line": "1"},
    "contributions:comment": {"comment": "Avec Malik"},
    "contributions:tag": {"skill": "nothing"},
}
