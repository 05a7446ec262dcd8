"""Every row of the product, one file a room."""

from jibungoto.records.models.community import (
    AuditRow,
    ClientRow,
    CommunityRow,
    InvitationRow,
    MembershipRow,
    Role,
)
from jibungoto.records.models.gather import (
    IntakeRow,
    IntakeState,
    LeftOutRow,
    LogVersionRow,
    RefusalRow,
)
from jibungoto.records.models.people import (
    HandleRow,
    HandleSeenRow,
    HandleToldRow,
    InitiativeRow,
    InitiativeToldRow,
    LookAlikeRow,
    LookAlikeState,
    PersonKindRow,
    PersonRow,
    TouchKind,
    TouchRow,
)
from jibungoto.records.models.understand import (
    AnswerRow,
    FindingRow,
    StandingRow,
    StepRow,
    SuggestionRow,
)

__all__ = [
    "AnswerRow",
    "AuditRow",
    "ClientRow",
    "CommunityRow",
    "FindingRow",
    "HandleRow",
    "HandleSeenRow",
    "HandleToldRow",
    "InitiativeRow",
    "InitiativeToldRow",
    "IntakeRow",
    "IntakeState",
    "InvitationRow",
    "LeftOutRow",
    "LogVersionRow",
    "LookAlikeRow",
    "LookAlikeState",
    "MembershipRow",
    "PersonKindRow",
    "PersonRow",
    "RefusalRow",
    "Role",
    "StandingRow",
    "StepRow",
    "SuggestionRow",
    "TouchKind",
    "TouchRow",
]
