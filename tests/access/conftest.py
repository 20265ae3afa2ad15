import pytest
from django.db import transaction

from .people import Company


@pytest.fixture(scope="module")
def company(request, django_db_setup, django_db_blocker):
    """The company whose principals are the file's ``PRINCIPALS``; it goes with the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Company(request.module.PRINCIPALS)
        transaction.set_rollback(True)
