"""Forms of requisitions."""
