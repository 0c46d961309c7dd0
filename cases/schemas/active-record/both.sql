create table schema_migrations (version character varying not null primary key);
create table ar_internal_metadata (key character varying not null primary key, value character varying, created_at timestamp(6) without time zone not null, updated_at timestamp(6) without time zone not null);
create table users (
    id bigserial primary key,
    type character varying,
    email character varying default '' not null,
    manager_id bigint constraint fk_rails_0123456789 references users,
    role integer default 0 not null,
    settings jsonb default '{}' not null,
    tags character varying[] default '{}',
    lock_version integer default 0,
    deleted_at timestamp(6) without time zone,
    created_at timestamp(6) without time zone not null,
    updated_at timestamp(6) without time zone not null
);
create unique index index_users_on_email on users (lower(email)) where deleted_at is null;
create index index_users_on_tags on users using gin (tags);
create table groups_users (user_id bigint not null, group_id bigint not null);
create index index_groups_users_on_user_id on groups_users (user_id);
create table comments (
    id bigserial primary key,
    commentable_type character varying,
    commentable_id bigint,
    body text,
    created_at timestamp(6) without time zone not null,
    updated_at timestamp(6) without time zone not null
);
create index index_comments_on_commentable on comments (commentable_type, commentable_id);
