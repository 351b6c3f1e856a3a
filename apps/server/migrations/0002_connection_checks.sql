-- Whether Amazon still accepts a connection's tokens, as it was last seen, and why a new sign-in is needed.
alter table connections
  -- 'unreadable': no key of this server opens the stored tokens; they are tried again, since the right key may come back.
  add column reconnect_reason text check (reconnect_reason in ('revoked', 'unreadable')),
  -- When Amazon last accepted the tokens.
  add column checked_at timestamptz,
  -- Why the last renewal or check failed although the connection goes on; null when it went well.
  add column check_error text,
  add column check_requested_at timestamptz,
  add column check_lease_until timestamptz,
  -- What a rotated refresh token has replaced, until Amazon has accepted the new one.
  add column previous_refresh_token_encrypted text;
update connections set reconnect_reason = 'revoked' where health = 'needs-reconnect';
alter table connections
  add constraint connections_reconnect_reason_fits_health check ((reconnect_reason is null) = (health = 'healthy'));
create index idx_connections_check on connections (check_requested_at) where check_requested_at is not null;
