"""One report in every format that is read, and the small writers that make its files."""
