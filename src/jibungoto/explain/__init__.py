"""Claims, grades and the pages that carry them to stakeholders."""
