"""What codes rest on that is not of the Mechanism, each once: the laws of this library, its form, and standards.

Sources are where a thing was read. The laws of this library are written out on the docs page that is their source.
"""

from __future__ import annotations

from untoc_network.diagnostics.findings import Basis, Certainty

# -- the laws of this library ------------------------------------------------------------------------------------------

LAWS = "the laws of this library"
FORM = "the form of a register"
OWN = frozenset({LAWS, FORM})
"""The documents that are this library's own."""


def _cite_law_of_this_library(provision: str) -> Basis:
    anchor = provision.replace(",", "").replace(" ", "-")
    return Basis(document=LAWS, provision=provision, source=f"docs/explanation/what-rules-rest-on.md#{anchor}")


def _cite_register_format(provision: str, anchor: str) -> Basis:
    return Basis(document=FORM, provision=provision, source=f"docs/reference/register-format.md#{anchor}")


NOTHING_LOST = _cite_law_of_this_library("nothing is lost, nothing is invented")
SOURCED = _cite_law_of_this_library("every fact has a source")
PEOPLE_FIRST = _cite_law_of_this_library("people come first")
TOLD = _cite_law_of_this_library("what is wrong is told")
HARMLESS = _cite_law_of_this_library("a file of a stranger does no harm")
IDENTITY = _cite_law_of_this_library("one thing has one record")
NO_CIRCLES = _cite_law_of_this_library("nothing is tied to itself")
TIME = _cite_law_of_this_library("time runs forward")
AGREEMENT = _cite_law_of_this_library("what is said twice agrees")
USE = _cite_law_of_this_library("a record says enough to be used")

LISTS_OF_VALUES = _cite_register_format("lists of values", "what-holds-everywhere")
VERSIONS = _cite_register_format("schema version", "what-holds-everywhere")
ENCODING = _cite_register_format("text in UTF-8", "what-holds-everywhere")
SURROGATES = _cite_register_format("text in UTF-8", "what-holds-everywhere")
FORMS = _cite_register_format("types of text, after ISO 8601, ISO 3166-1, RFC 5646 and RFC 3986", "types-of-text")
YAML_IN_FULL = _cite_register_format("in YAML", "in-yaml")
LINES = _cite_register_format("in NDJSON", "in-ndjson")
TABLES = _cite_register_format("in tables of CSV", "in-tables-of-csv")

# -- standards ---------------------------------------------------------------------------------------------------------

_RFC_8259 = "https://www.rfc-editor.org/rfc/rfc8259"

JSON = Basis(document="RFC 8259", provision="the grammar of JSON", source=_RFC_8259)
DOUBLE_KEYS = Basis(document="RFC 8259", provision="section 4, names within an object", source=_RFC_8259)
NUMBERS = Basis(document="RFC 8259", provision="section 6, numbers", source=_RFC_8259)
MOMENTS = Basis(document="RFC 9557", provision="offset and time zone", source="https://www.rfc-editor.org/rfc/rfc9557")
WEB_ADDRESSES = Basis(
    document="RFC 3986",
    provision="scheme, host and user information",
    source="https://datatracker.ietf.org/doc/html/rfc3986",
)
YAML = Basis(document="YAML 1.2.2", provision="syntax", source="https://yaml.org/spec/1.2.2/")
DIRECTIONS = Basis(
    document="Unicode Standard Annex 9",
    provision="explicit directional formatting characters",
    source="https://www.unicode.org/reports/tr9/",
)
MIXED_SCRIPTS = Basis(
    document="Unicode Technical Standard 39",
    provision="mixed-script detection",
    source="https://www.unicode.org/reports/tr39/",
)
CHECK_DIGITS = Basis(
    document="ISO/IEC 7064, as the schemes of identifiers use it",
    provision="check characters",
    source="https://docs.rs/iso-7064",
)
KEPT_REGISTERS = Basis(
    document="registers of identifiers",
    provision="GRID is kept no longer, ROR took its place",
    source="recalled",
    certainty=Certainty.RECALLED,
)
