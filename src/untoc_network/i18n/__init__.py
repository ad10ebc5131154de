"""What the library says, in the languages it speaks: templates that named parameters fill, and one table a language."""

from untoc_network.i18n.language_words import RuleWords, Words, translated

__all__ = ["RuleWords", "Words", "translated"]
