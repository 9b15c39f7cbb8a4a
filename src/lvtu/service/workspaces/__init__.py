"""The workspaces of the home: which there are, what each holds, and making one."""
