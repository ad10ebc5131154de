"""A register made public, or shown to members: what they may see, checked, in a folder with an index and checksums."""

from untoc_network.app.publishing.audience_publication import Publication, publish
from untoc_network.app.publishing.publication_forms import PUBLICATION_FORMS, PublicationForm
from untoc_network.app.publishing.publication_index import PublishedFile

__all__ = ["PUBLICATION_FORMS", "Publication", "PublicationForm", "PublishedFile", "publish"]
