"""The overview: a workspace's journey at a glance."""
