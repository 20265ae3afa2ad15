"""Tables that leave the room: cut like its pages, in the reader's words, and each with a limit of its own."""

import csv
import io

import pytest
from django.urls import reverse

from rse.core.models import Person
from tests.factories.mobility import ApplicationFactory, OpeningFactory

pytestmark = pytest.mark.django_db


def of(name, row):
    return reverse(name, args=[row.public_id])


def test_exports_are_cut_like_pages_and_safe_in_a_spreadsheet(signed_in, recruiter, applicant):
    opening = OpeningFactory(team=[recruiter], title='=HYPERLINK("x")')
    row = ApplicationFactory(opening=opening, applicant=applicant, letter="=1+1", letter_for="team")

    def table(person, address):
        text = signed_in(person).get(address).text
        assert text[0] == "\ufeff"
        return list(csv.DictReader(io.StringIO(text[1:]), delimiter=";"))

    [line] = table(recruiter, of("applications:export", row))
    assert (line["Opening"], line["State"]) == ('\'=HYPERLINK("x")', "Received")
    assert "Why this, in your words" not in line
    [own] = table(applicant, of("applications:export", row))
    assert own["Why this, in your words"] == "'=1+1"
    [exported] = table(recruiter, reverse("jobs:export"))
    assert (exported["Title"], exported["Kind"], exported["State"]) == ('\'=HYPERLINK("x")', "Position", "Published")
    Person.objects.filter(pk=recruiter.pk).update(language="fr")
    [en_francais] = table(Person.objects.get(pk=recruiter.pk), reverse("jobs:export"))
    assert (en_francais["Nature"], en_francais["État"]) == ("Poste", "Publiée")


def test_each_export_has_a_limit_of_its_own(signed_in, opening, recruiter, applicant):
    row = ApplicationFactory(opening=opening, applicant=applicant)
    browser = signed_in(recruiter)

    statuses = [browser.get(of("applications:export", row)).status_code for _time in range(4)]

    assert statuses == [200, 200, 200, 429]
    assert browser.get(reverse("jobs:export")).status_code == 200
