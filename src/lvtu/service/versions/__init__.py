"""What was done to a map, its named versions, and what is otherwise in one of them or in another map."""
