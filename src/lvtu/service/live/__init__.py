"""What happens now: arrivals as they come, and when answers are no longer the newest."""
