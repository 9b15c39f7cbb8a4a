"""Everything that customers said, newest first, with how it was read; and where people put that right."""
