"""The edges between business nodes."""

from __future__ import annotations

from .kinds import EdgeKind, Property
from .values import Population, RelationSource, Role, Slot, ValueType

DATE = ValueType.DATE
_ON = Property("on", DATE, "Day of it.")
_ACTIVITY = Property("activity", ValueType.FLOAT, "How much it is used, in the source's own unit.", low=0)

_SLOT = Property("slot", ValueType.STRING, "Which of the two sets of edges it is of.", required=True, values=Slot)

EDGES: tuple[EdgeKind, ...] = (
    EdgeKind("OFFERS", "offers", "A partner, or we, offer it.", (("Partner", "Product"), ("Company", "Product"))),
    EdgeKind("BUILDS", "builds", "A partner builds and maintains an integration.", (("Partner", "Integration"),)),
    EdgeKind("CONNECTS", "connects", "An integration joins a product to others.", (("Integration", "Product"),)),
    EdgeKind("USES", "uses", "An account uses a product.", (("Account", "Product"),), (_ACTIVITY,)),
    EdgeKind("ENABLED", "enabled", "An account switched it on.", (("Account", "Integration"),), (_ACTIVITY,)),
    EdgeKind("IMPLEMENTS_FOR", "implements_for", "A partner implements at an account.", (("Partner", "Account"),)),
    EdgeKind("RESELLS_TO", "resells_to", "A partner resells to an account.", (("Partner", "Account"),)),
    EdgeKind("REFERRED", "referred", "A partner referred an account to us.", (("Partner", "Account"),)),
    EdgeKind("WITH", "with", "A deal is with one account.", (("Deal", "Account"),), is_dated=False),
    EdgeKind("INCLUDES", "includes", "A deal includes a product.", (("Deal", "Product"),), is_dated=False),
    EdgeKind(
        "TOUCHED", "touched", "A partner did something for a deal.", (("Partner", "Deal"),),
        (Property("kind", ValueType.STRING, "What it did, such as introduction or workshop.", required=True),
         Property("on", DATE, "Day on which it did it.", required=True)),
        is_dated=False, discriminator="kind",
    ),
    EdgeKind("SOURCED", "sourced", "Partner-sourced: the partner brought the deal.", (("Partner", "Deal"),), (_ON,),
             is_dated=False),
    EdgeKind("INFLUENCED", "influenced", "The deal is partner-influenced, and not sourced by this partner.",
             (("Partner", "Deal"),), (_ON,), is_dated=False),
    EdgeKind("CERTIFIED_FOR", "certified_for", "A partner is certified for a product.", (("Partner", "Product"),),
             (Property("level", ValueType.STRING, "Level of the certificate."), _ON), is_dated=False,
             discriminator="level"),
    EdgeKind("ALLIED_WITH", "allied_with", "Two partners are allied.", (("Partner", "Partner"),), is_symmetric=True),
    EdgeKind("SAME_COMPANY_AS", "same_company_as", "A partner and an account are one company.",
             (("Partner", "Account"),), is_dated=False),
    EdgeKind(
        "KNOWS", "knows", "The account is on an account list of a partner or of ours.",
        (("Partner", "Account"), ("Company", "Account")),
        (Property("population", ValueType.STRING, "What the account is to the list's owner.", required=True,
                  values=Population),
         Property("ownerKey", ValueType.STRING, "Opaque key of the account's owner at the list's owner.")),
        discriminator="population",
    ),
    EdgeKind(
        "HAS_PARTNER", "has_partner", "The partner counts as the account's; one edge per unbroken interval.",
        (("Account", "Partner"),),
        (Property("sources", ValueType.STRINGS, "What it follows from.", values=RelationSource),
         Property("roles", ValueType.STRINGS, "What the partner does at the account.", values=Role),
         Property("adoptedOn", DATE, "First day on which it follows from more than account lists.")),
        is_derived=True,
    ),
    EdgeKind("SHARES_WITH", "shares_with", "Two partners share accounts or integrations.", (("Partner", "Partner"),),
             (_SLOT,
              Property("weight", ValueType.FLOAT, "Weight of the tie.", required=True, low=0),
              Property("accounts", ValueType.INTEGER, "Shared accounts.", required=True, low=0),
              Property("integrations", ValueType.INTEGER, "Integrations that join products of both.", required=True,
                       low=0),
              Property("cosine", ValueType.FLOAT, "Shared accounts over the geometric mean of the accounts of each.",
                       required=True, low=0),
              Property("since", DATE, "First day on which they shared something, where it is known."),
              Property("isBridge", ValueType.BOOLEAN, "Without it the graph falls into more parts.", required=True)),
             is_dated=False, is_symmetric=True, is_derived=True),
    EdgeKind("LIFTS", "lifts", "Accounts adopt the second partner faster after the first.", (("Partner", "Partner"),),
             (_SLOT,
              Property("rateRatio", ValueType.FLOAT, "Rate of taking on the second with the first over that without.",
                       required=True, low=0),
              Property("low", ValueType.FLOAT, "Lower end of the 95 % interval.", required=True, low=0),
              Property("high", ValueType.FLOAT, "Upper end of the 95 % interval.", required=True, low=0),
              Property("naiveLift", ValueType.FLOAT, "Share with the second among accounts with the first over that "
                       "among all.", required=True, low=0),
              Property("coAccounts", ValueType.INTEGER, "Accounts that had both.", required=True, low=0),
              Property("events", ValueType.INTEGER, "Accounts that took on the second after the first.", required=True,
                       low=0),
              Property("q", ValueType.FLOAT, "How surprising so many are: to rank by.", required=True, low=0, high=1),
              Property("reverse", ValueType.FLOAT, "Rate ratio the other way round, where its interval too lies above "
                       "1.", low=0)),
             is_dated=False, is_derived=True),
)  # fmt: skip

BY_TYPE: dict[str, EdgeKind] = {kind.type: kind for kind in EDGES}
IMPORTED: tuple[EdgeKind, ...] = tuple(kind for kind in EDGES if not kind.is_derived)
