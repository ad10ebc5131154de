"""The frame of every page: it loads nothing, tells no site where it was read, and runs only its own script."""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape

from untoc_network.diagnostics.code import escape_unprintable, flow

__all__ = ["escape_html", "mark_days", "render_page_head", "to_html"]

_DAY = re.compile(r"\b\d{4}-\d{2}(?:-\d{2})?\b")


def render_page_head(title: str, style: str, *, language: str, script: str = "", is_private: bool = False) -> str:
    """All up to the body, with a policy that lets this style and this script in, and nothing else.

    The title is markup already. A private page asks search engines to leave it out.
    """
    scripts = f" script-src '{_hash_for_content_policy(script)}';" if script else ""
    policy = (
        f"default-src 'none'; style-src '{_hash_for_content_policy(style)}"
        f"';{scripts} base-uri 'none'; form-action 'none'"
    )
    robots = '<meta name="robots" content="noindex">\n' if is_private else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n{robots}'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )


def escape_html(text: str) -> str:
    """A text as it stands in a page; what cannot be seen is written as its escape."""
    return escape(escape_unprintable(text))


def to_html(text: str) -> str:
    """A text as it stands in a page, on one line."""
    return escape_html(flow(text))


def mark_days(markup: str) -> str:
    """Days as such, so that none is broken at its hyphens."""
    return _DAY.sub(r"<time>\g<0></time>", markup)


def _hash_for_content_policy(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
