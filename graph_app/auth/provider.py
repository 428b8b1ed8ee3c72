"""Signing in at an OpenID Connect provider: the authorization code flow, with PKCE, state and nonce.

Authlib speaks to the provider and checks the token; it comes with the extra ``oidc`` and is imported when it is needed.
"""

import json
import logging
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from graph_app.errors import N_, AccountError, SettingError
from graph_app.roles import ROLES
from graph_app.settings import Settings

if TYPE_CHECKING:
    from authlib.integrations.requests_client import OAuth2Session

# of keys that only the provider has: with "none" or HMAC anybody, or we ourselves, could sign
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
_LEEWAY = 60  # seconds that clocks may differ
_PATIENCE = 10  # seconds
_FRESH = 600.0  # seconds for which what the provider says of itself is kept
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})
_log = logging.getLogger("peyvand.provider")


class ProviderError(AccountError):
    """It did not come to an end; why, stands in the log alone."""

    def __init__(self) -> None:
        super().__init__(N_("Signing in at the provider did not work. Try again, or ask an administrator."))


@dataclass(frozen=True)
class Stranger:
    """Whom the provider knows: ``issuer`` and ``subject`` together are one person for ever, the rest may change.

    Parameters
    ----------
    email
        The address; empty if the provider did not say that it is theirs.
    role
        The role of the first group that has one; empty if none has.
    factor
        Whether the provider said that a second factor was shown.

    """

    issuer: str
    subject: str
    email: str
    role: str
    factor: bool


class Provider:
    """The provider that the settings name.

    Raises
    ------
    SettingError
        If something is missing, a role is none, or the address is not https.

    """

    def __init__(self, settings: Settings) -> None:
        self.issuer = settings.text("PEYVAND_OIDC_ISSUER")
        self.name = settings.text("PEYVAND_OIDC_NAME") or urlsplit(self.issuer).hostname or ""
        self.takes_new = settings.choice("PEYVAND_OIDC_NEW", "yes", "no") == "yes"
        self.links = settings.choice("PEYVAND_OIDC_LINK", "yes", "no") == "yes"
        self._client = settings.text("PEYVAND_OIDC_CLIENT")
        self._secret_file = settings.text("PEYVAND_OIDC_SECRET_FILE")
        self._email = settings.text("PEYVAND_OIDC_EMAIL")
        self._groups = settings.text("PEYVAND_OIDC_GROUPS")
        self.roles = _roles(settings.text("PEYVAND_OIDC_ROLES"))
        self._acr = frozenset(settings.text("PEYVAND_OIDC_ACR").replace(",", " ").split())
        self._lock = threading.Lock()
        self._known: tuple[float, Mapping[str, Any], Any] | None = None
        if self.issuer:
            self._check()

    def begin(self, back: str) -> tuple[str, list[str]]:
        """Return where to send the browser, and what to remember until it comes ``back``.

        Raises
        ------
        ProviderError
            If the provider does not answer.

        """
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        with _told(), self._session(back) as session:
            endpoint = self._about()["authorization_endpoint"]
            url, _state = session.create_authorization_url(endpoint, state, code_verifier=verifier, nonce=nonce)
        return str(url), [state, nonce, verifier]

    def finish(self, answer: str, back: str, kept: list[str]) -> Stranger:
        """Return who it is that came back with ``answer``, the whole address, and what was remembered.

        Raises
        ------
        ProviderError
            If anything is not as it must be.

        """
        state, nonce, verifier = kept
        with _told(), self._session(back) as session:
            about = self._about()
            told = dict(parse_qsl(urlsplit(answer).query))
            if "error" in told:
                raise ValueError(told["error"][:80])
            if told.get("iss", self.issuer) != self.issuer:
                raise ValueError("another provider answered")
            token = session.fetch_token(
                about["token_endpoint"], authorization_response=answer, state=state, code_verifier=verifier
            )
            claims = self._claims(token, nonce)
            if self._email not in claims and "userinfo_endpoint" in about:
                more = session.get(about["userinfo_endpoint"]).json()
                if more.get("sub") != claims["sub"]:
                    raise ValueError("the information is about somebody else")
                claims = {**more, **claims}
            return self._stranger(claims)

    def farewell(self, back: str) -> str:
        """Return where one signs out at the provider, to come ``back``; ``back`` itself if it has no such page."""
        with _told():
            endpoint = self._about().get("end_session_endpoint")
        asked = urlencode({"client_id": self._client, "post_logout_redirect_uri": back})
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{asked}" if endpoint else back

    def _stranger(self, claims: Mapping[str, Any]) -> Stranger:
        groups = claims.get(self._groups, ())
        groups = {groups} if isinstance(groups, str) else set(filter(lambda one: isinstance(one, str), groups))
        role = next((role for group, role in self.roles.items() if group in groups), "")
        email = claims.get(self._email) if claims.get("email_verified") is True else ""
        factor = "mfa" in claims.get("amr", ()) or claims.get("acr", "") in self._acr
        return Stranger(self.issuer, str(claims["sub"]), str(email or ""), role, factor)

    def _claims(self, token: Mapping[str, Any], nonce: str) -> dict[str, Any]:
        """Return what a token says whose signature, issuer, audience, age and nonce are right."""
        from authlib.oidc.core import CodeIDToken  # noqa: PLC0415
        from joserfc import jwt  # noqa: PLC0415
        from joserfc.errors import InvalidKeyIdError  # noqa: PLC0415

        try:
            read = jwt.decode(token["id_token"], self._keys(), algorithms=list(ALGORITHMS))
        except InvalidKeyIdError:  # the provider has new keys
            read = jwt.decode(token["id_token"], self._keys(again=True), algorithms=list(ALGORITHMS))
        must = {"iss": {"essential": True, "value": self.issuer}, "aud": {"essential": True, "value": self._client}}
        given = {"nonce": nonce, "client_id": self._client, "access_token": token.get("access_token")}
        claims = CodeIDToken(read.claims, read.header, must, given)
        claims.validate(leeway=_LEEWAY)
        return dict(claims)

    def _session(self, back: str) -> "OAuth2Session":
        from authlib.integrations.requests_client import OAuth2Session  # noqa: PLC0415

        secret = Path(self._secret_file).read_text(encoding="utf-8").strip() if self._secret_file else None
        return OAuth2Session(
            self._client,
            secret,
            scope="openid email profile",
            redirect_uri=back,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic" if secret else "none",
            default_timeout=_PATIENCE,
        )

    def _about(self) -> Mapping[str, Any]:
        return self._read()[0]

    def _keys(self, *, again: bool = False) -> Any:  # noqa: ANN401 - joserfc's, imported late
        return self._read(again=again)[1]

    def _read(self, *, again: bool = False) -> tuple[Mapping[str, Any], Any]:
        """Return what the provider says of itself, and its keys."""
        with self._lock:
            if self._known is None or again or time.monotonic() - self._known[0] > _FRESH:
                from joserfc.jwk import KeySet  # noqa: PLC0415

                about = self._get(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
                if about.get("issuer") != self.issuer:
                    raise ValueError("the provider has another name than the setting")
                for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                    self._check_address(about[name])
                self._known = (time.monotonic(), about, KeySet.import_key_set(self._get(about["jwks_uri"])))
            return self._known[1:]

    def _get(self, address: str) -> Any:  # noqa: ANN401 - JSON
        import requests  # noqa: PLC0415

        answer = requests.get(address, timeout=_PATIENCE, allow_redirects=False)
        answer.raise_for_status()
        return json.loads(answer.content)

    def _check(self) -> None:
        if not self._client:
            raise SettingError(N_("PEYVAND_OIDC_ISSUER needs PEYVAND_OIDC_CLIENT."))
        if self._secret_file and not Path(self._secret_file).is_file():
            raise SettingError(N_("There is no file %(path)s."), path=self._secret_file)
        try:
            import authlib  # noqa: F401, PLC0415
            import requests  # noqa: F401, PLC0415
        except ImportError as error:
            raise SettingError(N_("Signing in at a provider needs more: pip install 'peyvand[oidc]'.")) from error
        try:
            self._check_address(self.issuer)
        except ValueError as error:
            raise SettingError(N_("PEYVAND_OIDC_ISSUER must be an https address.")) from error

    def _check_address(self, address: str) -> None:
        """Refuse what is not encrypted, but for a provider on this very machine."""
        parts = urlsplit(address)
        here = parts.hostname in _HERE and urlsplit(self.issuer).hostname in _HERE
        if parts.scheme != "https" and not (here and parts.scheme == "http"):
            raise ValueError("not https")


class _told:  # noqa: N801 - reads as a statement
    """Turn whatever goes wrong in a conversation with strangers into one sentence; the log has the rest."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, ProviderError):
            _log.warning("signing in at the provider failed: %s: %s", type(error).__name__, error)
            raise ProviderError from error


def _roles(text: str) -> dict[str, str]:
    """Read ``group=role`` pairs between commas; the first that fits counts."""
    pairs = [part.strip().rpartition("=") for part in text.split(",") if part.strip()]
    for group, _equals, role in pairs:
        if not group or role not in ROLES:
            raise SettingError(N_("PEYVAND_OIDC_ROLES names “%(role)s”, which is no role."), role=role)
    return {group: role for group, _equals, role in pairs}
