"""Foreign files to the values of `recruitment.record` and back."""
