"""What of a collection is not for publication, and the published edition of it, which lacks that."""
