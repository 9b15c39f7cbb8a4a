"""Made-up rows of each kind of data in both languages, with the mapping that reads them."""
