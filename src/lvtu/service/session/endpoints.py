"""``/api/session``, ``/api/me``; links that work once: ``/open`` signs in, with others people set their passwords."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.people import Person
from lvtu.catalog.sessions import Signed
from lvtu.service import cookies
from lvtu.service.access import Anybody, AnySigned, InPerson, signed_of
from lvtu.service.home import Home
from lvtu.service.languages import language_of
from lvtu.service.limits import Limits
from lvtu.service.problems import Forbidden, SignedOut, refusals
from lvtu.service.session.schemas import (
    FirstPassword,
    Link,
    LinkSeen,
    Me,
    MeSeen,
    NewPassword,
    PersonSeen,
    SessionSeen,
    SignIn,
)
from lvtu.service.workspaces.service import listed

router = APIRouter(tags=["session"], responses=refusals())


@router.get("/api/session", summary="Who is signed in")
def session(request: Request, _: Anybody) -> SessionSeen:
    """Who is signed in, if anybody; their workspaces, and what changes send along."""
    return _seen(request, signed_of(request))


@router.post("/api/session", summary="Sign in")
def sign_in(request: Request, response: Response, body: SignIn, _: Anybody) -> SessionSeen:
    """Sign in with address and password. A session that the browser had before ends: nobody can have planted it."""
    right = _limits(request).before_password(_address(request), body.email)
    person = _catalog(request).people.check(body.email, body.password)
    if person is None:
        raise SignedOut("wrong_password")
    right()
    return _begin(request, response, person)


@router.delete("/api/session", status_code=204, summary="Sign out")
def sign_out(request: Request, response: Response, signed: InPerson) -> None:
    """Sign out of this browser."""
    _catalog(request).sessions.end(signed.session)
    cookies.clear(request, response)


@router.get("/open", include_in_schema=False)
def open_link(request: Request, key: str, _: Anybody) -> Response:
    """Sign in who sits at the machine, once, and go to the first page.

    In a browser where somebody is signed in a link changes nothing: to open an address is not to wish to become
    somebody else. The link stays good until they have signed out.
    """
    if (signed := signed_of(request)) is not None:
        return RedirectResponse("/" if signed.person.local else "/sign-in?link=signed_in", 303)
    begun = _catalog(request).sessions.open(key)
    if begun is None:
        if "text/html" in request.headers.get("accept", ""):
            return RedirectResponse("/sign-in?link=used", 303)  # a page that says so
        raise SignedOut("link_used")
    answer = RedirectResponse("/", 303)
    cookies.write(request, answer, begun)
    return answer


@router.post("/api/session/link", summary="Whose a link is")
def look_at_link(request: Request, body: Link, _: Anybody) -> LinkSeen:
    """Who may set their password with a link that an admin handed to them. 401: it was used, or is too old."""
    right = _limits(request).before_link(_address(request))
    person = _catalog(request).sessions.invited(body.key)
    if person is None:
        raise SignedOut("invitation_used")
    right()
    return LinkSeen(email=person.email or "", name=person.name)


@router.post("/api/session/password", summary="Set a password by a link")
def set_password(request: Request, response: Response, body: FirstPassword, _: Anybody) -> SessionSeen:
    """Set one's own password with a link, once, and sign in. All other sessions and links of theirs end."""
    right = _limits(request).before_link(_address(request))
    sessions = _catalog(request).sessions
    begun = sessions.set_password(body.key, body.password)
    if begun is None:
        raise SignedOut("invitation_used")
    right()
    return _signed_in(request, response, begun)


@router.get("/api/me", summary="What you say of yourself")
def me(request: Request, signed: AnySigned) -> MeSeen:
    """Name, language and time zone."""
    return _me(request, signed.person)


@router.put("/api/me", summary="Change it")
def change_me(request: Request, body: Me, signed: InPerson) -> MeSeen:
    """Set name, language and time zone."""
    changed = _catalog(request).people.change(signed.person.id, **body.model_dump())
    return _me(request, changed)


@router.post("/api/me/password", summary="Change your password")
def change_password(request: Request, response: Response, body: NewPassword, signed: InPerson) -> SessionSeen:
    """Set a password. All other sessions end, and this one goes on under a new key."""
    catalog, person = _catalog(request), signed.person
    if person.email is None:
        raise Forbidden("local_has_no_password")
    right = _limits(request).before_password(_address(request), person.email)
    if catalog.people.check(person.email, body.current) is None:
        raise Forbidden("current_password")
    right()
    catalog.people.set_password(person.id, body.password)
    catalog.sessions.end_all(person.id)
    return _begin(request, response, person)


def _catalog(request: Request) -> Catalog:
    return cast(Catalog, request.app.state.catalog)


def _limits(request: Request) -> Limits:
    return cast(Limits, request.app.state.limits)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _begin(request: Request, response: Response, person: Person) -> SessionSeen:
    return _signed_in(request, response, _catalog(request).sessions.begin(person.id))


def _signed_in(request: Request, response: Response, key: str) -> SessionSeen:
    """Give the browser a session in the place of one that it had."""
    sessions = _catalog(request).sessions
    if old := cookies.read(request):
        sessions.end(old)
    cookies.write(request, response, key)
    request.state.signed = sessions.of_session(key)
    return _seen(request, request.state.signed)


def _seen(request: Request, signed: Signed | None) -> SessionSeen:
    lang = language_of(request.headers.get("accept-language", ""))
    home, catalog = cast(Home, request.app.state.home), _catalog(request)
    local = not catalog.people.any_password()
    if signed is None:
        return SessionSeen(person=None, local=local, csrf="", workspaces=[])
    seen = listed(home, signed, lang)
    return SessionSeen(person=PersonSeen.of(signed.person), local=local, csrf=signed.csrf, workspaces=seen)


def _me(request: Request, person: Person) -> MeSeen:
    has = _catalog(request).people.has_password(person.id)
    language = {"zh": "zh", "en": "en"}.get(person.language, "")
    return MeSeen.model_validate({
        "id": person.id, "email": person.email, "name": person.name, "zone": person.zone, "language": language,
        "has_password": has,
    })  # fmt: skip
