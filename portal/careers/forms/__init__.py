"""Forms of careers."""
