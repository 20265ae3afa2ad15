import pytest

from tests import branches

pytestmark = pytest.mark.once


def file(taken, count, missing=()):
    return {"summary": {"covered_branches": taken, "num_branches": count}, "missing_branches": [list(one) for one in missing]}


def test_each_group_has_its_share():
    files = {
        "talent/rules.py": file(3, 4, [(12, 15)]),
        "rse/core/access/rules.py": file(6, 6),
        "rse/core/access/readers.py": file(1, 2, [(7, -5)]),
        "talent/succession/services.py": file(0, 0),
        "rse/identity/services/addresses.py": file(18, 20, [(1, 2), (3, -1)]),
        "rse/feed/models/posts.py": file(0, 50),
    }
    found = branches.shares(files)
    assert {group: (share.taken, share.all) for group, share in found.items()} == {
        "rules": (9, 10),
        "access": (1, 2),
        "services": (18, 20),
        "queries": (0, 0),
    }
    assert (found["rules"].percent, found["queries"].percent) == (90.0, 100.0)
    assert branches.most_missing(files)[:2] == [
        ("rse/identity/services/addresses.py", ["1→2", "3→out"]),
        ("rse/core/access/readers.py", ["7→out"]),
    ]
