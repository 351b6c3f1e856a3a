-- Nothing but a comment.
-- expect: syntax 1:1 empty
/* to be written */
