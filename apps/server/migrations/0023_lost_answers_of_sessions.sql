-- The session that a sign-in replaces ends when the new one is used for the first time: until then the browser may not have its cookie.
-- The key of the last renewal: who sends it again has lost the answer, however long ago.
alter table sessions add column replaces_session uuid, add column renewal_key text;
