"""Speaking OpenID Connect with the organization's identity provider, by the parts of django-allauth that do so.

Of allauth come discovery, the state kept in the session, PKCE, the exchange of the code and the reading of the signed token. What is
ours: the signature is always verified, a nonce binds the token to this browser, the issuer must be the one of the settings, and no claim
is stored. None of allauth's own pages, addresses and tables are used; an instance without a provider does not even load it.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit, statekit
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
    told: dict[str, Any] = jwtkit.verify_and_decode(
        credential=answer["id_token"],
        keys_url=configuration["jwks_uri"],
        issuer=configuration["issuer"],
        audience=app.client_id,
        lookup_kid=_key,
    )
    if not secrets.compare_digest(str(told.get("nonce", "")), str(kept["nonce"])):
        raise ValueError("The token was made for another sign-in.")
    more: dict[str, Any] = line._fetch_user_info(answer["access_token"]) if "userinfo_endpoint" in configuration else {}
    if more and more.get("sub") != told["sub"]:
        raise ValueError("The provider tells of two different people.")
    return {**more, **told}


def _key(keys: dict[str, Any], kid: str) -> Any:
    """The public key of a token; None when there is none of its name."""
    return next((key.key for key in PyJWKSet.from_dict(keys).keys if key.key_id == kid), None)
