"""Nothing of who is withheld is in any byte of a site: not on its first day, and not after a change.

    python -m pytest packages/untoc-network-site/tests/test_canaries.py --canaries 200

tries so many registers; without the option eight in CI, and two elsewhere.
"""

import attrs
import pytest
from hypothesis import given, settings, strategies as st
from tests.builders import event, membership, network, organization
from tests.profiles import tries

import untoc_network as un
import untoc_network_site as website
from untoc_network.testing import invented_register, plant_canaries, sound_registers

BEFORE, ON = "2024-06-30", "2024-12-31"
NO_RULES = un.RuleSet(rules=())
GIVEN = un.Consent(purpose="publication", audience="public", basis="form")
ENDS = {
    "withdrawn": (attrs.evolve(GIVEN, withdrawn=un.PartialDate("2024-08")),),
    "expired": (attrs.evolve(GIVEN, expires=un.PartialDate("2024-08")),),
    "narrowed": (attrs.evolve(GIVEN, audience=un.Audience.INTERNAL),),
    "erased": (),
}
"""What becomes of the consent of a person between two builds."""


def build(folder, register, on=ON, rules=NO_RULES, **more):
    return website.build(register, folder, on=on, languages=("en",), rules=rules, **more)


def read_all(folder):
    """The name and content of every file, as one text."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return "\n".join(f"{path.relative_to(folder).as_posix()}\n{path.read_bytes().decode()}" for path in files)


def change(planted, ends):
    """The register on the first day, on which all may be shown, and on the second, on which nobody may."""
    persons = planted.persons
    shown = attrs.evolve(
        planted,
        persons=tuple(attrs.evolve(one, consents=(GIVEN,)) for one in persons),
        organizations=tuple(attrs.evolve(one, at_risk=False, consents=()) for one in planted.organizations),
    )
    withheld = attrs.evolve(
        planted,
        persons=tuple(
            attrs.evolve(one, consents=ENDS[ends[place % len(ends)]] if ends else ())
            for place, one in enumerate(persons)
        ),
        organizations=tuple(attrs.evolve(one, consents=()) for one in planted.organizations),
    )
    return shown, withheld


@pytest.mark.unmeasured
def test_no_canary_is_in_any_byte_or_name_of_a_file(tmp_path_factory, request, record_property):
    """Built while all agreed, after nobody does any more or the build is refused, and once more after a change."""
    most = request.config.getoption("canaries")
    record_property("inputs", most)
    seen = [0]

    @settings(tries(most), max_examples=most)
    @given(sound_registers(), st.lists(st.sampled_from([*ENDS]), max_size=4), st.sampled_from(["built", "refused"]))
    def holds(register, ends, outcome):
        folder = tmp_path_factory.mktemp("site")
        planted, canaries = plant_canaries(register)
        wanted = {canary for found in canaries.values() for canary in found}
        shown, withheld = change(planted, ends)
        build(folder, shown, BEFORE)
        seen[0] += any(canary in read_all(folder) for canary in wanted)
        if outcome == "refused":
            (folder / "home.html").write_text("{{ nothing }}")
            with pytest.raises(un.UnusableConfiguration):
                build(folder, withheld, templates=folder)
            (folder / "home.html").unlink()
            told = read_all(folder)
            assert [canary for canary in wanted if canary in told] == []
        for now in (withheld, attrs.evolve(withheld, events=withheld.events[1:])):
            assert build(folder, now).ok
            told = read_all(folder)
            assert [canary for canary in wanted if canary in told] == []
        assert not (folder / "en/organization").exists()

    holds()
    assert seen[0] >= most // 4  # of what was never shown nothing is learnt


@pytest.mark.parametrize("number", [1, 3])
def test_nobody_outside_learns_from_pages_whether_anybody_is_withheld(tmp_path, number):
    """A site of a register with bodies at risk has the pages of one that never knew them, to the byte."""
    register = invented_register(12)
    ids = {one.id for one in register.organizations[:number]}
    risky = register.with_replaced(*(attrs.evolve(register[name], at_risk=True) for name in ids))[0]
    without = attrs.evolve(
        register.without(*ids)[0],
        memberships=tuple(one for one in register.memberships if one.organization_id not in ids),
        events=tuple(
            attrs.evolve(one, roles=tuple(role for role in one.roles if role.stakeholder_id not in ids))
            for one in register.events
        ),
    )
    for name, held in (("risky", risky), ("without", without)):
        assert build(tmp_path / name, held, forms=()).ok
    assert read_pages(tmp_path / "risky") == read_pages(tmp_path / "without")


def read_pages(folder):
    """All but the downloads, which say where something is withheld, as every publication does."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: data for name, data in files.items() if not name.startswith("data/") and name != "site-files.json"}


def test_the_list_of_files_says_no_more_than_the_pages(tmp_path):
    bodies = (organization("one"), organization("casa-luz", name={"en": "Casa Luz"}, at_risk=True))
    register = un.Register(
        organizations=bodies,
        networks=(network(),),
        memberships=tuple(membership(one.id) for one in bodies),
        events=(event("held", starts="2025-02-01", roles=({"kind": "partner", "stakeholder_id": "casa-luz"},)),),
        sources=(un.Source(id="paper", title={"en": "Talk with Casa Luz"}, kind="report"),),
    )
    build(tmp_path, register)
    told = read_all(tmp_path).lower()
    assert "casa" not in told
    assert "luz" not in told
