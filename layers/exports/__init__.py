"""What leaves the map beside the page: events and claims in the formats of the field, each saying what it is cut to."""
