"""One cell to one typed value, or the reason why not."""
