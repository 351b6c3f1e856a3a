-- VALUES as the whole query.
VALUES ('a', 1, TRUE), ('b', 2, FALSE)
