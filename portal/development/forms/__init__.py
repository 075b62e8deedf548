"""Forms of development."""
