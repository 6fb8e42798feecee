"""The plates of the catalogue, one package each: what a plate says, and where it is placed on the sheet."""
