"""How people inside hear of the change, and customers on channels they can receive; how customers take part."""

from commonground.communication.came_back import CameBack
from commonground.communication.cascades import Cascade, CascadeStep, Hearer
from commonground.communication.contact_files import ContactBefore, ContactFile
from commonground.communication.contacts import Contact, ContactCount
from commonground.communication.hiccups import HiccupPlan, Promise
from commonground.communication.improvements import Improvement
from commonground.communication.letterheads import Letterhead
from commonground.communication.mailing import Mailed
from commonground.communication.messages import Message, MessageText
from commonground.communication.panels import CustomerMeeting, Panel
from commonground.communication.preferred import PreferredChannel
from commonground.communication.prices import ReachTerms
from commonground.communication.segments import Segment
from commonground.communication.sendings import Addressed, Sending
from commonground.communication.suppressed import Suppressed
from commonground.communication.told import Told
from commonground.communication.watching import Brought, Signal, SignalCount

__all__ = [
    "Addressed",
    "Brought",
    "CameBack",
    "Cascade",
    "CascadeStep",
    "Contact",
    "ContactBefore",
    "ContactCount",
    "ContactFile",
    "CustomerMeeting",
    "Hearer",
    "HiccupPlan",
    "Improvement",
    "Letterhead",
    "Mailed",
    "Message",
    "MessageText",
    "Panel",
    "PreferredChannel",
    "Promise",
    "ReachTerms",
    "Segment",
    "Sending",
    "Signal",
    "SignalCount",
    "Suppressed",
    "Told",
]
