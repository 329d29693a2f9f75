"""What a vendor firm is: one frozen, validated :class:`Company` and the records it holds."""

from pursuit.domain.account import COURSES, Account, Course, Need, Segment, Statement
from pursuit.domain.company import Company
from pursuit.domain.contract import Contract
from pursuit.domain.finance import (
    GOAL_MEASURES,
    Delivery,
    ExchangeRate,
    Finance,
    Goal,
    Invoice,
    Limit,
)
from pursuit.domain.likelihood import ASSUMED_PRIORS, Grade, grade_key, grade_prior
from pursuit.domain.offers import MATERIAL_SHARE_ASSUMED, Offer, offers_in_turn, offers_of
from pursuit.domain.operations import (
    INVESTMENT_KINDS,
    PROJECT_MODES,
    RESOURCE_KINDS,
    Investment,
    Operation,
    Product,
    Project,
    ProjectMode,
    Resource,
    Routing,
    Technology,
)
from pursuit.domain.opportunity import (
    MILESTONE_EVENTS,
    OUTCOMES,
    LatePenalty,
    Opportunity,
    Option,
    PaymentMilestone,
    Quote,
    Work,
)
from pursuit.domain.running import call_days, call_offs, contract_of, running_work

__all__ = [
    "ASSUMED_PRIORS",
    "COURSES",
    "GOAL_MEASURES",
    "INVESTMENT_KINDS",
    "MATERIAL_SHARE_ASSUMED",
    "MILESTONE_EVENTS",
    "OUTCOMES",
    "PROJECT_MODES",
    "RESOURCE_KINDS",
    "Account",
    "Company",
    "Contract",
    "Course",
    "Delivery",
    "ExchangeRate",
    "Finance",
    "Goal",
    "Grade",
    "Investment",
    "Invoice",
    "LatePenalty",
    "Limit",
    "Need",
    "Offer",
    "Operation",
    "Opportunity",
    "Option",
    "PaymentMilestone",
    "Product",
    "Project",
    "ProjectMode",
    "Quote",
    "Resource",
    "Routing",
    "Segment",
    "Statement",
    "Technology",
    "Work",
    "call_days",
    "call_offs",
    "contract_of",
    "grade_key",
    "grade_prior",
    "offers_in_turn",
    "offers_of",
    "running_work",
]
