from .access_log import AccessLogCheckpoint, AccessLogEntry, AccessLogHead, AccessLogRelease, AccessLogSubject, AccessLogVerification
from .charter import Charter, CharterAcceptance
from .features import FeatureSwitch
from .moderation import HandlerGrant, Moderation
from .reports import Report, Reporter

__all__ = [
    "AccessLogCheckpoint",
    "AccessLogEntry",
    "AccessLogHead",
    "AccessLogRelease",
    "AccessLogSubject",
    "AccessLogVerification",
    "Charter",
    "CharterAcceptance",
    "FeatureSwitch",
    "HandlerGrant",
    "Moderation",
    "Report",
    "Reporter",
]
