"""The plate of a ballot: quorum and majority."""
