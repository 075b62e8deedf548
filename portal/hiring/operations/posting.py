"""What can be done with postings."""
