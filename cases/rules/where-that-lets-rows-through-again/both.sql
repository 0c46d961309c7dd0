create table tenant (id int primary key, active boolean, updated_at timestamptz not null default '2025-01-01');
create table item (id int primary key, tenant int, v text, updated_at timestamptz not null default '2025-01-01');
