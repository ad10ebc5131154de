"""The addresses of the service: each collection of the register under its name, lists of members, the calendar."""

import hashlib
import json
import operator
from bisect import bisect_right
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

import attrs
from fastapi import APIRouter, Depends, Header, Query, Request, Response

import untoc_network as un
from register_service import description, problems
from register_service.access import ANYBODY, Caller
from register_service.desk import Changed, Desk, is_listed, make_tag
from register_service.filters import make_query, narrow
from register_service.problems import Problem
from register_service.settings import Settings

COLLECTIONS: Mapping[str, Any] = {
    "organizations": un.Organization,
    "persons": un.Person,
    "networks": un.Network,
    "memberships": un.Membership,
    "projects": un.Project,
    "fundings": un.Funding,
    "events": un.Event,
    "statements": un.Statement,
    "action_plans": un.ActionPlan,
    "instruments": un.Instrument,
    "parties": un.Party,
    "country_reviews": un.CountryReview,
    "general_reviews": un.GeneralReview,
    "constructive_dialogues": un.ConstructiveDialogue,
    "accreditations": un.Accreditation,
    "contributions": un.Contribution,
    "sources": un.Source,
}
"""What is served, by name: a collection that is not here is not served."""


# -- what every request brings -----------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Visit:
    """A request, whose it is, and where the register is read and changed."""

    request: Request
    caller: Caller
    desk: Desk


def _open_visit(request: Request) -> Visit:
    caller: Caller = request.app.state.tokens.identify(request.headers.get("authorization"))
    request.state.caller_id = caller.id
    return Visit(request=request, caller=caller, desk=request.app.state.desk)


Reading = Annotated[Visit, Depends(_open_visit)]


def _require_writer(visit: Reading) -> Visit:
    """Somebody who may write. That is asked before anything is looked up: a refusal says nothing of what there is."""
    if not visit.caller.writes:
        raise Problem("token-needed" if visit.caller == ANYBODY else "not-permitted")
    return visit


Writing = Annotated[Visit, Depends(_require_writer)]
IfMatch = Annotated[str | None, Header(description="The ETag of what was read.")]


class Body:
    """The bytes of a body in one of some media types, read once it is known that the caller may write."""

    def __init__(self, *media_types: str) -> None:
        """Take the media types."""
        self._media_types = media_types

    async def __call__(self, visit: Writing) -> bytes:
        """Read the body."""
        media_type = visit.request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type not in self._media_types:
            raise Problem("media-type", headers={"Accept": ", ".join(self._media_types)})
        return await visit.request.body()


# -- what every answer has ---------------------------------------------------------------------------------------------


def _answer(visit: Visit, content: bytes, tag: str, media_type: str = description.JSON, **headers: str) -> Response:
    """Content with its ETag, or word that the caller has it already."""
    told = {**problems.make_headers(visit.request), "ETag": tag, **headers}
    if is_listed(visit.request.headers.get("if-none-match", "").replace("W/", ""), tag):
        return Response(status_code=304, headers=told)
    return Response(content, headers=told, media_type=media_type)


def _answer_change(visit: Visit, changed: Changed, name: str, key: str, *, status: int = 200) -> Response:
    """The record as its maker sees it now, and what the change brought about, also on other records."""
    record = changed.after.register.by_id.get(key)
    told = {
        "record": None if record is None else un.to_dict(record),
        "introduced": problems.tell_findings(changed.introduced, visit.request),
        "resolved": problems.tell_findings(changed.resolved, visit.request),
    }
    headers = {**problems.make_headers(visit.request), "Content-Language": problems.choose_language(visit.request)}
    headers |= {"ETag": make_tag(record)} if record is not None else {}
    headers |= {"Location": f"/{name}/{key}"} if status == 201 else {}
    return Response(_encode(told), status, headers, description.JSON)


def _encode(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _digest(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()}"'


# -- one record, and lists of them -------------------------------------------------------------------------------------


def add_collection(router: APIRouter, name: str, cls: Any, settings: Settings) -> None:
    """Add the addresses of a collection."""
    query_of = make_query(cls, page_size=settings.page_size, max_page_size=settings.max_page_size)
    read_json, read_patch = Body(description.JSON), Body(description.PATCH, description.JSON)

    def list_records(visit: Reading, query: Annotated[query_of, Query()]) -> Response:  # type: ignore[valid-type]
        asked: dict[str, Any] = query.model_dump(exclude_none=True)  # type: ignore[attr-defined]
        found = narrow(getattr(visit.desk.see(visit.caller).register, name), asked)
        begin = bisect_right(found, asked.get("after", ""), key=operator.attrgetter("id"))
        end = begin + asked["limit"]
        shown = found[begin:end]
        link = f"/{name}?{urlencode(asked | {'after': shown[-1].id})}" if end < len(found) else None
        content = _encode({"items": [un.to_dict(one) for one in shown], "total": len(found), "next": link})
        return _answer(visit, content, _digest(content), **({"Link": f'<{link}>; rel="next"'} if link else {}))

    def get_record(visit: Reading, key: str) -> Response:
        seen = visit.desk.see(visit.caller)
        if isinstance(leads_to := seen.register.get(cls, key), cls) and leads_to.id != key:
            headers = {**problems.make_headers(visit.request), "Location": f"/{name}/{leads_to.id}"}
            return Response(status_code=308, headers=headers)
        found = seen.find(cls, key)
        return _answer(visit, _encode(un.to_dict(found)), make_tag(found))

    def create_record(visit: Writing, body: Annotated[bytes, Depends(read_json)]) -> Response:
        made, report = un.read_record(body, cls)
        if made is None:
            raise Problem("findings", report)
        return _answer_change(visit, visit.desk.create(visit.caller, made), name, made.id, status=201)

    def patch_record(
        visit: Writing, key: str, body: Annotated[bytes, Depends(read_patch)], if_match: IfMatch = None
    ) -> Response:
        return _answer_change(visit, visit.desk.patch(visit.caller, cls, key, body, if_match), name, key)

    def remove_record(visit: Writing, key: str, if_match: IfMatch = None) -> Response:
        return _answer_change(visit, visit.desk.remove(visit.caller, cls, key, if_match), name, key)

    record = description.refer(cls.__name__)
    page = description.describe_object(
        items=description.describe_list(record), total={"type": "integer"}, next={"type": ["string", "null"]}
    )
    change = description.describe_object(
        record={"anyOf": [record, {"type": "null"}]}, introduced=description.FINDINGS, resolved=description.FINDINGS
    )
    takes, answers = description.describe_change, description.describe_answers
    patch = takes({"type": "object"}, description.PATCH, description.JSON)
    for method, path, endpoint, status, extra, schema in (
        ("GET", f"/{name}", list_records, 200, description.FOR_ANYBODY, page),
        ("POST", f"/{name}", create_record, 201, takes(record, description.JSON), change),
        ("GET", f"/{name}/{{key}}", get_record, 200, description.FOR_ANYBODY, record),
        ("PATCH", f"/{name}/{{key}}", patch_record, 200, patch, change),
        ("DELETE", f"/{name}/{{key}}", remove_record, 200, takes({}), change),
    ):
        router.add_api_route(
            path,
            endpoint,
            methods=[method],
            tags=[name],
            status_code=status,
            openapi_extra=extra,
            responses=answers(schema, status=status),
            response_class=Response,
        )


# -- more than one record ----------------------------------------------------------------------------------------------

more = APIRouter(default_response_class=Response)


@more.post(
    "/imports",
    openapi_extra=description.describe_change({"type": "string"}, *description.SHEETS),
    responses=description.describe_answers(description.IMPORT),
)
def import_list(
    visit: Writing,
    body: Annotated[bytes, Depends(Body(*description.SHEETS))],
    list_name: Annotated[str, Query(alias="list", pattern="^[a-z0-9-]{1,60}$", description="What the list is called.")],
    if_match: IfMatch = None,
) -> Response:
    """Tell what a list of members would change; with the ETag of that answer in If-Match, change it."""
    done = visit.desk.import_list(visit.caller, body, list_name=list_name, tags=if_match)
    told = {
        "applied": if_match is not None,
        **done.told,
        "findings": problems.tell_findings(done.report, visit.request),
        "introduced": problems.tell_findings(done.introduced, visit.request),
    }
    headers = problems.make_headers(visit.request) | {"Content-Language": problems.choose_language(visit.request)}
    return Response(_encode(told), 200, headers | {"ETag": done.tag}, description.JSON)


@more.get(
    "/calendar.ics",
    openapi_extra=description.FOR_ANYBODY,
    responses=description.describe_answers({"type": "string"}, description.CALENDAR),
)
def get_calendar(visit: Reading) -> Response:
    """The public events and deadlines, for calendar programs: the same with a token and without."""
    language = problems.choose_language(visit.request)
    content = visit.desk.get_calendar(language)
    return _answer(visit, content, _digest(content), description.CALENDAR, **{"Content-Language": language})


@more.get(
    "/health",
    openapi_extra=description.FOR_ANYBODY,
    responses=description.describe_answers(description.describe_object(status={"const": "ok"})),
)
def get_health(request: Request) -> Response:
    """Whether the register can be reached, and nothing of it: a number of its versions would tell of hidden changes."""
    request.app.state.desk.check()
    return Response(_encode({"status": "ok"}), 200, problems.make_headers(request), description.JSON)
