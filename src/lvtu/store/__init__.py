"""What is kept on disk: the lake, the inbox, the sorted journeys, and what guards them."""
