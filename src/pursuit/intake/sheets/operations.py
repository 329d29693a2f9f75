"""The sheets about what the firm makes, with what, and what it could add."""

# ruff: noqa: E501
# fmt: off
# one column per line: the table reads as a table

from __future__ import annotations

from pursuit.intake.sheets.sales import CURRENCY_HELP, TAX_WORDS
from pursuit.intake.sheets.table import Column, Sheet

RESOURCE_WORDS = {"work_center": "작업장", "people": "인력"}
MODE_WORDS = {"as_planned": "계획대로", "slower": "감속", "paused": "중단", "stripped": "인력 축소"}
INVESTMENT_WORDS = {"technology": "기술", "machine": "설비", "hire": "채용", "shift": "교대조", "solution": "솔루션"}
DAY_WORDS = {"closed": "휴무", "opened": "근무"}

RESOURCES = Sheet(
    "resources",
    "자원",
    "Work centres and groups of people whose hours are limited.",
    (
        Column("id", "text", "자원 코드", "A short name other sheets refer to; each stands once.", True, example=("MC", "ASSY", "DESIGN", "SALES")),
        Column("name", "text", "자원명", "Name as it should stand on the plan.", True, example=("Machining centres", "Assembly", "Design engineers", "Sales engineers")),
        Column("kind", "choice", "종류", "work_center or people; work_center if empty.", choices=RESOURCE_WORDS, example=("work_center", "work_center", "people", "people")),
        Column("hours_per_week", "number", "주당 시간", "Regular hours of an ordinary week, all machines or heads together.", example=(320, 200, 160, 120)),
        Column("headcount", "number", "인원", "Number of people.", example=(8, 5, 4, 3)),
        Column("currency", "currency", "통화", CURRENCY_HELP),
        Column("hourly_cost", "money", "시간당 비용", "Cash a regular hour costs only if it is used; fixed wages belong to the sheet finance.", example=(18000, 9000, 0, 0)),
        Column("overtime_hours", "number", "주당 연장 한도", "Most overtime hours per week, all together (Korean law: 12 per head).", example=(96, 60, 48, 36)),
        Column("overtime_cost", "money", "연장 시간당 비용", "Cost of an overtime hour; empty forbids overtime.", example=(42000, 33000, 45000, 40000)),
        Column("subcontract_cost", "money", "외주 시간당 비용", "Price of an hour bought outside; empty where work cannot be given outside.", example=(65000, 48000)),
        Column("subcontract_share", "share", "외주 가능 비율", "Largest share of a piece of work that may be given outside; 100% if empty.", high=1, example=(0.5, 0.5)),
        Column("calendar", "text", "근무달력", "Calendar it works by (sheet calendars).", ref="calendars", example=("KR", "KR", "KR", "KR")),
        Column("hours_known", "yes", "시간 확인됨", "no if the hours per week are an assumption."),
    ),
    ("id",),
    required=True,
)

CALENDARS = Sheet(
    "calendars",
    "근무달력",
    "Working days: share of a day's hours on each weekday, and the country whose public holidays are free.",
    (
        Column("id", "text", "달력 코드", "A short name other sheets refer to; each stands once.", True, example=("KR",)),
        Column("country", "text", "국가", "Two letters (KR, US); empty for no public holidays.", example=("KR",)),
        Column("monday", "share", "월", "1 for a full day, 0 for a free one; Monday to Friday are 1 if empty.", high=1, example=(1,)),
        Column("tuesday", "share", "화", "1 for a full day, 0 for a free one; Monday to Friday are 1 if empty.", high=1, example=(1,)),
        Column("wednesday", "share", "수", "1 for a full day, 0 for a free one; Monday to Friday are 1 if empty.", high=1, example=(1,)),
        Column("thursday", "share", "목", "1 for a full day, 0 for a free one; Monday to Friday are 1 if empty.", high=1, example=(1,)),
        Column("friday", "share", "금", "1 for a full day, 0 for a free one; Monday to Friday are 1 if empty.", high=1, example=(1,)),
        Column("saturday", "share", "토", "1 for a full day, 0 for a free one; 0 if empty.", high=1, example=(0,)),
        Column("sunday", "share", "일", "1 for a full day, 0 for a free one; 0 if empty.", high=1, example=(0,)),
    ),
    ("id",),
)

HOLIDAYS = Sheet(
    "holidays",
    "휴무일",
    "The firm's own free days, and free days that are worked.",
    (
        Column("calendar", "text", "달력 코드", "The calendar (sheet calendars).", True, ref="calendars", example=("KR", "KR")),
        Column("day", "date", "날짜", "The day.", True, example=("2026-08-03", "2026-08-04")),
        Column("kind", "choice", "구분", "closed for a free day, opened for a day worked; closed if empty.", choices=DAY_WORDS, example=("closed", "closed")),
    ),
)

PRODUCTS = Sheet(
    "products",
    "제품",
    "What the firm sells.",
    (
        Column("id", "text", "제품 코드", "A short name other sheets refer to; each stands once.", True, example=("P-1",)),
        Column("name", "text", "제품명", "Name as it should stand on the plan.", True, example=("Spindle housing",)),
        Column("family", "text", "제품군", "Family of products it belongs to.", example=("Housings",)),
        Column("currency", "currency", "통화", CURRENCY_HELP),
        Column("list_price", "money", "정가", "Net price of one unit.", example=(3000000,)),
        Column("material_share", "share", "재료비율", "Share of the price spent on materials and bought-in parts; hours come on top.", high=1, example=(0.4,)),
        Column("bought_in", "money", "외주 단가", "Price of what is bought or done outside for one unit, on top of the material share."),
        Column("routing", "text", "라우팅 코드", "How it is made (sheet routings).", ref="routings", example=("R-1",)),
        Column("lead_time_weeks", "integer", "납기(주)", "Usual weeks from order to delivery.", example=(10,)),
        Column("technologies", "list", "필요 기술", "Technologies it needs (sheet technologies), separated by semicolons.", ref="technologies", example=("T-1",)),
        Column("effort", "numbers_by_name", "영업 투입시간", "Usual presales hours, written resource: hours; resource: hours.", ref="resources", example=("SALES: 16; DESIGN: 8",)),
        Column("effort_weeks", "integer", "영업 기간(주)", "Weeks over which that effort is spent; 4 if empty.", low=1, example=(4,)),
    ),
    ("id",),
)

ROUTINGS = Sheet(
    "routings",
    "라우팅",
    "How products are made: one row per operation, in order.",
    (
        Column("id", "text", "라우팅 코드", "The same name in each of its rows.", True, example=("R-1", "R-1")),
        Column("work_center", "text", "작업장", "Where it is done (sheet resources).", True, ref="resources", example=("MC", "ASSY")),
        Column("name", "text", "공정명", "What is done.", example=("Machining", "Assembly")),
        Column("setup_hours", "number", "준비시간", "Hours per order, whatever the quantity; 0 if empty.", example=(6, 2)),
        Column("hours_per_unit", "number", "단위당 시간", "Hours per unit; 0 if empty.", example=(4.5, 1.5)),
        Column("bought_in", "money", "외주 공정 단가", "Price per unit of what is done outside in this step."),
        Column("weeks", "integer", "소요 주", "Weeks the step usually takes; 1 if empty.", low=1, example=(4, 2)),
    ),
)

TECHNOLOGIES = Sheet(
    "technologies",
    "기술",
    "Skills, processes and certificates the firm holds or could acquire.",
    (
        Column("id", "text", "기술 코드", "A short name other sheets refer to; each stands once.", True, example=("T-1", "T-2")),
        Column("name", "text", "기술명", "Name as it should stand on the plan.", True, example=("Five-axis machining", "Clean-room assembly")),
        Column("held", "yes", "보유", "yes if the firm has it today; no if empty.", example=("yes", "no")),
    ),
    ("id",),
)

PROJECTS = Sheet(
    "projects",
    "수행 프로젝트",
    "Work already sold and running.",
    (
        Column("id", "text", "프로젝트 번호", "A short name other sheets refer to; each stands once.", True, example=("J-01",)),
        Column("name", "text", "프로젝트명", "Name as it should stand on the plan.", True, example=("Spindle housings, first lot",)),
        Column("account", "text", "고객사 코드", "The customer (sheet accounts).", ref="accounts", example=("A-01",)),
        Column("due", "date", "납기", "Day it is promised.", True, example=("2026-05-29",)),
        Column("currency", "currency", "통화", CURRENCY_HELP),
        Column("amount", "money", "공급가액", "Amount net of VAT.", example=(110000000,)),
        Column("gross_amount", "money", "부가세 포함 금액", "Amount with VAT; the net amount is reckoned from it where that is empty."),
        Column("vat", "money", "부가세", "VAT on top of the net amount; 0 for a sale without VAT."),
        Column("tax", "choice", "과세구분", "taxable, zero_rated or exempt; taxable if empty. Without VAT, net and gross amount are one.", choices=TAX_WORDS),
        Column("material_cost", "money", "재료비 잔액", "What still leaves the firm for it besides hours."),
        Column("release", "date", "착수가능일", "Day before which nothing can be done for it; at once if empty."),
        Column("late_penalty_rate", "share", "지체상금율(일)", "Share of the price per day late: 0.1%, 1/1000, 1000분의 1.5 or 0.75‰.", high=1, example=(0.001,), form="day_rate"),
        Column("late_penalty_cap", "share", "지체상금 한도", "Largest share of the price the penalty can reach.", high=1, example=(0.1,)),
        Column("payment_terms", "text", "결제조건", "Terms in one cell, like 선급30% 중도40% 잔금30%, 60일, 익월말 or 어음 90일; or the sheet payments.", form="terms"),
        Column("down_share", "share", "선급율", "Share of the price paid at the order; the three shares add up to 100%.", high=1),
        Column("interim_share", "share", "중도율", "Share of the price paid in between.", high=1),
        Column("final_share", "share", "잔금율", "Share of the price paid at delivery.", high=1),
        Column("pinned", "choice", "결정 고정", "Your own decision: the way to carry on that is fixed.", choices=MODE_WORDS),
    ),
    ("id",),
)

PROJECT_WORK = Sheet(
    "project_work",
    "프로젝트 작업",
    "Hours that remain to be done in running projects.",
    (
        Column("project", "text", "프로젝트 번호", "The project (sheet projects).", True, ref="projects", example=("J-01", "J-01")),
        Column("resource", "text", "자원 코드", "Work centre or people (sheet resources).", True, ref="resources", example=("MC", "ASSY")),
        Column("hours", "number", "시간", "Hours in all.", True, example=(140, 70)),
        Column("step", "integer", "순서", "Order of the work; equal steps run side by side. 1 if empty.", low=None, example=(1, 2)),
        Column("weeks", "integer", "소요 주", "Weeks the step usually takes; 1 if empty.", low=1, example=(4, 2)),
        Column("max_hours_per_week", "number", "주당 최대시간", "Most hours that can be put into it in one week."),
        Column("name", "text", "작업명", "What is done.", example=("Machining", "Assembly")),
    ),
)

PROJECT_MODES = Sheet(
    "project_modes",
    "프로젝트 대안",
    "Ways to carry on with a running project.",
    (
        Column("project", "text", "프로젝트 번호", "The project (sheet projects).", True, ref="projects", example=("J-01", "J-01")),
        Column("kind", "choice", "대안", "as_planned, slower, paused or stripped (fewer people).", True, choices=MODE_WORDS, example=("as_planned", "slower")),
        Column("delay_weeks", "integer", "지연(주)", "Weeks later it ends; 0 if empty.", low=None, example=(0, 4)),
        Column("hours_factor", "number", "시간 배수", "Hours compared with the plan; 1 if empty.", example=(1, 1.1)),
        Column("currency", "currency", "통화", "Three letters (KRW, USD). Empty means that of the record above it."),
        Column("cost", "money", "비용", "Money it costs to go this way.", example=(0, 3000000)),
        Column("note", "text", "메모", "Anything to remember."),
    ),
    ("project", "kind"),
    parent="projects",
)

CONTRACTS = Sheet(
    "contracts",
    "단가계약",
    "Prices agreed in advance: pieces are called off as needed. Each expected call-off is work of the plan.",
    (
        Column("id", "text", "계약 번호", "A short name other sheets refer to; each stands once.", True, example=("K-01",)),
        Column("name", "text", "계약명", "Name as it should stand on the plan; the product's if empty.", example=("Spindle housings by the piece",)),
        Column("account", "text", "고객사 코드", "The customer (sheet accounts).", ref="accounts", example=("A-01",)),
        Column("product", "text", "제품 코드", "What is called off (sheet products).", True, ref="products", example=("P-1",)),
        Column("currency", "currency", "통화", CURRENCY_HELP),
        Column("unit_price", "money", "계약 단가", "Net price of one unit.", True, example=(2800000,)),
        Column("starts", "date", "시작일", "First day on which a call-off can be due.", True, example=("2026-01-12",)),
        Column("ends", "date", "만료일", "Last day on which one can be due.", True, example=("2026-12-31",)),
        Column("quantity", "number", "예상 수량", "Units expected in all; or the column per_month.", example=(120,)),
        Column("per_month", "number", "월 예상 수량", "Units expected per month, where the whole is not stated."),
        Column("called", "number", "기발주 수량", "Units of it called off so far; what is still to be made of them is a project. 0 if empty.", example=(30,)),
        Column("minimum", "number", "최소 약정 수량", "Units the customer must take in all; empty where none is promised.", example=(60,)),
        Column("every_weeks", "integer", "발주 주기(주)", "Weeks from one call-off to the next; 4 if empty.", low=1, example=(4,)),
        Column("late_penalty_rate", "share", "지체상금율(일)", "Share of the price per day late: 0.1%, 1/1000, 1000분의 1.5 or 0.75‰.", high=1, example=(0.001,), form="day_rate"),
        Column("late_penalty_cap", "share", "지체상금 한도", "Largest share of the price the penalty can reach.", high=1, example=(0.1,)),
        Column("payment_terms", "text", "결제조건", "Terms in one cell, like 선급30% 중도40% 잔금30%, 60일, 익월말 or 어음 90일; or the sheet payments.", form="terms"),
        Column("down_share", "share", "선급율", "Share of the price paid at the order; the three shares add up to 100%.", high=1),
        Column("interim_share", "share", "중도율", "Share of the price paid in between.", high=1),
        Column("final_share", "share", "잔금율", "Share of the price paid at delivery.", high=1),
    ),
    ("id",),
)

INVESTMENTS = Sheet(
    "investments",
    "투자",
    "What the firm could add: a technology, machine, hire, shift, or a solution for a segment.",
    (
        Column("id", "text", "투자 코드", "A short name other sheets refer to; each stands once.", True, example=("I-1", "I-2")),
        Column("name", "text", "투자명", "Name as it should stand on the plan.", True, example=("Fifth machining centre", "Clean-room assembly")),
        Column("kind", "choice", "종류", "technology, machine, hire, shift or solution.", True, choices=INVESTMENT_WORDS, example=("machine", "technology")),
        Column("currency", "currency", "통화", CURRENCY_HELP),
        Column("cost", "money", "투자비", "Paid when it is chosen.", True, example=(180000000, 60000000)),
        Column("weekly_cost", "money", "주당 비용", "Paid every week from arrival on.", example=(1200000,)),
        Column("lead_weeks", "integer", "준비기간(주)", "Weeks between the choice and the first hour; 0 if empty.", example=(8, 12)),
        Column("ramp_weeks", "integer", "안정화기간(주)", "Weeks more until its full capacity; 0 if empty.", example=(4, 0)),
        Column("capacity", "numbers_by_name", "추가 시간", "Hours per week it adds, written resource: hours.", ref="resources", low=None, example=("MC: 40",)),
        Column("technology", "text", "기술 코드", "Technology it brings (sheet technologies).", ref="technologies", example=("", "T-2")),
        Column("effort", "numbers_by_name", "투입시간", "Hours it takes from our own people, written resource: hours.", ref="resources", example=("", "DESIGN: 120")),
        Column("effort_weeks", "integer", "투입기간(주)", "Weeks over which that effort is spent; 4 if empty.", low=1, example=(4, 8)),
        Column("residual_share", "share", "잔존가치율", "Share of the cost it is still worth at the horizon; 0 if empty.", high=1, example=(0.7, 0)),
        Column("starts", "integers", "시작 가능 주", "Weeks in which it can be chosen, 0 for now, separated by semicolons; 0 if empty, never for none.", example=("0; 8", "0; 13")),
        Column("pinned", "text", "결정 고정", "Your own decision: no, now, later, or the week in which it is chosen.", choices={"no": "안 함", "now": "지금", "later": "나중"}),
    ),
    ("id",),
)

OPERATIONS_SHEETS = (
    RESOURCES, CALENDARS, HOLIDAYS, PRODUCTS, ROUTINGS, TECHNOLOGIES,
    PROJECTS, PROJECT_WORK, PROJECT_MODES, CONTRACTS, INVESTMENTS,
)
