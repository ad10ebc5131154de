"""A small mutator of our own: from what readers know, documents that are nearly so, the same for the same seed.

Texts are changed by bytes and by what stands between marks; archives by the texts of their members, by their names, and as
bytes. `tests/fuzz/found/` keeps what once broke a reader.
"""

import io
import random
import re
import zipfile
import zlib

_TOKENS = re.compile(rb'"(?:[^"\\\n]|\\.)*"|[\w.+@/-]+|\s+|.', re.DOTALL)
NASTY = (
    b"", b"null", b"true", b"-0", b"1e400", b"0", b"1" * 20, b"NaN", b'""', b"[]", b"{}", b"[[]]", b'{"":{}}', b'"\\ud800"',
    b'"\\u0000"', b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xe2\x80\xa8", b"\xc2\x85", b"\x1b[31m", b"\r", b"\n",
    b"\t", b"\n\n", b",", b";", b":", b'"', b"'", b"\\", b"[", b"]", b"{", b"}", b"#", b"&a ", b"*a", b"!!x ", b"<<: ", b"- ",
    b"? ", b"%", b"|", b">", b"=1+1", b"@SUM(1)", b"2022-02-30", b"2022", b"2022-13", b"0000-01-01", b"9999-12-31",
    b"2022-03-28T10:00:00Z", b"20220328T100000", b"schema_version", b"id", b"name", b"XA", b"ZZ", b"en", b"en-x-a", b"9" * 400,
    "é".encode(), "e\u0301".encode(), "İıſß".encode(), "\U0001f600".encode(), "\ufdfa".encode(), "ا".encode(), b"a" * 3000,
    b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"RRULE:FREQ=SECONDLY\r\n", b"DTSTART:00010101\r\n", b"&#x0;", b"&lt;", b"<a/>",
)  # fmt: skip
"""What stands in for a part of a document."""


def mutate(data: bytes, others: tuple[bytes, ...], dice: random.Random) -> bytes:
    """A document made from one that a reader knows, and from parts of others."""
    if data[:4] == b"PK\x03\x04" and dice.random() < 0.9:
        return _mutate_archive(data, dice)
    for _ in range(dice.choice((1, 1, 1, 2, 3, 8))):
        data = dice.choice(_CHANGES)(data, others, dice)
    return data


def _span(length, dice):
    start = dice.randint(0, length)
    return start, min(length, start + dice.choice((1, 1, 2, 4, 16, 64, 256)))


def _flip(data, _, dice):
    if not data:
        return data
    place = dice.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << dice.randrange(8))]) + data[place + 1 :]


def _cut(data, _, dice):
    return data[: dice.randint(0, len(data))]


def _without_span(data, _, dice):
    start, end = _span(len(data), dice)
    return data[:start] + data[end:]


def _span_again(data, _, dice):
    start, end = _span(len(data), dice)
    return data[:end] + data[start:end] * dice.choice((1, 1, 1, 5, 60)) + data[end:]


def _insert(data, _, dice):
    place = dice.randint(0, len(data))
    return data[:place] + dice.choice(NASTY) + data[place:]


def _splice(data, others, dice):
    other = dice.choice(others) if others else data
    start, end = _span(len(other), dice)
    place = dice.randint(0, len(data))
    return data[:place] + other[start:end] + data[place:]


def _token(data, _, dice):
    """Another word in the place of a word: a nasty one, or one that stands elsewhere."""
    tokens = _TOKENS.findall(data)
    if not tokens:
        return dice.choice(NASTY)
    place = dice.randrange(len(tokens))
    tokens[place] = dice.choice(NASTY) if dice.random() < 0.5 else dice.choice(tokens)
    return b"".join(tokens)


def _quoted(data, _, dice):
    """A nasty text within the marks of another, so that the form stays."""
    found = [*re.finditer(rb'"([^"\\\n]*)"', data)]
    if not found:
        return _token(data, (), dice)
    one = dice.choice(found)
    return data[: one.start(1)] + dice.choice(NASTY).replace(b'"', b"").replace(b"\\", b"") + data[one.end(1) :]


def _lines(data, _, dice):
    """Lines in another order, one of them twice or not at all."""
    lines = data.split(b"\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    match dice.randrange(3):
        case 0:
            lines[one], lines[other] = lines[other], lines[one]
        case 1:
            lines.insert(other, lines[one])
        case _:
            del lines[one]
    return b"\n".join(lines)


def _wrap(data, _, dice):
    depth = dice.choice((1, 3, 70, 3000))
    left, right = dice.choice(((b"[", b"]"), (b'{"a":', b"}"), (b"- ", b""), (b'"', b'"')))
    return left * depth + data + right * depth


_CHANGES = (
    _flip,
    _cut,
    _without_span,
    _span_again,
    _insert,
    _splice,
    *(_token,) * 4,
    *(_quoted,) * 4,
    _lines,
    _lines,
    _wrap,
)


def _mutate_archive(data: bytes, dice: random.Random) -> bytes:
    files = unpack(data)
    if not files:
        return _flip(data, (), dice)
    for _ in range(dice.choice((1, 1, 2, 3))):
        name = dice.choice(sorted(files))
        match dice.randrange(8):
            case 0:
                del files[name]
            case 1:
                files[dice.choice((name.upper(), f"../{name}", f"{name}.txt", "x.csv", "\u202e.csv", "a" * 300))] = (
                    files[name]
                )
            case _:
                files[name] = mutate(files[name], tuple(files.values()), dice)
        if not files:
            break
    return pack(files)


def pack(files: dict[str, bytes]) -> bytes:
    """These files as one archive, without a day."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
    return content.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The files of an archive; none where it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            return {name: zipped.read(name) for name in zipped.namelist()}
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        return {}
