"""A register as YAML 1.2: the same document as in JSON, for people who write it by hand."""

from __future__ import annotations

from untoc_network.diagnostics.findings import Report
from untoc_network.model.form_check import ensure_sound
from untoc_network.model.register import Register
from untoc_network.serializers.codecs.yaml_scanner import scan_yaml
from untoc_network.serializers.codecs.yaml_writer import format_lines
from untoc_network.serializers.source.encoding import encode_utf8, to_bytes
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.structure.build_register import build_register
from untoc_network.serializers.structure.converter import to_plain

__all__ = ["dumps", "reads"]


def reads(data: bytes | str, *, file: str | None = None, limits: Limits = Limits()) -> tuple[Register | None, Report]:
    """Read a register from YAML text. Never raises on content.

    Days and country codes stay texts, also without quotes. Anchors, aliases, tags, merge keys and second documents are
    findings. Else as `untoc_network.reads`. Raises `MissingExtra` where ruamel.yaml is not installed.
    """
    return build_register(scan_yaml(to_bytes(data), limits), file)


def dumps(register: Register) -> bytes:
    """A register as canonical YAML: UTF-8, block style, texts in quotes wherever YAML might read something else.

    Equal registers give the same bytes. Raises `InvalidDocument`, which names record and field, for what could not be
    read again.
    """
    ensure_sound(register)
    document = to_plain(register) | {"schema_version": register.schema_version}
    return encode_utf8("".join(f"{line}\n" for line in format_lines(document)))
