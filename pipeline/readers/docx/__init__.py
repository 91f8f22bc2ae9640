"""DOCX and what LibreOffice makes of DOC and WPS (Word 文档): paragraphs as Word shows them, automatic numbers and accepted changes included."""
