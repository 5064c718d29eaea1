"""What the page's blobs hold, column by column."""
