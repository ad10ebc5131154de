"""A register of a network, served from a database: what others copy when they build a service on `untoc_network`."""
