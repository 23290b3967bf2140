"""Settings: command-line flags, then the environment, then `ecograph.toml` in the home, then defaults."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from .errors import SettingsError


def _neo4j(name: str) -> AliasChoices:
    return AliasChoices(f"NEO4J_{name}", f"neo4j_{name.lower()}")


class Settings(BaseSettings):
    """Everything that can be configured. Environment names are upper case, with the prefix `ECOGRAPH_`
    save for the four `NEO4J_*`, which every Neo4j tool shares."""

    model_config = SettingsConfigDict(env_prefix="ECOGRAPH_", extra="forbid", frozen=True, validate_default=True)

    home: Path = Field(
        default_factory=lambda: user_data_path("ecograph", appauthor=False),
        description="Directory of all state: server, data, password, logs. Two homes run side by side.",
    )
    cache: Path = Field(
        default_factory=lambda: user_cache_path("ecograph", appauthor=False),
        description="Directory of what can be fetched again: the server's jars. Homes share it.",
    )
    neo4j_uri: str | None = Field(
        None,
        validation_alias=_neo4j("URI"),
        description="A server of your own (bolt://, neo4j://, +s, +ssc).",
    )
    neo4j_username: str = Field("neo4j", validation_alias=_neo4j("USERNAME"), description="Login name there.")
    neo4j_password: SecretStr | None = Field(None, validation_alias=_neo4j("PASSWORD"), description="Password there.")
    neo4j_database: str | None = Field(
        None,
        validation_alias=_neo4j("DATABASE"),
        description="Database there; the server's default if unset.",
    )
    maven: str | None = Field(None, description="Base address of a mirror to download the embedded server from.")
    neo4j_release: Literal["current", "lts"] = Field(
        "current", description="Embedded server: `current` (2026.08 on Java 25) or `lts` (5.26 on Java 17)."
    )
    java: Path | None = Field(
        None, description="A java executable to run the embedded server with, in place of the bundled one."
    )
    java_options: str = Field(
        "", description="More options for the embedded server's Java machine, such as -XX:TieredStopAtLevel=1."
    )
    heap_mb: int | None = Field(
        None, ge=256, description="Heap of the embedded server in MiB; by the machine's memory if unset."
    )
    pagecache_mb: int | None = Field(
        None, ge=64, description="Page cache of the embedded server in MiB; by the machine's memory if unset."
    )
    linger_s: float = Field(600, ge=0, description="Seconds for which the embedded server outlives its last user.")
    host: str = Field("127.0.0.1", description="Address that `ecograph serve` listens on.")
    port: int | None = Field(
        None, ge=0, le=65535, description="Port of `ecograph serve`; 8484 or the next free one if unset."
    )
    allowed_hosts: tuple[str, ...] = Field(
        (), description="Host names, beside loopback ones, that a request may be addressed to."
    )
    documents: Path | None = Field(
        None, description="Folder of trusted documents (`.graphql`), which clients may ask for by hash or file name."
    )
    only_documents: bool = Field(False, description="Answer trusted documents only, over HTTP.")
    auth: tuple[Literal["key", "jwt", "oidc"], ...] = Field(
        (), description="Logins that are taken: `key`, `jwt`, `oidc`. None: open, and on loopback only."
    )
    jwks: str | None = Field(None, description="File or https address of the keys that tokens are signed with (jwt).")
    jwt_issuer: str | None = Field(None, description="Issuer (`iss`) that a token must name (jwt).")
    jwt_audience: str | None = Field(None, description="Audience (`aud`) that a token must name (jwt).")
    jwt_algorithms: tuple[str, ...] = Field(
        ("RS256", "ES256"), description="Signature algorithms that are taken; public-key ones only (jwt, oidc)."
    )
    claim_scopes: str = Field("scope", description="Claim that holds what a login may do (jwt, oidc).")
    claim_values: dict[str, Literal["read", "write", "admin"]] = Field(
        {}, description="Scope for each value of that claim; `read`, `write` and `admin` stand for themselves."
    )
    claim_partner: str | None = Field(
        None, description="Claim with the partner (id or key) whose view a login has (jwt, oidc)."
    )
    claim_owners: str | None = Field(
        None, description="Claim with the owner keys whose accounts a login sees (jwt, oidc)."
    )
    oidc_issuer: str | None = Field(None, description="Address of the OpenID provider that people log in with (oidc).")
    oidc_client_id: str | None = Field(None, description="Our client id there (oidc).")
    oidc_client_secret: SecretStr | None = Field(None, description="Our client secret there, if it has one (oidc).")
    public_url: str | None = Field(
        None, description="Address under which people reach this server, such as https://ecograph.example.com."
    )
    session_secret: SecretStr | None = Field(
        None, description="Signs sessions and embedding tokens; replicas share it. Random in the home if unset."
    )
    session_hours: float = Field(8, gt=0, description="Hours until a person must log in again.")
    frame_ancestors: tuple[str, ...] = Field(
        (), description="Origins whose pages may embed ours, such as https://intranet.example.com."
    )
    cors_origins: tuple[str, ...] = Field(
        (), description="Origins whose scripts may ask from a browser; each in full, never `*`."
    )
    introspection: bool | None = Field(
        None, description="Answer questions about the schema; on by default on loopback, else off."
    )
    graphiql: bool | None = Field(None, description="Serve GraphiQL; on by default on loopback, else off.")
    rate_burst: int = Field(
        1_000_000, ge=0, description="Rows of cost that a login may ask for at once, per process; 0: no limit."
    )
    rate_refill: int = Field(10_000, ge=1, description="Rows of cost that a login gains per second.")
    audit_log: str | None = Field(
        None, description="File for one JSON line per request; `-` is standard error. None if unset."
    )
    active_within_days: int = Field(365, ge=1, description="A partner with a dated activity in this window is ACTIVE.")
    query_timeout_s: float = Field(30, gt=0, description="Longest time for one GraphQL root field.")
    partner_tick_ms: int = Field(
        20,
        ge=0,
        le=1_000,
        description="A partner's own login is answered at full multiples of so many milliseconds; 0 is at once.",
    )
    max_upload_mb: int = Field(256, ge=1, description="Longest file, in MB, that can be sent to be imported.")
    deliver_webhooks: bool = Field(
        True, description="Whether this process sends the messages of webhooks that are due."
    )
    max_page: int = Field(1_000, ge=1, description="Most rows of one page of a list.")
    max_rows: int = Field(250_000, ge=1, description="Most rows of one request, lists within lists multiplied through.")
    max_tokens: int = Field(5_000, ge=100, description="Most tokens of one GraphQL document.")
    max_depth: int = Field(20, ge=1, description="Most levels of fields within fields in one GraphQL operation.")
    max_fields: int = Field(1_000, ge=1, description="Most fields of one GraphQL operation, fragments included.")
    max_aliases: int = Field(100, ge=0, description="Most aliases of one GraphQL operation, fragments included.")
    max_directives: int = Field(100, ge=0, description="Most directives of one GraphQL operation.")
    max_conditions: int = Field(200, ge=1, description="Most conditions in the filters and orders of one request.")
    reporting_currency: str | None = Field(
        None, pattern="^[A-Z]{3}$", description="ISO 4217 currency for values across currencies."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        env = {**env_settings(), **init_settings()}
        home = Path(env["home"]) if "home" in env else user_data_path("ecograph", appauthor=False)
        file = home.expanduser() / "ecograph.toml"
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, file)

    @classmethod
    def load(cls, **flags: Any) -> Settings:
        """Settings from flags (those that are not None), environment and file.

        Raises:
            SettingsError: a value is wrong or a name in the file is unknown.
        """
        given = {name: value for name, value in flags.items() if value is not None}
        try:
            settings = cls(**given)
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(str(part) for part in first["loc"])
            raise SettingsError(
                f"Setting {name!r}: {first['msg']}.", hint="`ecograph settings` lists all names and values."
            ) from error
        return settings.model_copy(
            update={
                "home": settings.home.expanduser().absolute(),
                "cache": settings.cache.expanduser().absolute(),
            }
        )

    @property
    def needs_login(self) -> bool:
        """True when every request must carry a login."""
        return bool(self.auth)

    @property
    def is_embedded(self) -> bool:
        """True when Ecograph runs the Neo4j server itself."""
        return self.neo4j_uri is None
