"""A register made public, or shown to members: what they may see, checked, in a folder with an index and checksums."""

from untoc_network.app.publishing.outputs import OUTPUTS, Output
from untoc_network.app.publishing.publish import Publication, publish

__all__ = ["OUTPUTS", "Output", "Publication", "publish"]
