"""A firm's binder: the original files it published, every version of them, nothing ever lost."""
