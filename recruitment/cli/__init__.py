"""The command `recruitment`: thin. It parses, calls the library, and prints; every decision is made elsewhere."""
