"""The sheets about money that moved, rules about money, and aims."""

# ruff: noqa: E501
# fmt: off
# one column per line: the table reads as a table

from __future__ import annotations

from pursuit.intake.sheets.sales import CURRENCY_HELP
from pursuit.intake.sheets.table import Column, Sheet

MEASURE_WORDS = {"revenue": "매출", "margin": "이익", "wins": "수주건수", "strategic": "전략점수"}

FINANCE = Sheet(
    "finance",
    "자금",
    "The firm's own cash, in one row and in the firm's currency.",
    (
        Column("opening_cash", "money", "기초 현금", "Cash on the day of the data.", True, low=None, example=(850000000,)),
        Column("floor", "money", "최소 현금", "Balance the firm never wants to go below; 0 for none.", True, low=None, example=(200000000,)),
        Column("credit_line", "money", "신용한도", "What a bank would lend; 0 for none.", True, example=(300000000,)),
        Column("fixed_cost", "money", "월 고정비", "Wages and rent per month.", True, example=(160000000,)),
        Column("shortfall_rate", "share", "부족자금 이율", "Yearly price of cash under the floor; 24% if empty.", example=(0.24,)),
    ),
)

GOALS = Sheet(
    "goals",
    "목표",
    "Long-term aims and what falling short of them costs.",
    (
        Column("id", "text", "목표 코드", "A short name other sheets refer to; each stands once.", True, example=("G-1", "G-2")),
        Column("name", "text", "목표명", "Name as it should stand on the plan.", True, example=("Sales to equipment makers", "Presence in a new industry")),
        Column("measure", "choice", "측정", "revenue, margin, wins (orders) or strategic (points on opportunities).", True, choices=MEASURE_WORDS, example=("revenue", "strategic")),
        Column("target", "number", "목표값", "Money in the firm's currency, or a number of orders or points.", True, low=None, example=(900000000, 3)),
        Column("weight", "number", "가중치", "Money lost per unit of money, order or point that is missing.", True, low=None, example=(0.1, 5000000)),
        Column("scope", "text", "범위", "segment:ID, sector:NAME, product:ID or family:NAME; empty for the whole firm.", example=("segment:S-1",)),
    ),
    ("id",),
)

LIMITS = Sheet(
    "limits",
    "한도",
    "Most money the firm wants at risk.",
    (
        Column("id", "text", "한도 코드", "A short name other sheets refer to; each stands once.", True, example=("L-1",)),
        Column("scope", "text", "범위", "account:ID, segment:ID, sector:NAME, product:ID or family:NAME; empty for the whole firm.", example=("sector:Machinery",)),
        Column("currency", "currency", "통화", CURRENCY_HELP),
        Column("exposure", "money", "노출 한도", "Most money that may be owed or in work.", True, example=(600000000,)),
    ),
    ("id",),
)

STATEMENTS = Sheet(
    "statements",
    "재무제표",
    "Yearly accounts of customers, in any one unit per row (millions are fine).",
    (
        Column("account", "text", "고객사 코드", "The customer (sheet accounts).", True, ref="accounts", example=("A-01",)),
        Column("year_end", "date", "결산일", "Last day of the business year.", True, example=("2025-12-31",)),
        Column("currency", "currency", "통화", CURRENCY_HELP),
        Column("total_assets", "number", "자산총계", "As published.", low=None, example=(42000,)),
        Column("current_assets", "number", "유동자산", "As published.", low=None, example=(21000,)),
        Column("total_liabilities", "number", "부채총계", "As published.", low=None, example=(25000,)),
        Column("current_liabilities", "number", "유동부채", "As published.", low=None, example=(15000,)),
        Column("equity", "number", "자본총계", "As published.", low=None, example=(17000,)),
        Column("retained_earnings", "number", "이익잉여금", "As published.", low=None, example=(9000,)),
        Column("sales", "number", "매출액", "As published.", low=None, example=(51000,)),
        Column("ebit", "number", "영업이익", "As published.", low=None, example=(3100,)),
        Column("net_income", "number", "당기순이익", "As published.", low=None, example=(2100,)),
    ),
    ("account", "year_end"),
)

INVOICES = Sheet(
    "invoices",
    "세금계산서",
    "Bills sent, paid or open.",
    (
        Column("id", "text", "번호", "Number of the invoice; each stands once.", True, example=("V-1001",)),
        Column("account", "text", "고객사 코드", "The customer (sheet accounts).", True, ref="accounts", example=("A-01",)),
        Column("issued", "date", "발행일", "Day it was issued.", True, example=("2026-01-30",)),
        Column("due", "date", "결제예정일", "Day it falls due.", True, example=("2026-03-01",)),
        Column("currency", "currency", "통화", CURRENCY_HELP),
        Column("net_amount", "money", "공급가액", "Amount net of VAT; negative for a credit note.", low=None, example=(54000000,)),
        Column("vat", "money", "부가세", "VAT on top of it.", low=None, example=(5400000,)),
        Column("gross_amount", "money", "합계금액", "Amount with VAT; the net amount is reckoned from it where that is empty.", low=None),
        Column("paid", "date", "입금일", "Day it was paid; empty while it is open.", example=("2026-03-04",)),
        Column("product", "text", "제품 코드", "What was sold.", example=("P-1",)),
    ),
    ("id",),
)

DELIVERIES = Sheet(
    "deliveries",
    "납품",
    "What was promised and what came.",
    (
        Column("id", "text", "번호", "Number of the delivery; each stands once.", True, example=("D-501",)),
        Column("account", "text", "고객사 코드", "The customer (sheet accounts).", True, ref="accounts", example=("A-01",)),
        Column("promised", "date", "납기확약일", "Day it was promised.", True, example=("2026-01-28",)),
        Column("delivered", "date", "납품일", "Day it came.", True, example=("2026-01-30",)),
        Column("in_full", "yes", "전량", "yes if everything came; yes if empty.", example=("yes",)),
        Column("complaint", "yes", "클레임", "yes if the customer complained; no if empty.", example=("no",)),
        Column("order", "text", "수주번호", "The order it belongs to."),
    ),
    ("id",),
)

RATES = Sheet(
    "rates",
    "환율",
    "Dated exchange rates.",
    (
        Column("day", "date", "날짜", "Day from which the rate counts.", True, example=("2026-03-31",)),
        Column("base", "currency", "기준통화", "The currency of which one unit is priced.", True, example=("USD",)),
        Column("quote", "currency", "상대통화", "The currency it is priced in.", True, example=("KRW",)),
        Column("rate", "number", "환율", "Units of the second currency for one of the first.", True, example=(1400,)),
    ),
    ("day", "base", "quote"),
)

NOTES = Sheet(
    "notes",
    "비고",
    "Remarks about this data that are carried onto the plan, one per row.",
    (Column("text", "text", "내용", "The remark.", True),),
)

MONEY_SHEETS = (FINANCE, GOALS, LIMITS, STATEMENTS, INVOICES, DELIVERIES, RATES, NOTES)
