create table quoted (id int primary key, name text, updated_at timestamptz not null default now());
create table unknown (id int primary key, name text, updated_at timestamptz not null default now());
create table tagged (id int primary key, tags text[], updated_at timestamptz not null default now());
create index on tagged using gin (tags) with (fastupdate = off);
create table stamped (id int primary key, at timestamptz, updated_at timestamptz not null default now());
