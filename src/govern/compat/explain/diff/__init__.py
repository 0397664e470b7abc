"""What differs between two versions of a schema, whatever their dialects and spellings."""
