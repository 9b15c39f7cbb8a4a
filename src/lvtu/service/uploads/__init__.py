"""Files that people bring: sent, looked at, mapped, imported; the same reading as that of ``lvtu ingest``."""
