"""What the shipped model of texts is made of: corpora, phrases written for it, and the table that folds characters."""
