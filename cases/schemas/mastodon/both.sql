create function timestamp_id(table_name text) returns bigint language plpgsql as $$ begin return (extract(epoch from now()) * 1000)::bigint << 16 | (nextval(table_name || '_id_seq') & 65535); end $$;
create sequence accounts_id_seq; create sequence statuses_id_seq;
create table accounts (id bigint default timestamp_id('accounts'::text) not null primary key, username character varying default '' not null, domain character varying, private_key text, updated_at timestamp without time zone not null, also_known_as character varying[]);
create unique index index_accounts_on_username_and_domain_lower on accounts (lower((username)::text), coalesce(lower((domain)::text), ''::text));
create table statuses (id bigint default timestamp_id('statuses'::text) not null primary key, uri character varying, text text default '' not null, in_reply_to_id bigint references statuses on delete set null, account_id bigint not null references accounts on delete cascade, updated_at timestamp without time zone not null, ordered_media_attachment_ids bigint[]);
create unique index index_statuses_on_uri on statuses (uri text_pattern_ops) where uri is not null;
create table status_stats (id bigserial primary key, status_id bigint not null unique references statuses on delete cascade, replies_count bigint default 0 not null);
create table session_activations (id bigserial primary key, ip inet, user_agent character varying default ''::character varying not null);
create table ip_blocks (id bigserial primary key, ip inet default '0.0.0.0'::inet not null, expires_at timestamp);
