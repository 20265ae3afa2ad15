"""Rows for tests, with traits; everything a factory makes passes the constraints of the database."""

from .core import (
    AudienceFactory,
    PersonFactory,
    PositionFactory,
    RoleGrantFactory,
    SiteFactory,
    UnitFactory,
)

__all__ = ["AudienceFactory", "PersonFactory", "PositionFactory", "RoleGrantFactory", "SiteFactory", "UnitFactory"]
