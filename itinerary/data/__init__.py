"""Tables of places and rules that the library reads."""
