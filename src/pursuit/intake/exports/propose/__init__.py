"""A mapping proposed for files that nobody recognises: what is what, how sure, and why."""
