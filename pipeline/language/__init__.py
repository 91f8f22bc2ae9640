"""The floor that reads the language (语言): numerals, quantities, limits, times and names that are no numbers, as frozen values with their places in the text.

Facts, rankings, commitments, metadata and sections ask it; it knows none of them.
"""
