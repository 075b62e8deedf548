"""Bad input of every kind, on every page and form."""
