"""Versioned JSON Schemas for the documents of a platform, enforced where they change."""
