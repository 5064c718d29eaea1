"""The cells of foreign tables: days and numbers in whatever form, and words of many languages."""
