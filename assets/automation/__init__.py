"""When things run, who is told, and how one run is started."""
