"""What a check answers, in one word."""

from rse.core.ops.doctor import Finding, Level


def level(check):
    """The level of what ``check`` finds; whatever is not well says what to do."""
    found = check()
    assert isinstance(found, Finding)
    assert bool(found.do) == (found.level is not Level.WELL)
    return found.level.value
