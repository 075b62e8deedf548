"""Pages of requisitions."""
