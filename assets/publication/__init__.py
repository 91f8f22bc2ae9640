"""Write, audit, publish: what is made of all sources together."""
