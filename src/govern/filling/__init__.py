"""One run of `govern render`: which templates, which values, which files, and what becomes of those that are there."""
