from .addresses import GivenAddress
from .audiences import Audience, AudienceMember
from .events import Delivery, KeptCount, RecordedEvent, RetentionRun, ScheduledJob
from .installation import Installation, StepTaken
from .lines import LineAtStart
from .organisation import Absence, Holding, JobFamily, Position, ReportingLine, Site, Unit, UnitClosure
from .people import Person
from .roles import RoleApproval, RoleGrant, RoleRemoval, RoleRequest, RowGrant

__all__ = [
    "Absence",
    "Audience",
    "AudienceMember",
    "Delivery",
    "GivenAddress",
    "Holding",
    "Installation",
    "JobFamily",
    "KeptCount",
    "LineAtStart",
    "Person",
    "Position",
    "RecordedEvent",
    "ReportingLine",
    "RetentionRun",
    "RoleApproval",
    "RoleGrant",
    "RoleRemoval",
    "RoleRequest",
    "RowGrant",
    "ScheduledJob",
    "Site",
    "StepTaken",
    "Unit",
    "UnitClosure",
]
