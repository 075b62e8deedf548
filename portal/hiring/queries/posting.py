"""Lists of postings."""
