"""Open Badges 3.0: addresses and public documents, sealed keys, and the library that signs."""
