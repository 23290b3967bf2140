"""The words that names are made of. All roots are coined; the domains lie under a suffix that nobody can register."""

from __future__ import annotations

DOMAIN_SUFFIX = "home.arpa"
"""Reserved for private use (RFC 8375), never resolved on the internet, and known to the public suffix list."""

FIRST = (
    "Vel", "Tor", "Mar", "Bra", "Nor", "Cal", "Dru", "Fen", "Gal", "Hal", "Jor", "Kel", "Lor", "Mer", "Nal",
    "Orm", "Pel", "Quor", "Ras", "Sel", "Tam", "Ulv", "Var", "Wes", "Yor", "Zan", "Ald", "Bel", "Cor",
    "Dal", "Ern", "Fal", "Gar", "Hed", "Isk", "Jun", "Kor", "Lam", "Mon", "Nev", "Osk", "Pra", "Rov", "Sol",
    "Thal", "Umb", "Vin", "Wyn", "Xan", "Zel",
)  # fmt: skip
MIDDLE = ("", "a", "ar", "en", "i", "in", "o", "on", "u", "um")
LAST = (
    "brik", "creft", "dahl", "desh", "feld", "fjord", "ganz", "glen", "hask", "holt", "keld", "kesk",
    "kvist", "lund", "maze", "mede", "meth", "mondt", "myre", "nask", "nesh", "polt", "quay", "quist",
    "reth", "rook", "selk", "shaw", "skar", "stell", "tarn", "thwait", "tregg", "vale", "veth", "voss",
    "wend", "wick", "wold", "wrax", "zeth", "zoll", "blyth", "chim", "drax", "froy", "gwyn", "jasp", "kroy",
    "lisk",
)  # fmt: skip

PARTNER_ENDINGS = (
    ("Labs", "Software", "Systems", "Technologies", "Cloud", "Works"),
    ("Consulting", "Advisory", "Digital", "Implementation", "Professional Services", "Delivery"),
    ("Distribution", "Resale", "Solutions", "Channel", "Supply", "Licensing"),
    ("Network", "Associates", "Introductions", "Circle", "Collective", "Referrals"),
)
"""By the partner's first type."""

INDUSTRIES: dict[str, tuple[str, ...]] = {
    "Manufacturing": ("Manufacturing", "Castings", "Machinery", "Components", "Tooling", "Plastics", "Steel", "Motors"),
    "Financial Services": ("Bank", "Capital", "Credit Union", "Finance", "Assurance", "Holdings", "Trust", "Payments"),
    "Retail": ("Retail", "Stores", "Outfitters", "Grocers", "Furniture", "Home", "Sports", "Apparel"),
    "Healthcare": ("Health", "Clinics", "Care", "Diagnostics", "Hospitals", "Pharmacy", "Dental", "Biologics"),
    "Software": ("Apps", "Games", "Analytics", "Platform", "Interactive", "Online", "Security", "Robotics"),
    "Logistics": ("Logistics", "Freight", "Shipping", "Cargo", "Couriers", "Warehousing", "Rail", "Lines"),
    "Professional Services": ("Legal", "Accountants", "Architects", "Engineering", "Staffing", "Research", "Audit",
                              "Surveyors"),
    "Education": ("Academy", "College", "Learning", "Schools", "Institute", "Training", "Publishing", "University"),
    "Energy": ("Energy", "Power", "Grid", "Solar", "Utilities", "Wind", "Gas", "Hydro"),
    "Public Sector": ("County", "City Council", "Transit", "Water Board", "Ports", "Housing", "District", "Agency"),
}  # fmt: skip
INDUSTRY_SHARES = (0.17, 0.14, 0.14, 0.12, 0.12, 0.09, 0.08, 0.06, 0.05, 0.03)

SECTORS: dict[str, tuple[str, ...]] = {
    "Analytics": ("Lens", "Insight", "Quanta", "Prism", "Compass"),
    "CRM": ("Cardfile", "Pipeline", "Rapport", "Handshake", "Kindred"),
    "Marketing": ("Campaigner", "Beacon", "Megaphone", "Funnel", "Audience"),
    "Support": ("Desk", "Helpline", "Resolve", "Concierge", "Ticketry"),
    "Finance": ("Ledger", "Billing", "Abacus", "Treasury", "Payout"),
    "HR": ("Roster", "Payroll", "Onboard", "Talent", "Timesheet"),
    "Commerce": ("Storefront", "Checkout", "Cart", "Catalog", "Fulfil"),
    "Identity": ("Passkey", "Vault", "Gatehouse", "Badge", "Sentry"),
    "Collaboration": ("Canvas", "Huddle", "Threads", "Whiteboard", "Relay"),
    "Data Integration": ("Conduit", "Sync", "Bridge", "Splice", "Stream"),
    "Developer Tools": ("Forge", "Anvil", "Runbook", "Trace", "Sandbox"),
    "E-signature": ("Sign", "Seal", "Notary", "Countersign", "Inkwell"),
}
"""Category of products → the nouns that name them; no noun stands in two categories."""

PLATFORMS = ("Core", "Flow", "Insights Hub")
COMPANY_NAME = "Halvermoor"
SUBTYPES = (
    ("ISV", "Data provider", "Infrastructure"),
    ("Global system integrator", "Regional system integrator", "Agency"),
    ("Value-added reseller", "Managed service provider", "Distributor"),
    ("Consultant", "Affiliate", "Association"),
)
TIERS = ("Registered", "Silver", "Gold", "Platinum")
REGIONS = ("Americas", "EMEA", "APAC")
SEGMENTS = ("SMB", "Mid-market", "Enterprise")
INTEGRATION_KINDS = ("Connector", "Plug-in", "Data sync", "Embedded app", "Workflow")
LEVELS = ("Associate", "Professional", "Expert")
STAGES = ("Prospecting", "Qualification", "Proposal", "Negotiation")
"""Of an open deal, in their order; `WON_STAGE` and `LOST_STAGE` end it."""
WON_STAGE, LOST_STAGE = "Closed Won", "Closed Lost"
SOURCING_TOUCHES = ("Introduction", "Deal registration", "Joint event")
LATER_TOUCHES = ("Workshop", "Co-sell call", "Proof of concept", "Reference", "Technical review")
