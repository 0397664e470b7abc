"""Values that prove a break: confirmed by two validators, and small; and likely ones, to hold against a proof."""
