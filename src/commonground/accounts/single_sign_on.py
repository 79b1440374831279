"""Speaking OpenID Connect with the organization's identity provider, by the parts of django-allauth that do so.

Of allauth come discovery, the state kept in the session, PKCE, the exchange of the code and what the provider tells besides. What is
ours: the signature of the token is always verified, a nonce binds it to this browser, the issuer must be the one of the settings, and no
claim is stored. None of allauth's own pages, addresses and tables are used; an instance without a provider does not even load it.
"""

import secrets
from collections.abc import Mapping
from typing import Any

import jwt
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from jwt import PyJWKSet, PyJWTError
from requests import RequestException

from commonground.accounts.identities import Known, NotLetInError
from commonground.accounts.provider import Provider, provider

KEY = "sso"
SIGNATURES = [
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
]  # none with a shared secret
LEEWAY = 60  # seconds that two clocks may differ by
AWAY = "Your organization’s sign-in does not answer as it should. Try again in a moment; whoever runs this instance finds more in its log."


class FromSettings(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """Tells allauth of the one provider of the settings, and of no other."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        found = asked()
        words = {"server_url": found.issuer.rstrip("/"), "oauth_pkce_enabled": True}
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=KEY,
                name=found.name,
                client_id=found.client_id,
                secret=found.secret,
                settings=words,
            )
        ]


class Line(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth is not typed
    """One request's line to the provider."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, KEY)

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return request.build_absolute_uri(reverse("accounts:sso-back"))


def asked() -> Provider:
    """The provider of this instance. Raises NotLetInError without one."""
    found = provider()
    if found is None:
        raise NotLetInError("No sign-in of an organization is set here. Sign in with name and password.")
    return found


def address_to_begin(request: HttpRequest, after: str) -> str:
    """Where the browser is sent to sign in; after: the page that was wanted. Raises NotLetInError when the provider is away."""
    try:
        line = Line(request)
        one = line.get_provider()
        client = line.get_client(request, one.app)
        proof = one.get_pkce_params()
        nonce = secrets.token_urlsafe(24)
        kept = {"after": after, "nonce": nonce, "verifier": proof.pop("code_verifier", None)}
        client.state = statekit.stash_state(request, provider_id=KEY, state=kept)
        return str(client.get_redirect_url(line.authorize_url, one.get_scope(), {**proof, "nonce": nonce}))
    except (RequestException, KeyError, ValueError) as error:
        raise NotLetInError(AWAY) from error


def who_came_back(request: HttpRequest) -> tuple[Known, str]:
    """Who signed in at the provider, and the page that was wanted. Raises NotLetInError with a sentence for everything else."""
    kept = statekit.unstash_state(request, provider_id=KEY, state_id=request.GET.get("state", ""))
    if kept is None:
        raise NotLetInError("This sign-in was begun in another browser or too long ago. Begin it again here.")
    if "code" not in request.GET:
        raise NotLetInError(
            "You have not signed in at your organization. Nothing has changed; begin again when you like."
        )
    try:
        claims = _claims(request, kept)
    except (RequestException, OAuth2Error, PermissionDenied, PyJWTError, KeyError, TypeError, ValueError) as error:
        raise NotLetInError(AWAY) from error
    known = Known(
        subject=str(claims["sub"])[:255],
        email=str(claims.get("email") or ""),
        email_verified=claims.get("email_verified") in (True, "true"),
        name=str(claims.get("name") or ""),
        claims=claims,
    )
    return known, str(kept.get("after", ""))


def _claims(request: HttpRequest, kept: Mapping[str, Any]) -> dict[str, Any]:
    """What the token says, its signature verified, and what the provider tells besides of the same person. Raises ValueError."""
    line = Line(request)
    app, configuration = line.get_provider().app, line.openid_config
    if configuration["issuer"].rstrip("/") != asked().issuer.rstrip("/"):
        raise ValueError(f"The provider calls itself {configuration['issuer']}, the settings {asked().issuer}.")
    client = line.get_client(request, app)
    answer = line.get_access_token_data(request, app, client, pkce_code_verifier=kept["verifier"])
    told = _verified(answer["id_token"], configuration, app.client_id)
    if not secrets.compare_digest(str(told.get("nonce", "")), str(kept["nonce"])):
        raise ValueError("The token was made for another sign-in.")
    more: dict[str, Any] = line._fetch_user_info(answer["access_token"]) if "userinfo_endpoint" in configuration else {}
    if more and more.get("sub") != told["sub"]:
        raise ValueError("The provider tells of two different people.")
    return {**more, **told}


def _verified(token: str, configuration: Mapping[str, Any], client_id: str) -> dict[str, Any]:
    """What a signed token says, when one of the provider's keys signed it, for this instance, and it is not over.

    Raises PyJWTError or ValueError. A token may leave the name of its key out when there is only one (OpenID Connect Core, 10.1).
    """
    with get_adapter().get_requests_session() as session:
        answer = session.get(configuration["jwks_uri"])
        answer.raise_for_status()
    keys = [key for key in PyJWKSet.from_dict(answer.json()).keys if key.public_key_use in (None, "sig")]
    name = jwt.get_unverified_header(token).get("kid")
    fitting = [key for key in keys if key.key_id == name] if name is not None else keys
    if len(fitting) != 1:
        raise ValueError(f"The provider has {len(fitting)} keys that could have signed the token.")
    told: dict[str, Any] = jwt.decode(
        token,
        fitting[0].key,
        algorithms=SIGNATURES,
        audience=client_id,
        issuer=configuration["issuer"],
        leeway=LEEWAY,
        options={"require": ["exp", "iat", "iss", "aud", "sub"]},
    )
    return told
