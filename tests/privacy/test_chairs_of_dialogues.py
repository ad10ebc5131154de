"""Who chairs a dialogue is named where the person agreed, and told by State and office where not."""

import pytest

import untoc_network as un
from untoc_network.privacy import view

AGREED = {"purpose": "attribution", "audience": "public", "basis": "written"}


def make_register(**more):
    one = un.Person(id="p1", name="A. Example", consents=(AGREED | more,))
    other = un.Person(id="p2", name="Canary Chair")
    dialogue = un.ConstructiveDialogue(
        id="cd",
        event_id="talk",
        chairs=(
            {"person_id": "p1", "country": "XA"},
            {"person_id": "p2", "country": "XB", "office": {"en": "Mission of XB"}},
        ),
    )
    talk = un.Event(id="talk", name={"en": "Dialogue"}, kind="constructive-dialogue")
    return un.Register(persons=(one, other), events=(talk,), constructive_dialogues=(dialogue,))


@pytest.mark.parametrize("audience", ["public", "members", "internal"])
@pytest.mark.parametrize(
    ("more", "named"),
    [({}, "p1"), ({"withdrawn": "2025-01-01"}, None), ({"expires": "2025-01-01"}, None)],
)
def test_a_chair_is_named_by_its_own_consent_alone(audience, more, named):
    shown = view(make_register(**more), audience, on="2026-01-01").register
    chairs = shown.constructive_dialogues[0].chairs
    assert [(chair.person_id, chair.country) for chair in chairs] == [(named, "XA"), (None, "XB")]
    assert chairs[1].office.best() == "Mission of XB"
    assert b"Canary" not in un.dumps(shown)
    assert b'"p2"' not in un.dumps(shown)
