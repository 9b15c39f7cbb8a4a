"""What a server keeps beside the workspaces' events: people and their roles, and the documents that people make.

It is one database for all workspaces of a home, SQLite unless ``LVTU_DATABASE_URL`` names a PostgreSQL. Whatever
belongs to a workspace carries the workspace's id, that of its `lvtu.json`.
"""
