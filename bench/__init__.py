"""The bench: bordermap's budgets measured beside the peers' figures, on the same synthetic claims in one run."""
