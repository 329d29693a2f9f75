"""A firm lived week by week under a policy that knows only what has happened so far."""
