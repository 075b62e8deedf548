"""Lists of requisitions."""
