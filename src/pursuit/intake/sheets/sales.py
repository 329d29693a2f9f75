"""The sheets about customers and the chances to sell to them."""

# ruff: noqa: E501
# fmt: off
# one column per line: the table reads as a table

from __future__ import annotations

from pursuit.intake.sheets.table import Column, Sheet

COURSE_WORDS = {"grow": "육성", "keep": "유지", "harvest": "회수", "let_go": "정리"}
OUTCOME_WORDS = {"open": "진행", "won": "수주", "lost": "실주"}
EVENT_WORDS = {"order": "선급", "interim": "중도", "delivery": "잔금"}
DECISION_WORDS = {"decline": "포기", "defer": "보류"}
OWNER_WORDS = {"opportunity": "영업기회", "project": "프로젝트", "contract": "단가계약"}
TAX_WORDS = {"taxable": "과세", "zero_rated": "영세율", "exempt": "면세"}

CURRENCY_HELP = "Three letters (KRW, USD). Empty means the firm's currency."

COMPANY = Sheet(
    "company",
    "회사",
    "The firm itself, in one row: whose plan this is and in which currency it counts.",
    (
        Column("name", "text", "회사명", "Name of the firm as it should stand on the plan.", example=("Example Machine Parts",)),
        Column("currency", "currency", "통화", "Currency the firm counts in, three letters (KRW, USD).", example=("KRW",)),
        Column("as_of", "date", "기준일", "The day this data describes; weeks are counted from it.", example=("2026-03-31",)),
        Column("vat_rate", "share", "부가세율", "VAT rate, 10% in Korea; used when only an amount with VAT is given.", high=1, example=(0.1,)),
    ),
)

ACCOUNTS = Sheet(
    "accounts",
    "고객사",
    "Customer firms, won or hoped for.",
    (
        Column("id", "text", "고객사 코드", "A short name other sheets refer to; each stands once.", True, example=("A-01", "A-02")),
        Column("name", "text", "고객사명", "Name as it should stand on the plan.", True, example=("Customer one", "Customer two")),
        Column("business_number", "text", "사업자등록번호", "Business registration number; one number is one firm, however its name is written.", example=("123-45-67891",), form="business_number"),
        Column("sector", "text", "업종", "Industry; customers of one industry share its good and bad years.", example=("Machinery", "Electronics")),
        Column("region", "text", "지역", "Where the customer is.", example=("Gyeonggi", "Gyeongnam")),
        Column("segment", "text", "고객군", "Group of customers it belongs to (sheet segments).", ref="segments", example=("S-1", "S-1")),
        Column("since", "date", "거래시작일", "Customer since; empty if it never bought.", example=("2019-05-01",)),
        Column("relationship", "share", "관계 수준", "0 for a stranger to 1 for a trusted partner.", high=1, example=(0.7, 0.2)),
        Column("traits", "texts_by_name", "특성", "Anything else known, written name: value; name: value.", example=("employees: 320",)),
        Column("needs", "list", "니즈", "Needs of the customer (sheet needs), separated by semicolons.", ref="needs", example=("N-1",)),
        Column("credit_grade", "text", "신용등급", "Credit grade as published (NICE, KED).", example=("BBB",)),
        Column("currency", "currency", "통화", CURRENCY_HELP),
        Column("credit_limit", "money", "여신한도", "Most money the customer may owe.", example=(300000000,)),
        Column("default_probability", "share", "부도율", "Probability of default within a year, if known.", high=1),
        Column("payment_days", "integer", "외상일수", "Days from invoice to payment, also 익월말 or Net 30.", example=(30, 60), form="days"),
        Column("note_days", "integer", "어음일수", "Days until a promissory note falls due, after payment days.", example=(0, 60), form="days"),
        Column("payment_terms", "text", "결제조건", "Days of payment in one cell, like 월말마감 익월말, 60일 or 어음 90일; or the two columns before.", form="terms"),
        Column("last_contact", "date", "최근 접촉일", "Last visit or call.", example=("2026-03-20",)),
    ),
    ("id",),
)

COURSES = Sheet(
    "courses",
    "고객방침",
    "Ways to treat a customer over the horizon: grow, keep, harvest, let go.",
    (
        Column("account", "text", "고객사 코드", "The customer (sheet accounts).", True, ref="accounts", example=("A-01", "A-01")),
        Column("kind", "choice", "방침", "Which course this row describes.", True, choices=COURSE_WORDS, example=("grow", "keep")),
        Column("effort", "numbers_by_name", "주당 투입시간", "Hours per week, written resource: hours; resource: hours.", ref="resources", example=("SALES: 4", "SALES: 1")),
        Column("currency", "currency", "통화", "Three letters (KRW, USD). Empty means that of the record above it."),
        Column("cost", "money", "연간 비용", "Money spent per year beside the hours.", example=(5000000,)),
        Column("retention", "share", "유지율", "Probability that it is still a customer after a year.", high=1, example=(0.95, 0.85)),
        Column("orders_per_year", "number", "연간 반복주문", "Repeat orders expected per year that are not in the pipeline.", example=(3, 2)),
    ),
    ("account", "kind"),
    parent="accounts",
)

SEGMENTS = Sheet(
    "segments",
    "고객군",
    "Groups of customers that are won and served alike.",
    (
        Column("id", "text", "고객군 코드", "A short name other sheets refer to; each stands once.", True, example=("S-1",)),
        Column("name", "text", "고객군명", "Name as it should stand on the plan.", True, example=("Equipment makers",)),
        Column("needs", "list", "니즈", "Needs the group shares (sheet needs), separated by semicolons.", ref="needs", example=("N-1",)),
        Column("currency", "currency", "통화", CURRENCY_HELP),
        Column("reference_value", "money", "레퍼런스 가치", "What one more won reference is worth to later wins in the group.", example=(20000000,)),
        Column("trust_value", "money", "신뢰 가치", "What it costs to decline or disappoint a good customer of the group.", example=(10000000,)),
        Column("note", "text", "메모", "Anything to remember."),
    ),
    ("id",),
)

NEEDS = Sheet(
    "needs",
    "니즈",
    "What customers want or suffer from, and the technology that meets it.",
    (
        Column("id", "text", "니즈 코드", "A short name other sheets refer to; each stands once.", True, example=("N-1",)),
        Column("text", "text", "내용", "The need in the customer's words.", True, example=("Shorter lead times",)),
        Column("technology", "text", "기술 코드", "Technology that meets it (sheet technologies).", ref="technologies", example=("T-1",)),
    ),
    ("id",),
)

OPPORTUNITIES = Sheet(
    "opportunities",
    "영업기회",
    "Chances to sell. Closed ones (won, lost) teach the forecast; open ones are decided.",
    (
        Column("id", "text", "영업기회 번호", "A short name other sheets refer to; each stands once.", True, example=("O-001", "O-002")),
        Column("account", "text", "고객사 코드", "The customer (sheet accounts).", ref="accounts", example=("A-01", "A-02")),
        Column("name", "text", "영업기회명", "Name as it should stand on the plan.", example=("Spindle housings, second lot", "Gear boxes")),
        Column("product", "text", "제품 코드", "What is sold (sheet products).", ref="products", example=("P-1", "P-1")),
        Column("quantity", "number", "수량", "Pieces or units; 1 if empty.", example=(40, 15)),
        Column("currency", "currency", "통화", CURRENCY_HELP),
        Column("amount", "money", "공급가액", "Amount net of VAT.", example=(120000000,)),
        Column("gross_amount", "money", "부가세 포함 금액", "Amount with VAT; the net amount is reckoned from it where that is empty."),
        Column("vat", "money", "부가세", "VAT on top of the net amount; 0 for a sale without VAT."),
        Column("tax", "choice", "과세구분", "taxable, zero_rated or exempt; taxable if empty. Without VAT, net and gross amount are one.", choices=TAX_WORDS),
        Column("stage", "text", "영업단계", "Stage of the pipeline in your own words.", example=("Quoted", "Contacted")),
        Column("outcome", "choice", "결과", "open, won or lost; open if empty.", choices=OUTCOME_WORDS, example=("open", "open")),
        Column("created", "date", "등록일", "Day the opportunity became known.", example=("2026-02-10", "2026-03-02")),
        Column("closed", "date", "종료일", "Day it was won or lost."),
        Column("expected_close", "date", "수주예정일", "Day the customer is thought to decide.", example=("2026-05-15", "2026-06-10")),
        Column("decide_by", "date", "추진결정기한", "Last day on which going for it still makes sense.", example=("2026-04-20",)),
        Column("requested_date", "date", "요청납기", "Delivery date the customer asks for.", example=("2026-08-31", "2026-09-30")),
        Column("owner", "text", "담당", "Role or team in charge.", example=("Sales team 1", "Sales team 2")),
        Column("source", "text", "유입경로", "Where the opportunity came from.", example=("Existing customer", "Exhibition")),
        Column("segment", "text", "고객군", "Group of customers, if another than the customer's own (sheet segments).", ref="segments"),
        Column("competitors", "list", "경쟁사", "Named competitors, separated by semicolons.", example=("Rival A; Rival B",)),
        Column("win_probability", "share", "수주확률", "Your own estimate; empty leaves it to the forecast.", high=1, example=(0.4,)),
        Column("likelihood", "text", "수주확도", "Your own grade or band (S, A, B, C; 상, 중, 하; 50~70%), a first guess that closed deals correct; see the sheet grades.", form="likelihood"),
        Column("late_penalty_rate", "share", "지체상금율(일)", "Share of the price per day late: 0.1%, 1/1000, 1000분의 1.5 or 0.75‰.", high=1, example=(0.001,), form="day_rate"),
        Column("late_penalty_cap", "share", "지체상금 한도", "Largest share of the price the penalty can reach.", high=1, example=(0.1,)),
        Column("payment_terms", "text", "결제조건", "Terms in one cell, like 선급30% 중도40% 잔금30%, 60일, 익월말 or 어음 90일; or the sheet payments.", form="terms"),
        Column("down_share", "share", "선급율", "Share of the price paid at the order; the three shares add up to 100%.", high=1),
        Column("interim_share", "share", "중도율", "Share of the price paid in between.", high=1),
        Column("final_share", "share", "잔금율", "Share of the price paid at delivery.", high=1),
        Column("pinned", "text", "결정 고정", "Your own decision: an option's name, decline or defer.", choices=DECISION_WORDS),
        Column("strategic", "numbers_by_name", "전략 점수", "Points for goals, written goal: points; goal: points.", ref="goals", low=None, example=("G-2: 1",)),
    ),
    ("id",),
    required=True,
)

OPTIONS = Sheet(
    "options",
    "추진안",
    "Ways to pursue an opportunity: what is offered and with how much effort. The first row of each is the standard one.",
    (
        Column("opportunity", "text", "영업기회 번호", "The opportunity (sheet opportunities).", True, ref="opportunities", example=("O-001", "O-001")),
        Column("id", "text", "추진안 코드", "Short name, once per opportunity.", True, example=("standard", "fast")),
        Column("name", "text", "추진안명", "Name as it should stand on the plan.", example=("Standard offer", "Shorter lead time, more effort")),
        Column("currency", "currency", "통화", "Three letters (KRW, USD). Empty means that of the record above it."),
        Column("price", "money", "제안가(공급가액)", "Net price of this offer; empty takes the opportunity's amount.", example=(120000000, 126000000)),
        Column("material_cost", "money", "재료비", "What leaves the firm if won, besides hours; empty takes the product's share.", example=(48000000, 50000000)),
        Column("lead_time_weeks", "integer", "납기(주)", "Promised weeks from order to delivery.", example=(12, 8)),
        Column("effort", "numbers_by_name", "영업 투입시간", "Presales hours, written resource: hours; spent whether or not it is won.", ref="resources", example=("SALES: 20", "SALES: 36; DESIGN: 16")),
        Column("effort_weeks", "integer", "영업 기간(주)", "Weeks over which that effort is spent.", low=1, example=(4, 4)),
        Column("pursuit_cost", "money", "영업비용", "Money spent before the customer decides (samples, travel).", example=(1000000,)),
        Column("win_probability", "share", "수주확률", "Your own estimate for this offer; empty leaves it to the forecast.", high=1),
        Column("win_shift", "number", "수주확률 조정", "Change of the log-odds against the standard offer, +0.5 or -0.3.", low=None, example=(0, 0.4)),
        Column("technologies", "list", "필요 기술", "Technologies it needs (sheet technologies), separated by semicolons.", ref="technologies"),
    ),
    ("opportunity", "id"),
    parent="opportunities",
)

OPTION_WORK = Sheet(
    "option_work",
    "추진안 작업",
    "Hours an option needs if won. Without rows here the product's routing counts.",
    (
        Column("opportunity", "text", "영업기회 번호", "The opportunity (sheet opportunities).", True, ref="opportunities", example=("O-001", "O-001")),
        Column("option", "text", "추진안 코드", "The option (sheet options).", True, example=("fast", "fast")),
        Column("resource", "text", "자원 코드", "Work centre or people (sheet resources).", True, ref="resources", example=("MC", "ASSY")),
        Column("hours", "number", "시간", "Hours in all.", True, example=(180, 60)),
        Column("step", "integer", "순서", "Order of the work; equal steps run side by side. 1 if empty.", low=None, example=(1, 2)),
        Column("weeks", "integer", "소요 주", "Weeks the step usually takes; 1 if empty.", low=1, example=(4, 2)),
        Column("max_hours_per_week", "number", "주당 최대시간", "Most hours that can be put into it in one week.", example=(60,)),
        Column("name", "text", "작업명", "What is done.", example=("Machining", "Assembly")),
    ),
)

QUOTES = Sheet(
    "quotes",
    "견적",
    "Quotes sent, one row per revision.",
    (
        Column("opportunity", "text", "영업기회 번호", "The opportunity (sheet opportunities).", True, ref="opportunities", example=("O-001",)),
        Column("revision", "integer", "차수", "1 for the first quote; also 1차, Rev.2 or R3.", True, example=(1,), form="revision"),
        Column("sent", "date", "제출일", "Day it was sent.", True, example=("2026-03-05",)),
        Column("valid_until", "date", "유효기간", "Day it lapses, or how long it holds from the day it was sent: 30일.", example=("2026-05-04",), form="validity"),
        Column("currency", "currency", "통화", CURRENCY_HELP),
        Column("net_amount", "money", "공급가액", "Amount net of VAT.", example=(120000000,)),
        Column("gross_amount", "money", "부가세 포함 금액", "Amount with VAT; the net amount is reckoned from it where that is empty.", example=(132000000,)),
        Column("vat", "money", "부가세", "VAT on top of the net amount; 0 for a sale without VAT."),
        Column("tax", "choice", "과세구분", "taxable, zero_rated or exempt; taxable if empty. Without VAT, net and gross amount are one.", choices=TAX_WORDS),
        Column("payment_terms", "text", "결제조건", "Terms in one cell, like 선급30% 중도40% 잔금30%, 60일, 익월말 or 어음 90일; or the sheet payments.", form="terms"),
        Column("down_share", "share", "선급율", "Share of the price paid at the order; the three shares add up to 100%.", high=1),
        Column("interim_share", "share", "중도율", "Share of the price paid in between.", high=1),
        Column("final_share", "share", "잔금율", "Share of the price paid at delivery.", high=1),
    ),
    ("opportunity", "revision"),
)

PAYMENTS = Sheet(
    "payments",
    "대금조건",
    "When the price is paid: down, interim and final payment, one row each; the shares of one record add up to 100%.",
    (
        Column("of", "choice", "구분", "Whether the row belongs to an opportunity, a project or a contract; opportunity if empty.", choices=OWNER_WORDS, example=("opportunity", "opportunity")),
        Column("id", "text", "번호", "Id of the opportunity, project or contract.", True, example=("O-001", "O-001")),
        Column("event", "choice", "시점", "order (down payment), interim or delivery (final payment).", True, choices=EVENT_WORDS, example=("order", "delivery")),
        Column("share", "share", "비율", "Share of the price.", True, high=1, example=(0.3, 0.7)),
        Column("days", "integer", "지급일수", "Days after the event until the money is there; 0 if empty.", low=None, example=(0, 60)),
    ),
)

GRADES = Sheet(
    "grades",
    "수주확도 기준",
    "What your own grades of deals mean, one row each; closed deals correct it.",
    (
        Column("word", "text", "수주확도", "The grade as it stands on the sheet opportunities.", True, example=("S", "A")),
        Column("probability", "share", "수주확률", "Probability of winning a deal so graded.", True, high=1, example=(0.9, 0.7)),
    ),
    ("word",),
)

SALES_SHEETS = (COMPANY, OPPORTUNITIES, OPTIONS, OPTION_WORK, QUOTES, PAYMENTS, GRADES, ACCOUNTS, COURSES, SEGMENTS, NEEDS)
