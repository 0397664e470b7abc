"""What changed between two versions of a schema, and which change breaks whom."""
