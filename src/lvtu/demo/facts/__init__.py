"""The numbers behind each page: figures from the shipped tables, counts from the workspace."""
