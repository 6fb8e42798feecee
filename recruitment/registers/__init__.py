"""Papers that people fill in, sign and print: the register of a branch and its empty template, as workbooks."""
