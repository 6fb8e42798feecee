"""TOML files to the values of `recruitment.law`: read strictly, checked as a whole."""
