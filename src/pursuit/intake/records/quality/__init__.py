"""What can be read and still be wrong: every doubt is told, nothing is mended."""
