"""Who it is: the registry of political actors, and the resolution of mentions to its entries."""
