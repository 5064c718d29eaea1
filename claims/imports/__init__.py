"""Tables of other data sets made into claims, row by row, with every fault named and nothing of a row lost."""
