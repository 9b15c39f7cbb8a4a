"""Reviews of journey maps: who is asked, what they say, and what that means for the map as it is now."""
