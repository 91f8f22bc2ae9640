"""HTML pages as a browser saves them (网页): the report's own text, without the portal around it."""
