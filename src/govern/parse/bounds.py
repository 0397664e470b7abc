"""How much every reader reads. All bounds count work, none counts time, so that a file reads the same on every
machine.
"""

# People write fewer than 20 levels. Reading takes three Python frames for each; Python stops at 1,000, and whoever asks
# already stands some deep. jsonschema-rs refuses more than 255.
MAX_DEPTH = 100
MAX_PLACES = 100_000  # beyond it, values stand where the nearest value around them does; less than a second
MAX_FINDINGS = 1_000  # a document with more mistakes is not one that its reader will mend line by line
