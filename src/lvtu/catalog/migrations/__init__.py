"""Steps from one version of the tables to the next; `lvtu.catalog.database` takes them when it opens a database."""
