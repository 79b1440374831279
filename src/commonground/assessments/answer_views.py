"""The answering pages. They need no sign-in, no cookie and no script, and are drawn without the request. Of who asks nothing is looked at
but, where codes are guessed, the address: a keyed hash of it counts wrong ones for ten minutes, in memory (`access.throttling`).

They carry no token against forged posts: the code in the address is the secret, and whoever does not know it cannot post anything.
Nothing of them is logged: Django writes the address of whatever it refuses or fails at into its log, and the code stands in the address.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from commonground.access.gate import open_to_all
from commonground.access.throttling import Throttle, address_of
from commonground.access.unlogged import unlogged
from commonground.assessments.answer_words import day_in, ui
from commonground.assessments.answering import NotTakenError, answer, token_for
from commonground.assessments.asking import Sheet, known_language, sheet_of
from commonground.assessments.instruments import LANGUAGES
from commonground.assessments.tokens import Token, read, written

WRONG: Final = Throttle(most=60, in_all=600)  # codes that lead nowhere
STATUS: Final = {"unknown": 404, "early": 403, "spent": 410, "closed": 410, "many": 429, "failed": 500}
LONGEST: Final = 80  # signs of a code as somebody may write it


def instead(status: int) -> HttpResponse:
    """What stands in the place of a page that has failed."""
    return _not_taken("unknown" if status == STATUS["unknown"] else "failed", "en")


@csrf_exempt
@open_to_all
@unlogged(instead)
def enter(request: HttpRequest) -> HttpResponse:
    """Where somebody with a printed code begins."""
    code = _language(request, ("en", "de"))
    if request.method == "POST":
        token = read(request.POST.get("code", "")[:LONGEST])
        if not token:
            return _not_taken("unknown", code)
        there = reverse("assessments_open:answer", kwargs={"code": written(token)})
        return _closed(HttpResponseRedirect(f"{there}?lang={code}"))
    return _page("enter", code, {"languages": _languages(("en", "de"), code)})


@csrf_exempt
@open_to_all
@unlogged(instead)
def answer_page(request: HttpRequest, code: str) -> HttpResponse:
    """The questions, and taking the answer."""
    try:
        token = _token(request, code)
    except NotTakenError as refused:
        return _not_taken(refused.why, _language(request, ("en", "de")))
    languages = token.round.languages
    chosen = _language(request, languages)
    sent = _sent(request.POST) if request.method == "POST" else None
    sheet = sheet_of(token.round.items, chosen, sent)
    if sent is None or (sheet.wrong and not (sheet.only_missing and "anyway" in request.POST)):
        return _asked(token, sheet, sent is not None)
    try:
        answer(token, sheet.values)
    except NotTakenError as refused:
        return _not_taken(refused.why, chosen)
    return _closed(HttpResponseRedirect(f"{reverse('assessments_open:thanks')}?lang={chosen}"))


@open_to_all
@unlogged(instead)
def thanks(request: HttpRequest) -> HttpResponse:
    """Says that an answer has arrived: the same page for everybody."""
    return _page("thanks", _language(request, ("en", "de")), {})


def _token(request: HttpRequest, code: str) -> Token:
    """The token of an address. Raises NotTakenError; counts what is wrong."""
    if not WRONG.allows(address_of(request), timezone.now(), count=False):
        raise NotTakenError("many")
    try:
        return token_for(read(code[:LONGEST]), timezone.localdate())
    except NotTakenError as refused:
        if refused.why == "unknown":
            WRONG.allows(address_of(request), timezone.now())
        raise


def _sent(post: QueryDict) -> Mapping[str, str]:
    return {name: str(value) for name, value in post.items()}


def _asked(token: Token, sheet: Sheet, again: bool) -> HttpResponse:
    words = ui(sheet.code)
    round = token.round
    whole = not any(token.combination.values.values())
    context = {
        "title": round.items["title"].get(sheet.code) or round.name,
        "about": round.items["about"].get(sheet.code, ""),
        "sheet": sheet,
        "again": again,
        "languages": _languages(round.languages, sheet.code),
        "kept": words["kept_text"].format(
            group=words["whole"] if whole else token.combination.label, until=day_in(sheet.code, round.closes_on)
        ),
        "shown": words["shown_text"].format(threshold=round.threshold),
        "numbered": [(words["question"].format(number=one.number, total=sheet.total), one) for one in sheet.questions],
    }
    return _page("questions", sheet.code, context, status=422 if again else 200)


def _not_taken(why: str, code: str) -> HttpResponse:
    words = ui(code)
    context = {"title": words[why], "text": words[f"{why}_text"], "again": why in {"unknown", "many", "failed"}}
    return _page("not_taken", code, context, status=STATUS[why])


def _language(request: HttpRequest, languages: Sequence[str]) -> str:
    """The language of the address, else the browser's, else the first."""
    accepted = [part.partition(";")[0].strip()[:2] for part in request.headers.get("Accept-Language", "").split(",")]
    return known_language(languages, [request.GET.get("lang", ""), *accepted])


def _languages(codes: Sequence[str], chosen: str) -> list[tuple[str, str, bool]]:
    return [(code, LANGUAGES.get(code, code), code == chosen) for code in codes] if len(codes) > 1 else []


def _page(name: str, code: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A page without the frame of the product. Drawn without the request, so that no account, session or cookie is read."""
    text = render_to_string(f"assessments/answer_{name}.html", {**context, "lang": code, "ui": ui(code)})
    return _closed(HttpResponse(text, status=status))


def _closed(response: HttpResponse) -> HttpResponse:
    """Kept by no cache, and told to nobody as where one came from."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
