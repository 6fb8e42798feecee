def proof(books): pass
