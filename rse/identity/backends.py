from django.contrib.auth.backends import ModelBackend

from rse.core.models import Person

from .queries import person_for

LONGEST_PASSWORD = 256


class PersonBackend(ModelBackend):
    """Signs in by the work e-mail, the private one while there is no other, or the number.

    One password is hashed whoever is asked for.
    """

    # Django calls each backend with what it was asked with: ``email`` is what people sign in with, and what has none is not for this one.
    def authenticate(self, request, email=None, password=None, **credentials):  # type: ignore[override]
        if not email or not password or len(password) > LONGEST_PASSWORD:
            return None
        person = person_for(email)
        if person is None:
            Person().set_password(password)
            return None
        is_right = person.check_password(password)
        return person if is_right and self.user_can_authenticate(person) else None

    def user_can_authenticate(self, user):
        return user.may_sign_in

    def get_user(self, user_id):
        person = Person.objects.select_related("site").filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None
