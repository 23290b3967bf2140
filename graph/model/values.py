"""The closed sets of values, and the types that a property can have."""

from __future__ import annotations

from enum import Enum, StrEnum


class PartnerType(StrEnum):
    """What a partner does; several at once."""

    TECHNOLOGY = "TECHNOLOGY"
    SERVICE = "SERVICE"
    RESELLER = "RESELLER"
    REFERRAL = "REFERRAL"


class Population(StrEnum):
    """What an account is to the owner of an account list."""

    CUSTOMER = "CUSTOMER"
    OPPORTUNITY = "OPPORTUNITY"
    PROSPECT = "PROSPECT"


class SharingLevel(StrEnum):
    """What a partner's own login sees of our accounts of a population."""

    HIDDEN = "HIDDEN"
    COUNTS_ONLY = "COUNTS_ONLY"
    OVERLAPPING = "OVERLAPPING"
    ALL = "ALL"


class JobState(StrEnum):
    """How far work is that goes on after the request for it."""

    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"


class Role(StrEnum):
    """What a partner does at an account, by the type of the edge."""

    IMPLEMENTS_FOR = "IMPLEMENTS_FOR"
    RESELLS_TO = "RESELLS_TO"
    REFERRED = "REFERRED"


class DealKind(StrEnum):
    NEW = "NEW"
    EXPANSION = "EXPANSION"
    RENEWAL = "RENEWAL"


class DealChannel(StrEnum):
    DIRECT = "DIRECT"
    RESELLER = "RESELLER"
    MARKETPLACE = "MARKETPLACE"


class DealStatus(StrEnum):
    OPEN = "OPEN"
    WON = "WON"
    LOST = "LOST"


class DealCredit(StrEnum):
    """How a partner is credited with a deal, by the type of the edge."""

    SOURCED = "SOURCED"
    INFLUENCED = "INFLUENCED"


class RelationSource(StrEnum):
    """Why a partner counts as an account's partner (HAS_PARTNER)."""

    ROLE = "ROLE"
    PRODUCT = "PRODUCT"
    INTEGRATION = "INTEGRATION"
    DEAL = "DEAL"
    LIST = "LIST"


class PartnerStatus(StrEnum):
    SIGNED = "SIGNED"
    ACTIVE = "ACTIVE"
    DORMANT = "DORMANT"
    LEFT = "LEFT"


class MatchDecision(StrEnum):
    """What a pair of accounts that may be one company is."""

    SAME = "SAME"
    DIFFERENT = "DIFFERENT"


class Slot(StrEnum):
    """The two places that measure runs write to in turn."""

    A = "a"
    B = "b"


class ValueType(Enum):
    """The type of a property, as it is stored in Neo4j."""

    STRING = "string"
    INTEGER = "integer"
    FLOAT = "float"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    MONEY = "money"
    """Integer minor units under the property's name, the ISO 4217 currency under the name + `Currency`."""
    STRINGS = "list of strings"
