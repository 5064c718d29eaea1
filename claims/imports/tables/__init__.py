"""Any table as claims: what its columns are, said or guessed, and what its rows say."""
