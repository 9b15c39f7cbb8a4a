"""Feedback: looked at, answered, published in an editor's words, voted for; whoever said it is told."""
