from .audiences import Audience, AudienceMember
from .events import Delivery, RecordedEvent, ScheduledJob
from .installation import Installation
from .organisation import Holding, JobFamily, Position, ReportingLine, Site, Unit, UnitClosure
from .people import Person
from .roles import RoleApproval, RoleGrant, RoleRemoval, RoleRequest, RowGrant

__all__ = [
    "Audience",
    "AudienceMember",
    "Delivery",
    "Holding",
    "Installation",
    "JobFamily",
    "Person",
    "Position",
    "RecordedEvent",
    "ReportingLine",
    "RoleApproval",
    "RoleGrant",
    "RoleRemoval",
    "RoleRequest",
    "RowGrant",
    "ScheduledJob",
    "Site",
    "Unit",
    "UnitClosure",
]
