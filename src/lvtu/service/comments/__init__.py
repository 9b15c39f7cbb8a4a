"""What people say about the parts of journey maps: threads, mentions, what is settled."""
