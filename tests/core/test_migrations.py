import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_models_and_migrations_say_the_same():
    call_command("makemigrations", check=True, dry_run=True)
