"""Claims: content that the dispatch hands to a source. Frames find cue and content, sources who answers for it."""

from parley.find.claims.finder import claims

__all__ = ["claims"]
