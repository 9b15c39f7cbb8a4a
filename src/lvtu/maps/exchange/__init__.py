"""Maps as files of other programs: pictures, documents, slides, workbooks, texts; and back."""
