"""What may be somebody and may be somebody else."""

import pytest

from untoc_network.text.doubtful_mentions import DoubtfulMentionDetector

KNOWN = ("Lima", "Carlos Núñez", "Núñez Hnos", "Foro de Lima", "Ana", "José")
DOUBTS = DoubtfulMentionDetector(["José María Núñez Ruiz", "Paz Lima", "Ejemplo"], known=KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "Núñez dijo",
        "ver a la Sra. Ruiz",
        "Ejemplo knows",
        "José Núñez",
        "con J. Ruiz",
        "María Ruiz",
        "Ayer Ruiz dijo",
        "RUIZ",
        "de la Ruiz",
        "jnunez@example.org",
        "nunez.j@example.org",
        "nunez-talk",
        "https://example.org/ruiz",
        "//ruiz/ruiz",
        "josemaria",
        "José María",
        "Paz, Lima",
        "Nuñez 2",
    ],
)
def test_what_may_be_the_person_is_told(text):
    assert text in DOUBTS


@pytest.mark.parametrize(
    "text",
    [
        "nuñez y ruiz",
        "por ejemplo",
        "José vino",
        "Carlos Núñez",
        "vino Pedro Ruiz",
        "vino Q. Ruiz",
        "NÚÑEZ HNOS",
        "Foro de Lima",
        "en Lima",
        "Foro Lima",
        "lima-forum",
        "office@ruiz.example",
        "https://ruiz.example/a",
        "the meeting",
        "",
    ],
)
def test_what_is_a_word_a_place_or_another_is_not_told(text):
    assert text not in DOUBTS


def test_a_name_that_says_too_little_is_doubted_nowhere():
    assert "Li came" not in DoubtfulMentionDetector(["Li"])
    assert "李明说" not in DoubtfulMentionDetector(["李明"])
    assert "x" not in DoubtfulMentionDetector([""])
