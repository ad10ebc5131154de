"""Of two rows that may be about one body, a no in one is a no for both: whoever is shown one sees the name of both."""

import attrs
from hypothesis import example, given, strategies as st
from tests.profiles import tries

import untoc_network as un

HEADER = "Organización;País;¿Autoriza publicar?;¿En riesgo?;Nota"
MAPPING = un.member_lists.SheetMapping(
    columns={
        "Organización": "name",
        "País": "country",
        "¿Autoriza publicar?": "consent.publication",
        "¿En riesgo?": "at_risk",
        "Nota": "note",
    },
    constants={"consent.audience": "public", "consent.basis": "form"},
)
COUNTRIES = {"": None, "Panamá": "PA", "México": "MX"}
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Refugio Azul", "REFUGIO AZUL", "Casa Verde"]),
        st.sampled_from([*COUNTRIES]),
        st.sampled_from(["sí", "no", "", "tal vez"]),
        st.sampled_from(["", "no", "sí", "quizás"]),
        st.sampled_from(["", "a", "b"]),
    ),
    min_size=2,
    max_size=5,
)


def import_rows(rows, existing=None, name="members"):
    data = "\n".join([HEADER, *map(";".join, rows)]).encode()
    return un.import_bytes(data, mapping=MAPPING, list=name, existing=existing or un.Register()).register


def is_hidden(row):
    return row[2] in ("no", "tal vez") or row[3] in ("sí", "quizás")


def may_be_one(body, row):
    name, country = row[0].casefold(), COUNTRIES[row[1]]
    here = body.seat.country if body.seat else None
    return str(body.name).casefold() == name and (None in (here, country) or here == country)


def shown(register):
    return un.privacy.view(register, "public", "2026-12-01").register.organizations


@tries(150)
@given(ROWS)
@example([("Refugio Azul", "Panamá", "sí", "", ""), ("Refugio Azul", "Panamá", "no", "", "a")])
@example([("Refugio Azul", "", "", "", ""), ("Refugio Azul", "México", "", "sí", "a")])
def test_nobody_is_shown_who_may_be_one_that_is_hidden(rows):
    hidden = [row for row in rows if is_hidden(row)]
    register = import_rows(rows)
    for imported in (register, import_rows(rows, register), import_rows(rows[::-1], register)):
        assert not [body.id for body in shown(imported) for row in hidden if may_be_one(body, row)]


def test_whoever_is_surely_another_is_shown():
    register = import_rows([("Casa Verde", "México", "no", "", ""), ("Casa Verde", "Panamá", "sí", "", "")])
    assert [body.seat.country for body in shown(register)] == ["PA"]


def test_another_list_shows_nobody_who_may_be_one_that_is_hidden():
    first = import_rows([("Refugio Azul", "Panamá", "", "sí", "a"), ("Refugio Azul", "Panamá", "", "", "b")])
    bare = attrs.evolve(MAPPING, constants={})
    data = f"{HEADER}\nRefugio Azul;Panamá;sí;;c".encode()
    for _ in range(2):
        first = un.import_bytes(data, mapping=bare, list="others", existing=first).register
        assert len(first.organizations) == 3
        assert shown(first) == ()
