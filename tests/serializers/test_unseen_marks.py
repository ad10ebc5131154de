"""Controls and marks that turn the order of reading: escaped in every form that is written, and the same when read."""

import pytest

import untoc_network as un
from untoc_network.serializers.fast import fast_json
from untoc_network.serializers.registry import REGISTER_FORMATS

MARKS = "\x07\x1b\x7f\x80\x85\x9f\u061c\u200e\u200f\u2028\u2029\u202a\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
HARMLESS = "¿º«é\u0628\u200c\u200d—“”…\u2027\u2060\u2065\u206a名\U0001f600"
TEXT = un.Text(en=f"Casa {MARKS} Roja {HARMLESS}")


def register():
    body = un.Organization(id="a", name=TEXT, kind=un.OrganizationKind.NGO, countries=("XA",))
    network = un.Network(id="n", name=TEXT, kind=un.NetworkKind.REGIONAL)
    event = un.Event(id="e", name=TEXT, kind=un.EventKind.WORKSHOP, starts=un.PartialDate("2024-02-01"))
    member = un.Membership(id="m", network_id="n", organization_id="a")
    return un.Register(title=TEXT, organizations=(body,), networks=(network,), events=(event,), memberships=(member,))


def unseen(data):
    return sorted({ascii(letter) for letter in data.decode() if letter in MARKS})


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("name", REGISTER_FORMATS)
def test_a_register_is_written_without_and_read_with_them(name, compiled, monkeypatch):
    monkeypatch.setattr(fast_json, "is_usable", lambda: compiled)
    form = REGISTER_FORMATS[name]
    if form.files:
        files = dict(form.files(register()))
        assert {file: unseen(data) for file, data in files.items() if unseen(data)} == {}
        assert form.reads(files)[0] == register()
    else:
        data = b"".join(form.pieces(register()))
        assert name == "csv" or unseen(data) == []
        assert form.reads(data)[0] == register()


@pytest.mark.parametrize("form", un.exchange.FORMS)
def test_no_export_has_any(form):
    assert unseen(un.exchange.export(register(), form, on="2024-01-01").data) == []


def test_what_people_write_with_is_not_escaped():
    for name in ("json", "ndjson"):
        assert HARMLESS in b"".join(REGISTER_FORMATS[name].pieces(register())).decode()
