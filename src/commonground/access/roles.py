"""The roles of an instance. What each may do is in `policy.py`."""

from typing import Final

ADMIN: Final = "admin"
LEAD: Final = "lead"
SPONSOR: Final = "sponsor"
MEMBER: Final = "member"
CHAMPION: Final = "champion"
MANAGER: Final = "manager"
CUSTOMER: Final = "customer"
EMPLOYEE: Final = "employee"
AUDITOR: Final = "auditor"

LABELS: Final = {
    ADMIN: "Technical administrator",
    LEAD: "Change lead",
    SPONSOR: "Sponsor",
    MEMBER: "Team member",
    CHAMPION: "Champion",
    MANAGER: "Unit manager",
    CUSTOMER: "Customer lead",
    EMPLOYEE: "Employee",
    AUDITOR: "Auditor",
}
EVERY: Final = frozenset(LABELS)
# Who works on the program; the technical administrator keeps the machine running and sees no content.
STAFF: Final = frozenset({LEAD, SPONSOR, MEMBER, CHAMPION, MANAGER, CUSTOMER})
CONTENT: Final = EVERY - {ADMIN}
