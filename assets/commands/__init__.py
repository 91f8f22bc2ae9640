"""What a person types: each module is a command of the Makefile."""
