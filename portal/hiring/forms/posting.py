"""Forms of postings."""
