"""Checks that every record of a firm is sound and points at records that exist; each fault names its record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pursuit.domain.account import COURSES
from pursuit.domain.finance import GOAL_MEASURES
from pursuit.domain.likelihood import grade_prior
from pursuit.domain.operations import INVESTMENT_KINDS, PROJECT_MODES, RESOURCE_KINDS
from pursuit.domain.opportunity import MILESTONE_EVENTS, OUTCOMES, PaymentMilestone, Work
from pursuit.errors import Fault

if TYPE_CHECKING:
    from pursuit.domain.company import Company

SHEETS_WITH_IDS = (
    "resources",
    "opportunities",
    "accounts",
    "segments",
    "needs",
    "products",
    "routings",
    "technologies",
    "projects",
    "investments",
    "goals",
    "limits",
    "calendars",
    "contracts",
)


def find_faults(company: Company) -> list[Fault]:
    """Everything wrong with ``company``, in the order of its sheets; empty when it is sound."""
    return [*_identity(company), *_references(company), *_values(company), *_money(company)]


def _fault(sheet: str, record: str, column: str, value: object, problem: str, mend: str) -> Fault:
    return Fault("", sheet, 0, f"{record} · {column}" if record else column, str(value), problem, mend)


def _identity(company: Company) -> Iterator[Fault]:
    if not company.resources:
        yield _fault("resources", "", "id", "", "The firm has no resources.", "Add at least one row.")
    if not any(opp.outcome == "open" for opp in company.opportunities):
        yield _fault("opportunities", "", "outcome", "", "No opportunity is open.", "Add one to decide on.")
    for sheet in SHEETS_WITH_IDS:
        seen: set[str] = set()
        for record in getattr(company, sheet):
            if not record.id.strip():
                yield _fault(sheet, "", "id", record.id, "A record has no id.", "Give it one.")
            if record.id in seen:
                yield _fault(
                    sheet, record.id, "id", record.id, "This id stands twice.", "Keep one of the rows."
                )
            seen.add(record.id)
    contracts = {contract.id for contract in company.contracts}
    for project in company.projects:
        if "@" in project.id and project.id.rpartition("@")[0] in contracts:
            problem = "This is how the call-offs of a contract are named."
            yield _fault("projects", project.id, "id", project.id, problem, "Give it another id.")
    for opp in company.opportunities:
        names = [option.id for option in opp.options]
        for name in sorted({name for name in names if names.count(name) > 1}):
            record, mend = f"{opp.id}/{name}", "Keep one of the rows."
            yield _fault("options", record, "id", name, "This id stands twice.", mend)


def _references(company: Company) -> Iterator[Fault]:
    ids = {sheet: {record.id for record in getattr(company, sheet)} for sheet in SHEETS_WITH_IDS}

    def missing(sheet: str, record: str, column: str, targets: Iterable[str], where: str) -> Iterator[Fault]:
        for target in targets:
            if target and target not in ids[where]:
                problem = f"There is no such record on the sheet {where}."
                yield _fault(sheet, record, column, target, problem, f"Add it to {where} or correct it here.")

    for resource in company.resources:
        yield from missing("resources", resource.id, "calendar", [resource.calendar], "calendars")
    for account in company.accounts:
        yield from missing("accounts", account.id, "segment", [account.segment], "segments")
        yield from missing("accounts", account.id, "needs", account.needs, "needs")
        for course in account.courses:
            yield from missing("accounts", account.id, "courses", course.effort, "resources")
    for segment in company.segments:
        yield from missing("segments", segment.id, "needs", segment.needs, "needs")
    for need in company.needs:
        yield from missing("needs", need.id, "technology", [need.technology], "technologies")
    for routing in company.routings:
        centers = [operation.work_center for operation in routing.operations]
        yield from missing("routings", routing.id, "work_center", centers, "resources")
    for product in company.products:
        yield from missing("products", product.id, "routing", [product.routing], "routings")
        yield from missing("products", product.id, "technologies", product.technologies, "technologies")
        yield from missing("products", product.id, "effort", product.effort, "resources")
    for opp in company.opportunities:
        if company.accounts:
            yield from missing("opportunities", opp.id, "account", [opp.account], "accounts")
        if company.products:
            yield from missing("opportunities", opp.id, "product", [opp.product], "products")
        if company.segments:
            yield from missing("opportunities", opp.id, "segment", [opp.segment], "segments")
        yield from missing("opportunities", opp.id, "strategic", opp.strategic, "goals")
        for option in opp.options:
            name = f"{opp.id}/{option.id}"
            yield from missing("options", name, "effort", option.effort, "resources")
            yield from missing("options", name, "work", [w.resource for w in option.work], "resources")
            yield from missing("options", name, "technologies", option.technologies, "technologies")
        for option in opp.options:
            if option.id in ("decline", "defer"):
                problem = "This word means a decision, so no option can be called by it."
                yield _fault(
                    "options", f"{opp.id}/{option.id}", "id", option.id, problem, "Give it another id."
                )
        choices = {"", "decline", "defer", *(option.id for option in opp.options)}
        if opp.options and opp.pinned not in choices:
            yield _fault(
                "opportunities",
                opp.id,
                "pinned",
                opp.pinned,
                "This is none of its options.",
                f"Use one of {sorted(choices)[1:]}.",
            )
    for project in company.projects:
        if company.accounts:
            yield from missing("projects", project.id, "account", [project.account], "accounts")
        yield from missing("projects", project.id, "work", [w.resource for w in project.work], "resources")
    for contract in company.contracts:
        if company.accounts:
            yield from missing("contracts", contract.id, "account", [contract.account], "accounts")
        yield from missing("contracts", contract.id, "product", [contract.product], "products")
    for investment in company.investments:
        yield from missing("investments", investment.id, "capacity", investment.capacity, "resources")
        yield from missing("investments", investment.id, "effort", investment.effort, "resources")
        yield from missing(
            "investments", investment.id, "technology", [investment.technology], "technologies"
        )
    opportunity_ids = ids["opportunities"]
    for quote in company.quotes:
        if quote.opportunity not in opportunity_ids:
            yield _fault(
                "quotes",
                quote.opportunity,
                "opportunity",
                quote.opportunity,
                "No such opportunity.",
                "Correct the id.",
            )
    if company.accounts:
        for sheet in ("statements", "invoices", "deliveries"):
            for record in getattr(company, sheet):
                name = getattr(record, "id", record.account)
                yield from missing(sheet, name, "account", [record.account], "accounts")


def _values(company: Company) -> Iterator[Fault]:
    def between(
        sheet: str, record: str, column: str, value: float | None, low: float, high: float
    ) -> Iterator[Fault]:
        if value is not None and not low <= value <= high:  # NaN fails the comparison and is a fault too
            yield _fault(
                sheet, record, column, value, f"Must lie between {low:g} and {high:g}.", "Correct the number."
            )

    def known(sheet: str, record: str, column: str, value: str, words: tuple[str, ...]) -> Iterator[Fault]:
        if value not in words:
            yield _fault(sheet, record, column, value, "Unknown word.", f"Use one of {', '.join(words)}.")

    def hours(sheet: str, record: str, work: Iterable[Work]) -> Iterator[Fault]:
        for piece in work:
            yield from between(sheet, record, "hours", piece.hours, 0, 1e7)
            yield from between(sheet, record, "weeks", piece.weeks, 1, 520)

    def payments(sheet: str, record: str, milestones: tuple[PaymentMilestone, ...]) -> Iterator[Fault]:
        for milestone in milestones:
            yield from known(sheet, record, "payments", milestone.event, MILESTONE_EVENTS)
        if milestones and abs(sum(m.share for m in milestones) - 1) > 1e-6:
            total = sum(m.share for m in milestones)
            yield _fault(
                sheet,
                record,
                "payments",
                f"{total:g}",
                "The shares do not add up to 1.",
                "Correct the shares.",
            )

    for resource in company.resources:
        yield from known("resources", resource.id, "kind", resource.kind, RESOURCE_KINDS)
        yield from between("resources", resource.id, "hours_per_week", resource.hours_per_week, 0, 1e7)
        yield from between("resources", resource.id, "overtime_hours", resource.overtime_hours, 0, 1e7)
        yield from between("resources", resource.id, "subcontract_share", resource.subcontract_share, 0, 1)
    for account in company.accounts:
        yield from between("accounts", account.id, "relationship", account.relationship, 0, 1)
        yield from between("accounts", account.id, "default_probability", account.default_probability, 0, 1)
        for course in account.courses:
            yield from known("accounts", account.id, "courses", course.kind, COURSES)
            yield from between("accounts", account.id, "retention", course.retention, 0, 1)
    for product in company.products:
        yield from between("products", product.id, "material_share", product.material_share, 0, 1)
    for opp in company.opportunities:
        yield from known("opportunities", opp.id, "outcome", opp.outcome, OUTCOMES)
        yield from between("opportunities", opp.id, "win_probability", opp.win_probability, 0, 1)
        yield from between("opportunities", opp.id, "quantity", opp.quantity, 0, 1e12)
        yield from payments("opportunities", opp.id, opp.payments)
        if opp.likelihood and grade_prior(opp.likelihood, company.grades) is None:
            problem = "Nothing says which probability this grade means."
            mend = "Add the grade with its probability to the sheet grades."
            yield _fault("opportunities", opp.id, "likelihood", opp.likelihood, problem, mend)
        if opp.created and opp.closed and opp.closed < opp.created:
            yield _fault(
                "opportunities",
                opp.id,
                "closed",
                opp.closed,
                f"Closed before it was created ({opp.created}).",
                "Correct one of the dates.",
            )
        if opp.outcome == "open" and opp.amount is None and not any(o.price for o in opp.options):
            sold = company.product_by_id.get(opp.product)
            if sold is None or sold.list_price is None:
                yield _fault(
                    "opportunities",
                    opp.id,
                    "amount",
                    "",
                    "Nothing says what the deal is worth.",
                    "Fill in amount, or give the product a list price.",
                )
        for option in opp.options:
            yield from between(
                "options", f"{opp.id}/{option.id}", "win_probability", option.win_probability, 0, 1
            )
            yield from hours("options", f"{opp.id}/{option.id}", option.work)
    for project in company.projects:
        yield from hours("projects", project.id, project.work)
        yield from payments("projects", project.id, project.payments)
        for mode in project.modes:
            yield from known("projects", project.id, "modes", mode.kind, PROJECT_MODES)
    for contract in company.contracts:
        yield from payments("contracts", contract.id, contract.payments)
        yield from between("contracts", contract.id, "quantity", contract.quantity, 0, 1e12)
        yield from between("contracts", contract.id, "called", contract.called, 0, contract.quantity)
        yield from between("contracts", contract.id, "minimum", contract.minimum, 0, contract.quantity)
        yield from between("contracts", contract.id, "every_weeks", contract.every_weeks, 1, 104)
        if contract.ends < contract.starts:
            problem = f"Ends before it starts ({contract.starts})."
            yield _fault(
                "contracts", contract.id, "ends", contract.ends, problem, "Correct one of the dates."
            )
    for grade in company.grades:
        yield from between("grades", grade.word, "probability", grade.probability, 0, 1)
    for investment in company.investments:
        yield from known("investments", investment.id, "kind", investment.kind, INVESTMENT_KINDS)
    for goal in company.goals:
        yield from known("goals", goal.id, "measure", goal.measure, GOAL_MEASURES)
    for invoice in company.invoices:
        if invoice.paid and invoice.paid < invoice.issued:
            yield _fault(
                "invoices",
                invoice.id,
                "paid",
                invoice.paid,
                f"Paid before it was issued ({invoice.issued}).",
                "Correct one of the dates.",
            )


def _money(company: Company) -> Iterator[Fault]:
    """Every amount must be convertible into the firm's currency."""
    from pursuit.units import Money

    pairs = {frozenset((rate.base, rate.quote)) for rate in company.rates}

    def amounts(value: Any) -> Iterator[Money]:
        """Every sum in a record; texts and numbers, which most fields are, are passed by first."""
        for name in value.__dataclass_fields__:
            item = getattr(value, name)
            kind = type(item)
            if kind is Money:
                yield item
            elif kind is tuple:
                for part in item:
                    if hasattr(part, "__dataclass_fields__"):
                        yield from amounts(part)

    sheets = (
        "resources",
        "opportunities",
        "accounts",
        "segments",
        "products",
        "routings",
        "projects",
        "contracts",
        "investments",
        "limits",
        "invoices",
        "quotes",
    )
    for sheet in sheets:
        for record in getattr(company, sheet):
            for money in amounts(record):
                if (
                    money.currency != company.currency
                    and frozenset((money.currency, company.currency)) not in pairs
                ):
                    name = getattr(record, "id", getattr(record, "opportunity", ""))
                    problem = f"No exchange rate between {money.currency} and {company.currency}."
                    yield _fault(
                        sheet,
                        name,
                        "currency",
                        money.currency,
                        problem,
                        "Add a dated row to the rates sheet.",
                    )
    if company.finance:
        for money in amounts(company.finance):
            if money.currency != company.currency:
                yield _fault(
                    "finance",
                    "",
                    "currency",
                    money.currency,
                    f"The firm's own cash is in {company.currency}.",
                    "Write it in that currency.",
                )
