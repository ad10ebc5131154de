"""What a view masks for a wider circle: the same after a change as in a view that is made anew."""

import attrs

import untoc_network as un

from .test_kept_view import change, keep, new, told
from .test_view import DAY, GIVEN, OF_INTERNAL, body, person, speaks_of, through, view


def test_it_is_kept_through_a_change_whether_or_not_a_text_was_looked_at():
    for text in ("in Pruebatown", "Ejemplo Ana said so"):
        known = body("known", name=un.Text(en="Ejemplo"), at_risk=True, **OF_INTERNAL)
        register = speaks_of(text, persons=(person(),), organizations=(known,))
        kept = keep(register, un.Audience.INTERNAL)
        for other in ("at Ejemplo, Ana", "Meeting"):
            changed, ids = change(register, new(register.events[0], name=un.Text(en=other)))
            assert told(kept.changed(changed, ids).view) == told(view(changed, "internal", DAY))


def test_what_is_withheld_of_a_person_who_is_shown_is_not_known_in_a_view_of_the_view_either():
    # the street is nobody's before the internal circle but that of the body, which it is shown
    post = un.Contact(kind=un.ContactKind.POST, value="Ambarina Umbral")
    who = person(contacts=(post,), consents=(attrs.evolve(GIVEN, audience=un.Audience.INTERNAL),))
    known = body("known", name=un.Text(en="Ambarina"), at_risk=True, **OF_INTERNAL)
    seen = through(speaks_of("Ambarina; Umbral", persons=(who,), organizations=(known,)))
    assert seen["internal"].events[0].name["en"] == "[…]"
