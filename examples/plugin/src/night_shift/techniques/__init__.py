"""One TOML file a technique. Its name is the key."""
