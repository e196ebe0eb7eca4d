"""The page: a map, a timeline and a table of the trip that `itinerary` reads from a text."""
