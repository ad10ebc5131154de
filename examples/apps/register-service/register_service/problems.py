"""What is wrong with a request, as a problem document (RFC 9457) in a language of the caller.

Findings are told with their code, place and hint, and without any value that was sent.
"""

from __future__ import annotations

import functools
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

import untoc_network as un

LANGUAGES = ("en", "es", "pt", "fr")
MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """A request that is not answered as it was asked; `name` is one of `words.toml`, `more` goes into the document."""

    def __init__(
        self, name: str, report: un.Report | None = None, *, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(name)
        self.name, self.report, self.headers, self.more = name, report or un.Report(), headers or {}, more


@functools.cache
def load_words() -> dict[str, dict[str, Any]]:
    """The problems: the status of each, and what it is called in each language."""
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def choose_language(request: Request) -> str:
    """The language that is accepted most (RFC 9110) among those that there are, else English."""
    weights = {}
    for part in request.headers.get("accept-language", "").split(","):
        tag, _, weight = part.partition(";")
        try:
            weights[tag.strip().lower().partition("-")[0]] = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
    return max(LANGUAGES, key=lambda language: weights.get(language, 0.0))


def tell_findings(report: un.Report, request: Request) -> list[dict[str, Any]]:
    """Findings as plain JSON, in a language of the caller."""
    return [finding.to_dict() for finding in un.i18n.translated(report, choose_language(request))]


def to_response(problem: Problem, request: Request) -> Response:
    """The problem as an answer."""
    language, words = choose_language(request), load_words()[problem.name]
    document = {
        "type": f"/problems/{problem.name}",
        "title": words[language],
        "status": words["status"],
        **({"findings": found} if (found := tell_findings(problem.report, request)) else {}),
        **problem.more,
    }
    headers = {**make_headers(request), "Content-Language": language, **problem.headers}
    return Response(json.dumps(document, ensure_ascii=False), words["status"], headers, MEDIA_TYPE)


def make_headers(request: Request) -> dict[str, str]:
    """What caches are told: an answer is for whoever asked, in their language, and is asked for again each time."""
    keep = "no-cache" if request.headers.get("authorization") is None else "private, no-store"
    return {"Cache-Control": keep, "Vary": "Authorization, Accept-Language", "X-Content-Type-Options": "nosniff"}
