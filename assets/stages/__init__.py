"""The stages of a report's way as partitioned assets, and how their rows are kept between runs."""
