"""Versions of a schema: which they are, what their numbers promise, and what a published one must not do."""
