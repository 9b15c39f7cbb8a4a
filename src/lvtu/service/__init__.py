"""The HTTP service over the workspaces of one folder: a folder for each domain, the same file names in each."""
