"""The short way for records that a view shows as they are: what it gives is what the long way gives."""

import attrs
import pytest
from hypothesis import example, given, strategies as st

import untoc_network as un
from untoc_network.model.register import COLLECTIONS
from untoc_network.model.traversal import GONE
from untoc_network.privacy.plain_records import PlainRecords
from untoc_network.privacy.record_viewing import RecordViewer
from untoc_network.privacy.register_withholding import WithheldOfRegister
from untoc_network.privacy.view import make_viewers
from untoc_network.testing import invented_register

from .test_kept_view import TIED
from .test_view import AUDIENCES, DAY, FEW, LOOKS, exposing, tied


def make_viewer(register, audience):
    return make_viewers(WithheldOfRegister(register, audience, un.PartialDate(DAY), b""))[-1]


SEGMENT = attrs.evolve(TIED.events[1].segments[0], key="ana-ejemplo")
KEYED = attrs.evolve(
    TIED, statements=(), events=(un.Event(id="keyed", name={"en": "Keyed"}, kind="other", segments=(SEGMENT,)),)
)


@given(st.one_of(exposing(), tied(), st.just(TIED)), st.sampled_from(AUDIENCES))
@example(KEYED, un.Audience.PUBLIC)
@FEW
def test_the_short_way_gives_what_the_long_way_gives(register, audience):
    viewer = make_viewer(register, audience)
    for name, cls in COLLECTIONS.items():
        records = getattr(register, name)
        shown, told = PlainRecords(viewer).see_all(cls)
        seen = [*map(viewer.see, records)]
        assert shown == tuple(one.record for one in seen if one.record is not GONE)
        assert [one for one in told if one.redactions or one.to_check] == [
            one for one in seen if one.redactions or one.to_check
        ]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_of_a_register_with_nothing_to_hide_few_records_go_the_long_way(audience, monkeypatch):
    register = invented_register(100)
    body = register["organization-50"]
    texts = (
        {"notes": (un.Note(text=LOOKS[0]),)},
        {"expertise": ({"en": LOOKS[1]},)},
        {"expertise": ({"en": "a\u00adb"},)},
    )
    for fields in texts:
        changed, _ = register.with_replaced(attrs.evolve(body, **fields))
        viewer, looked_at, see = make_viewer(changed, audience), [], RecordViewer.see
        monkeypatch.setattr(
            RecordViewer, "see", lambda self, one, see=see, seen=looked_at: seen.append(one) or see(self, one)
        )
        shown, _ = PlainRecords(viewer).see_all(un.Organization)
        monkeypatch.setattr(RecordViewer, "see", see)
        assert len(looked_at) in (0, 1)
        assert shown == tuple(viewer.see(one).record for one in changed.organizations)
