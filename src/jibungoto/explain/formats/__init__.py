"""A document as a file: page, PDF, slides, workbook, Markdown."""
