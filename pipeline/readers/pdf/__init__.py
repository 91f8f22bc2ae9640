"""PDF (便携文档): characters with their places on the page -> lines -> paragraphs and tables."""
