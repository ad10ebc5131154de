"""What hangs on cells: each comment and link is kept, or told by its column that it is not."""

import io
import random

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

import untoc_network as un
from untoc_network.serializers.member_lists.hung_content import is_address

LISTS = {
    "organizations": (
        "Nombre;País;Sitio web;Correo;Contacto;Observaciones",
        ["Casa Abierta;Perú;ver;info@casa.example.org;Ana Ruiz;x", "Mesa Libre;Chile;;;Luz Mar;", "Red del Río;;;;;y"],
    ),
    "persons": (
        "Nombre;Apellidos;Organización;Correo;Alergias",
        ["Ana;Ruiz;Casa Abierta;ana@example.org;x", "Luz;Mar;Mesa Libre;luz@example.org;", "Sol;Paz;;;y"],
    ),
}


def hang(sheet, rows, columns, seed):
    """Comments, links and struck text on some cells; what the first two say."""
    rng, hung = random.Random(seed), set()
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            cell, chosen = sheet.cell(row, column), rng.random()
            if chosen < 0.2:
                cell.comment = Comment(f"comment {row} {column}", "Ana")
                hung.add(f"comment {row} {column}")
            elif chosen < 0.4 and cell.value:
                cell.hyperlink = f"https://h{row}x{column}.example.org/p"
                hung.add(f"https://h{row}x{column}.example.org/p")
            elif chosen < 0.5:
                cell.font = Font(strike=True)
    return hung


@pytest.mark.parametrize("of", LISTS)
@pytest.mark.parametrize("seed", range(8))
def test_what_hangs_on_cells_is_kept_or_told(of, seed):
    header, lines = LISTS[of]
    book = openpyxl.Workbook()
    for line in (header, *lines):
        book.active.append([text or None for text in line.split(";")])
    hung = hang(book.active, len(lines) + 1, header.count(";") + 1, seed)
    out = io.BytesIO()
    book.save(out)
    came = un.import_bytes(out.getvalue(), file="l.xlsx")
    told = [dict(one.params) for one in came.report if one.code == "IM018"]
    left = sum(one["number"] for one in told if str(one["what"]).endswith("-left"))
    written = un.dumps(came.register).decode()
    assert sum(text not in written for text in hung) == left
    assert not any(text in str(one) for text in hung for one in told)
    seen = un.dumps(un.privacy.view(came.register, "public", on="2026-01-01").register).decode()
    assert "comment" not in seen


@pytest.mark.parametrize(
    ("target", "is_one"),
    [("HTTPS://example.org", True), ("tel:+51", True), ("javascript:x", False), ("#S!A1", False), ("", False)],
)
def test_a_link_to_somebody_is_an_address(target, is_one):
    assert is_address(target) == is_one
