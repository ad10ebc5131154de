"""What stands beside the files of a publication: an index for programs, one for people, and checksums."""

from __future__ import annotations

import hashlib
import html
import json
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import attrs

from untoc_network.app.publishing.publication_forms import PublicationForm
from untoc_network.diagnostics.inflection import format_day
from untoc_network.diagnostics.object_to_dict import to_dict
from untoc_network.i18n.language_words import Words
from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.reports.html_head import to_html
from untoc_network.reports.statistics_text import choose_text
from untoc_network.reports.stylesheet import load_stylesheet
from untoc_network.values.consent_and_contact import Audience
from untoc_network.values.dates import PartialDate

__all__ = ["CHECKSUMS", "INDEX", "PAGE", "PublishedFile", "build_index_files", "list_others", "read_index"]

INDEX, PAGE, CHECKSUMS = "index.json", "index.html", "SHA256SUMS"
_FORM = "untoc-network publication 1"


@attrs.frozen(kw_only=True)
class PublishedFile:
    """One file of a publication: its name in the folder, in which form, how large, and its SHA-256 checksum."""

    file: str
    form: str
    size: int
    sha256: str

    @classmethod
    def of(cls, file: str, form: str, data: bytes) -> PublishedFile:
        """What is told of a file with this content."""
        return cls(file=file, form=form, size=len(data), sha256=hashlib.sha256(data).hexdigest())


def build_index_files(  # noqa: PLR0913, PLR0917
    register: Register,
    audience: Audience,
    on: PartialDate,
    outputs: Sequence[PublicationForm],
    files: Sequence[PublishedFile],
    words: Words,
) -> Iterator[tuple[str, bytes]]:
    """The index as JSON, the index as a page, and the checksums of these and of all files."""
    made = [
        (INDEX, _render_index_json(register, audience, on, files)),
        (PAGE, _render_index_page(register, audience, on, outputs, files, words)),
    ]
    yield from made
    sums = {file: hashlib.sha256(data).hexdigest() for file, data in made}
    sums |= {one.file: one.sha256 for one in files}
    yield CHECKSUMS, _format_checksums(sums)


def read_index(index: bytes) -> dict[str, str]:
    """The checksum of each file that an index names; none where it is no index of a publication."""
    try:
        document = json.loads(index)
        files = {one["file"]: one["sha256"] for one in document["files"]} if document["form"] == _FORM else {}
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}
    return files if all(isinstance(word, str) for pair in files.items() for word in pair) else {}


def list_others(folder: Path) -> list[str]:
    """What is in a folder that no publication wrote into it, or that was changed since, by its path within."""
    ours = _read_checksums(folder)
    ways = {str(way) for name in ours for way in PurePosixPath(name).parents}
    others = []
    for path in _walk(folder):
        name, mode = path.relative_to(folder).as_posix(), path.lstat().st_mode
        if name not in ways if stat.S_ISDIR(mode) else not (stat.S_ISREG(mode) and _hash(path) == ours.get(name)):
            others.append(name)
    return sorted(others)


def _walk(folder: Path) -> Iterator[Path]:
    """All that is in a folder and below, links not followed. Raises `OSError` for what cannot be looked into."""
    for path in folder.iterdir():
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)


def _read_checksums(folder: Path) -> dict[str, str]:
    """The checksum of each file of a publication, after its index; none where it is no such index, or was changed."""
    index, sums = folder / INDEX, folder / CHECKSUMS
    if not (index.is_file() and sums.is_file()):
        return {}
    try:
        written = sums.read_bytes()
        page = next(line[:64] for line in written.decode().splitlines() if line.endswith(f"  {PAGE}"))
    except (UnicodeDecodeError, StopIteration):
        return {}
    files = read_index(index.read_bytes()) | {INDEX: _hash(index), PAGE: page}
    return files | {CHECKSUMS: _hash(sums)} if _format_checksums(files) == written else {}


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _format_checksums(sums: Mapping[str, str]) -> bytes:
    return "".join(f"{sums[file]}  {file}\n" for file in sorted(sums)).encode()


def _render_index_json(
    register: Register, audience: Audience, on: PartialDate, files: Sequence[PublishedFile]
) -> bytes:
    document: dict[str, Any] = {
        "form": _FORM,
        "title": dict(register.title) if register.title else None,
        "audience": audience.value,
        "on": str(on),
        "schema_version": register.schema_version,
        "records": {name: len(getattr(register, name)) for name in COLLECTIONS if getattr(register, name)},
        "files": to_dict(files),
    }
    said = {name: value for name, value in document.items() if value is not None}
    return f"{json.dumps(said, ensure_ascii=False, indent=2)}\n".encode()


def _render_index_page(  # noqa: PLR0913, PLR0917
    register: Register,
    audience: Audience,
    on: PartialDate,
    outputs: Sequence[PublicationForm],
    files: Sequence[PublishedFile],
    words: Words,
) -> bytes:
    named, language = ("", words.language) if register.title is None else choose_text(register.title, words)
    parts = "".join(
        _render_form_section(output, [one for one in files if one.form == output.name], words) for output in outputs
    )
    day = f'<time datetime="{on}">{to_html(format_day(str(on), words.language))}</time>'
    told = words.tell(
        "What the audience {audience} may see on {on}: {number:record|records}.",
        audience=_AUDIENCE,
        on=_DAY,
        number=len(register),
    )
    shown = to_html(told).replace(_AUDIENCE, f"<strong>{to_html(words.label(audience))}</strong>").replace(_DAY, day)
    check = words.tell(
        "{command} tells whether a file was changed. {file} says the same as this page to programs.",
        command=_COMMAND,
        file=_FILE,
    )
    checked = to_html(check).replace(_COMMAND, f"<code>sha256sum --check {CHECKSUMS}</code>")
    return _PAGE.format(
        spoken=words.language,
        title=to_html(named or words.tell("Register")),
        language=html.escape(language),
        shown=shown,
        parts=parts,
        consents=to_html(words.tell("Consents can be withdrawn: use the newest publication, and delete older copies.")),
        check=to_html(words.tell("Check the files")),
        checked=checked.replace(_FILE, f'<a href="{INDEX}">{INDEX}</a>'),
        style=load_stylesheet("publication.css"),
    ).encode()


_AUDIENCE, _DAY, _COMMAND, _FILE = "⟦1⟧", "⟦2⟧", "⟦3⟧", "⟦4⟧"
"""Stand in a text where marked parts of the page go."""


def _render_form_section(output: PublicationForm, files: Sequence[PublishedFile], words: Words) -> str:
    title = to_html(words.tell(output.title))
    rows = "".join(
        f'<tr><th scope="row"><a href="{html.escape(one.file)}">{html.escape(one.file)}</a></th>'
        f"<td>{words.number(one.size)}</td><td><code>{one.sha256}</code></td></tr>\n"
        for one in files
    )
    return (
        f'<h2>{title}</h2>\n<div class=wide role=region tabindex=0 aria-label="{title}">\n<table>\n<thead><tr>'
        f'<th scope="col">{to_html(words.tell("File"))}</th><th scope="col">{to_html(words.tell("Bytes"))}</th>'
        f'<th scope="col">SHA-256</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n'
    )


_PAGE = """\
<!doctype html>
<html lang="{spoken}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
<h1 lang="{language}">{title}</h1>
<p>{shown} {consents}</p>
{parts}<h2>{check}</h2>
<p>{checked}</p>
</main>
</body>
</html>
"""
