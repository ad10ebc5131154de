"""The small types that everything is written in."""

from untoc_network.values.fields import FieldShape, fields_of

__all__ = ["FieldShape", "fields_of"]
