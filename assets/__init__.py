"""All of Dagster: what runs, when and where."""
