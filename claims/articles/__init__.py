"""From the text of a report to the claims that its sentences propose, by words and rules."""
