import datetime

import pytest
from django.test import RequestFactory

from rse.core import clock, limits
from tests.factories import PersonFactory

NOON = datetime.datetime(2026, 11, 2, 12, 0, 5, tzinfo=datetime.UTC)


def test_a13_sixty_first_look_at_the_directory_waits(db, signed_in):
    browser = signed_in(PersonFactory())
    with clock.moved_to(NOON):
        for _ in range(60):
            assert browser.get("/people/").status_code == 200
        refused = browser.get("/people/")
        as_json = browser.get("/people/", headers={"Accept": "application/json"})

    assert refused.status_code == 429
    assert refused["Retry-After"] == "55"
    assert as_json.json() == {
        "code": "too_often",
        "message_fr": as_json.json()["message_fr"],
        "message_en": "You are going faster than this page allows. Try again in 55 seconds.",
        "limit": 60,
        "used": 60,
        "retry_after": 55,
    }
    with clock.moved_to(NOON + datetime.timedelta(minutes=1)):
        assert browser.get("/people/").status_code == 200


def test_what_is_refused_is_not_counted():
    with clock.moved_to(NOON):
        limits.count("probe", 1, per_minute=1, per_hour=2)
        for _ in range(5):
            with pytest.raises(limits.TooOften):
                limits.count("probe", 1, per_minute=1, per_hour=2)
    with clock.moved_to(NOON + datetime.timedelta(minutes=1)):
        limits.count("probe", 1, per_minute=1, per_hour=2)
    with clock.moved_to(NOON + datetime.timedelta(minutes=2)), pytest.raises(limits.TooOften):
        limits.count("probe", 1, per_minute=1, per_hour=2)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "expected"),
    [
        (0, "6.6.6.6", "10.0.0.1", "10.0.0.1"),
        (1, "6.6.6.6, 1.2.3.4", "10.0.0.1", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.1", "10.0.0.1"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_l93_address_counted_is_the_one_a_trusted_proxy_saw(settings, proxies, forwarded, remote, expected):
    settings.TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR=remote)

    assert limits.address_of(request) == expected
