"""Travel by road, prepared in the build: a graph from lines, times to the services, areas in reach."""
