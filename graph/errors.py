"""Every error that Ecograph raises on purpose, as one tree.

* EcographError
  * SettingsError: a setting is missing, unknown or wrong
  * BadInput: what the user gave cannot be used
    * ImportRejected: a file has bad rows, and nothing of it was loaded
    * UnknownId: no node has this id, key, domain or external id
    * MixedCurrency: amounts in several currencies, without rates that lead to one
  * ServerError: the embedded Neo4j cannot be installed, started or reached
    * DownloadError
    * UnsupportedServer: the Neo4j server is too old, or lacks what is needed
  * DatabaseError: Neo4j refused or lost a statement
    * QueryTimeout
    * Unavailable: no connection; trying again may help
  * Busy: another import or measure run holds the lock
  * Internal: an error in Ecograph itself
"""

from __future__ import annotations


class EcographError(Exception):
    """Base of all errors raised on purpose.

    `code` is stable and machine-readable; the message says what happened, `hint` what to do about it.
    """

    code = "INTERNAL"
    exit_code = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def is_retryable(self) -> bool:
        """True when the same call may succeed later without any change."""
        return False


class SettingsError(EcographError):
    """A setting is missing, unknown or wrong."""

    code = "BAD_SETTINGS"
    exit_code = 2


class BadInput(EcographError):
    """What the user gave cannot be used."""

    code = "BAD_INPUT"
    exit_code = 2


class ImportRejected(BadInput):
    """A file has bad rows; nothing of it was loaded."""

    code = "IMPORT_REJECTED"


class UnknownId(BadInput):
    """No node has this id, key, domain or external id."""

    code = "UNKNOWN_ID"


class MixedCurrency(BadInput):
    """Amounts are in several currencies, and no exchange rates lead to one."""

    code = "MIXED_CURRENCY"


class ServerError(EcographError):
    """The embedded Neo4j cannot be installed, started or reached."""

    code = "SERVER"
    exit_code = 3


class DownloadError(ServerError):
    """A part of the embedded server could not be downloaded or has the wrong checksum."""

    code = "DOWNLOAD"

    def is_retryable(self) -> bool:
        return True


class UnsupportedServer(ServerError):
    """The Neo4j server is too old or lacks something that is needed."""

    code = "UNSUPPORTED_SERVER"


class DatabaseError(EcographError):
    """Neo4j refused or lost a statement. The database's own text is in `__cause__` and in the log, never shown."""

    code = "DATABASE"
    exit_code = 4


class QueryTimeout(DatabaseError):
    """A statement ran longer than the time allowed."""

    code = "TIMEOUT"


class Unavailable(DatabaseError):
    """No connection to Neo4j, or the cluster member changed its role."""

    code = "UNAVAILABLE"

    def is_retryable(self) -> bool:
        return True


class Busy(EcographError):
    """Another import or measure run holds the lock of this graph."""

    code = "BUSY"
    exit_code = 5

    def is_retryable(self) -> bool:
        return True


class Internal(EcographError):
    """An error in Ecograph itself."""
