"""A kit for investigators of weapons supply lines."""
