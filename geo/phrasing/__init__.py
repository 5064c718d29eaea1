"""What phrases become: the words that tell a place by others, and the outlines drawn for them."""
