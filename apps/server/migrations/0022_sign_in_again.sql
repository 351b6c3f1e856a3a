-- The session of the browser that a sign-in began in: it ends when the sign-in is complete, since its cookie is replaced.
alter table sign_in_states add column replaces_session uuid;
