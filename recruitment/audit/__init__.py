"""The audit: any number of files judged whole, what is wrong with each reported with a way out."""
