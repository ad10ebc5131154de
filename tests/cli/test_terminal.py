"""How wide the output is, and whether in colour."""

import io
import json
import sys

import pytest

from untoc_network.cli.output import is_coloured, measure_width, write_json, write_out


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def out(monkeypatch):
    def use(stream, **environment):
        for name in ("COLUMNS", "NO_COLOR", "TERM"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "stdout", stream)

    return use


@pytest.mark.parametrize(
    ("stream", "environment", "columns"),
    [
        (io.StringIO, {}, None),
        (io.StringIO, {"COLUMNS": "72"}, 72),
        (Terminal, {"COLUMNS": "72"}, 72),
        (Terminal, {"COLUMNS": "300"}, 300),
        (Terminal, {"COLUMNS": "wide"}, 80),
    ],
)
def test_a_pipe_has_no_width_and_a_terminal_its_own(out, monkeypatch, stream, environment, columns):
    out(stream(), **environment)
    monkeypatch.setattr(sys, "__stdout__", None)
    assert measure_width() == columns


@pytest.mark.parametrize(
    ("stream", "environment", "refused", "coloured"),
    [
        (Terminal, {"TERM": "xterm"}, False, True),
        (Terminal, {"TERM": "xterm", "NO_COLOR": ""}, False, True),
        (Terminal, {"TERM": "xterm", "NO_COLOR": "1"}, False, False),
        (Terminal, {"TERM": "xterm"}, True, False),
        (Terminal, {"TERM": "dumb"}, False, False),
        (io.StringIO, {"TERM": "xterm"}, False, False),
    ],
)
def test_colours_are_for_terminals_that_show_them_unless_refused(out, stream, environment, refused, coloured):
    out(stream(), **environment)
    assert is_coloured(refused=refused) is coloured


@pytest.mark.parametrize(
    ("encoding", "begins"),
    [("utf-8", b'"\xc3\xb1'), ("UTF8", b'"\xc3\xb1'), ("latin-1", b'"\\u00f1'), ("ascii", b'"\\u00f1')],
)
def test_json_is_utf8_or_ascii_and_nothing_else(monkeypatch, encoding, begins):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    write_json("ñ😀\u2028", None)
    stream.flush()
    assert stream.buffer.getvalue().startswith(begins)
    assert json.loads(stream.buffer.getvalue()) == "ñ😀\u2028"


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "utf-16"])
def test_what_programs_read_is_utf8_in_order_after_what_was_printed(monkeypatch, encoding):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\r\n")
    monkeypatch.setattr(sys, "stdout", stream)
    stream.write("a")
    write_out(iter(("ñ\n", "😀\n")), None)
    assert stream.buffer.getvalue() == "a".encode(encoding) + "ñ\n😀\n".encode()


def test_a_stream_of_text_alone_gets_text(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    write_out(("ñ\n", "😀\n"), None)
    assert sys.stdout.getvalue() == "ñ\n😀\n"
