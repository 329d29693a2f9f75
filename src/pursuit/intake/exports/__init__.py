"""Other programs' files to the sheets of the input, by a mapping."""
