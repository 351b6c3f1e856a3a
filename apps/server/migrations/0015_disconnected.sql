-- A person may end a connection: its tokens are forgotten, what came through it stays. Only such a connection has none.
alter table connections
  alter column access_token_encrypted drop not null,
  alter column refresh_token_encrypted drop not null,
  drop constraint connections_reconnect_reason_check,
  add constraint connections_reconnect_reason_check check (reconnect_reason in ('revoked', 'unreadable', 'disconnected')),
  add constraint connections_tokens_fit_reason check (
    case when reconnect_reason = 'disconnected'
      then access_token_encrypted is null and refresh_token_encrypted is null and previous_refresh_token_encrypted is null
      else access_token_encrypted is not null and refresh_token_encrypted is not null
    end
  );
