"""A built folder: a collection too large to be held at once, kept as Parquet by month and layer."""
